import { describe, expect, it } from '@jest/globals';
import { defaultLimits } from '../../src/rgs-export/limits.js';
import { MalformedExportError } from '../../src/rgs-export/malformed-export-error.js';
import { readExport } from '../../src/rgs-export/read-export.js';
import { bombs } from './support/bombs.js';

/** What a problem document and the findings of an event may hold of a file, in characters. */
const longest = { message: 1_000, findings: 700_000 };

describe('A zip with', () => {
  it.each(Object.entries(bombs))('%s is read or refused within the limits', async (_what, bomb) => {
    const { file, refused, limits = {} } = bomb;
    const outcome = await readExport(file(), { ...defaultLimits, ...limits }).then(
      (content) => ({ refused: null, findings: JSON.stringify(content.findings) }),
      (error: unknown) => ({ refused: error, findings: '' }),
    );
    expect(outcome.findings.length).toBeLessThan(longest.findings);
    if (refused === null) {
      expect(outcome.refused).toBeNull();
      return;
    }
    expect(outcome.refused).toBeInstanceOf(MalformedExportError);
    const { message } = outcome.refused as MalformedExportError;
    expect(message).toMatch(refused);
    expect(message.length).toBeLessThan(longest.message);
  });
});
