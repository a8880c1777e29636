/** What a pool brings along, as existing logs have it. A difference needs a new schema version and an upcaster. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import type { PairRegistered } from '../../events/pairing.js';
import { carriedOf } from '../../facts/carried.js';
import { evolvePair, initialPair } from '../../facts/pair.js';
import { recorded } from '../support/recorded.js';

const lines = readFileSync(join(import.meta.dirname, 'golden-carried.ndjson'), 'utf8')
  .trim()
  .split('\n');

describe('What a pool brings along into another pair', () => {
  it.each(lines)(
    'is on record there just as it was, and would be brought along again as such: %#',
    (line) => {
      const { type, data } = JSON.parse(line) as PairRegistered;
      const [event] = recorded([{ type, data }]);
      if (event === undefined) throw new Error('There is no such line.');
      const pair = evolvePair(initialPair, event);
      const [brought] = data.carried ?? [];
      if (pair === null || brought === undefined)
        throw new Error('The pair is not registered with what a pool brings.');
      expect(carriedOf(pair, brought.fqdn)).toEqual({ ...brought, from: data.pairId });
    },
  );
});
