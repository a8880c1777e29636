import { test } from '@jest/globals';
import type { MediumKind } from '../../http/support/mediums.js';
import { RuntimeBench } from './bench.js';

export type RuntimeCheck = (
  number: number,
  name: string,
  body: (bench: RuntimeBench) => Promise<void>,
) => void;

/** Registers checks under the numbers of the conformance list on one kind of store, and remembers which there were. */
export function runtimeChecks(kind: MediumKind): { check: RuntimeCheck; numbers: Set<number> } {
  const numbers = new Set<number>();
  const check: RuntimeCheck = (number, name, body) => {
    numbers.add(number);
    test(`${number} ${name}`, async () => {
      const bench = await RuntimeBench.open(kind);
      try {
        await body(bench);
      } finally {
        await bench.dispose();
      }
    });
  };
  return { check, numbers };
}
