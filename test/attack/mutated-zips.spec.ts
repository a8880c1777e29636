import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from '@jest/globals';
import { MalformedExportError } from '../../src/rgs-export/malformed-export-error.js';
import { readExport } from '../../src/rgs-export/read-export.js';
import { runs } from '../support/properties.js';
import { mutatedXml, mutatedZip } from '../rgs-export/support/mutations.js';
import { times } from './support/extent.js';
import { tell } from './support/figures.js';
import { randomClixml } from './support/grammar.js';

const mebibyte = 1_024 * 1_024;

interface Outcome {
  read: number;
  refused: number;
  /** Any outcome besides a result or a MalformedExportError, with the seed that reproduces it. */
  readonly crashes: string[];
  /** Growth of what is kept, since the start, in bytes. */
  memory: number;
}

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

/** Bytes in use once everything is gone that nobody needs. */
function kept(): number {
  collect();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

async function fuzz(mutated: (seed: number) => Buffer, first: number, count: number): Promise<Outcome> {
  const outcome: Outcome = { read: 0, refused: 0, crashes: [], memory: 0 };
  const before = kept();
  for (let seed = first; seed < first + count; seed += 1) {
    try {
      const { objects } = await readExport(mutated(seed));
      JSON.stringify(objects);
      outcome.read += 1;
    } catch (error) {
      if (error instanceof MalformedExportError) outcome.refused += 1;
      else outcome.crashes.push(`seed ${seed}: ${String(error)}`);
    }
    if (seed % 200 === 0) outcome.memory = Math.max(outcome.memory, kept() - before);
  }
  return outcome;
}

describe('Of thousands of files that went wrong', () => {
  it.each([
    ['zip', mutatedZip, 1, times(runs(1_600), 3_400)],
    ['XML file in a zip', mutatedXml, 100_001, times(runs(1_600), 3_400)],
    ['CLIXML that no cmdlet writes', randomClixml, 200_001, times(runs(400), 3_400)],
  ] as const)('every %s is read or refused, within its memory', async (_what, mutated, first, count) => {
    const { read, refused, crashes, memory } = await fuzz(mutated, first, count);
    expect(crashes).toEqual([]);
    expect(memory).toBeLessThan(64 * mebibyte);
    expect(read + refused).toBe(count);
    tell({ tried: count });
    // If all had the same outcome, the test would show nothing.
    expect(Math.min(read, refused)).toBeGreaterThan(count / 50);
  });
});
