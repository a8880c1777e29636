import { describe, expect, it } from '@jest/globals';
import { fc, runs } from '../support/properties.js';
import { objectKinds } from '../../events/vocabulary.js';
import { exportFile, tone, type DescribedExport } from '../../examples/generator/export-file/export-file.js';
import { readExport } from '../../src/rgs-export/read-export.js';
import { anyExport, anyStyle } from './support/descriptions.js';

/** Findings that random objects can cause, none of which means that something was lost. */
const harmless = ['reference-dangling', 'property-unknown', 'property-odd', 'file-missing'];

const inOrderOfKinds = ({ objects }: DescribedExport) =>
  objects.toSorted((one, other) => objectKinds.indexOf(one.kind) - objectKinds.indexOf(other.kind));

describe('An export that is written and read', () => {
  it('is what it was, in whatever dialect it is written', async () => {
    await fc.assert(
      fc.asyncProperty(anyExport, anyStyle, async (description, style) => {
        const read = await readExport(exportFile(description, style));
        expect(read.findings.filter(({ code }) => !harmless.includes(code))).toEqual([]);
        expect(read.objects).toEqual(inOrderOfKinds(description));
        expect(read.applicationSettings).toEqual(description.applicationSettings);
        expect([read.agents, read.managers]).toEqual([description.agents, description.managers]);
      }),
      { numRuns: runs(300) },
    );
  });

  it('has every audio file that its objects name, with its bytes', async () => {
    await fc.assert(
      fc.asyncProperty(anyExport, async (description) => {
        const { audio } = await readExport(exportFile(description));
        for (const { originalFileName, bytes, usedBy } of audio) {
          expect(bytes).toBe(tone(originalFileName).length);
          expect(usedBy.length).toBeGreaterThan(0);
        }
        const named = JSON.stringify([description.objects, description.applicationSettings]);
        const names = audio.map(({ originalFileName }) => originalFileName);
        expect(new Set(named.match(/[a-z]+ 1\.(wav|WMA)(?=")/g) ?? [])).toEqual(new Set(names));
      }),
      { numRuns: runs(100) },
    );
  });
});
