/** What a pool brings along, as existing logs have it. A difference needs a new schema version and an upcaster. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import type { PairRegistered } from '../../events/pairing.js';
import { carriedOf } from '../../facts/carried.js';
import { evolvePair, initialPair } from '../../facts/pair.js';
import { recorded } from '../support/recorded.js';

const line = readFileSync(join(import.meta.dirname, 'golden-carried.ndjson'), 'utf8');
const { type, data } = JSON.parse(line) as PairRegistered;

describe('What a pool brings along into another pair', () => {
  it('is on record there just as it was, and would be brought along again as such', () => {
    const [event] = recorded([{ type, data }]);
    if (event === undefined) throw new Error('There is no such line.');
    const pair = evolvePair(initialPair, event);
    if (pair === null) throw new Error('The pair is not registered.');
    const [brought] = data.carried ?? [];
    expect(carriedOf(pair, 'pool-f.contoso.com')).toEqual({ ...brought, from: data.pairId });
  });
});
