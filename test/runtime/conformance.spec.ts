import { describe, expect, test } from '@jest/globals';
import { mediumKinds } from '../http/support/mediums.js';
import { checkpointChecks } from './conformance/checkpoints.js';
import { poisonChecks } from './conformance/poison.js';
import { rebuildChecks } from './conformance/rebuild.js';
import { versionChecks } from './conformance/versions.js';
import { runtimeChecks } from './support/checks.js';

/** The numbers of the conformance list that concern what carries the log into the views. */
const numbersOf = (first: number, last: number): number[] =>
  Array.from({ length: last - first + 1 }, (_, n) => first + n);
const NUMBERS = [...numbersOf(55, 63), 65, 66, ...numbersOf(68, 77), 84, 85];

describe.each(mediumKinds)('what carries the log of a store into the views: %s', (kind) => {
  const { check, numbers } = runtimeChecks(kind);
  checkpointChecks(check);
  poisonChecks(check);
  rebuildChecks(check);
  versionChecks(check);

  test('passes a check under every number of the list', () => {
    expect([...numbers].sort((one, other) => one - other)).toEqual(NUMBERS);
  });
});
