import { appendFileSync } from 'node:fs';
import { expect } from '@jest/globals';

/** What an attack tried, and what it did to the service. `npm run attack` adds what the process of the test shows. */
export interface Figures {
  readonly tried: number;
  /** Bytes that were stored. */
  readonly stored?: number;
  /** The longest time without a turn for others, in milliseconds. */
  readonly hold?: number;
  /** Resident memory before and at most, in bytes. */
  readonly memory?: readonly [before: number, most: number];
}

/** Says the figures of the test that runs: a line of JSON in the file that `npm run attack` names and reads. */
export function tell(figures: Figures): void {
  const file = process.env['ATTACK_FIGURES'];
  if (file === undefined) return;
  appendFileSync(file, `${JSON.stringify({ test: expect.getState().currentTestName, ...figures })}\n`);
}
