/** What is folded into a copy of a pair does not show in the pair: a preview changes nothing. */
import { describe, expect, it } from '@jest/globals';
import { evolvePair, initialPair } from '../../facts/pair.js';
import { copyOfPair } from '../../facts/pair-copy.js';
import type { PoolkeeperEvent } from '../../events/registry.js';
import { recorded } from '../support/recorded.js';
import { outage, paired, pairId, poolA } from '../support/story.js';

const incident = `${pairId}-1`;
const later: readonly PoolkeeperEvent[] = [
  { type: 'IncidentAnnotated', data: { pool: poolA, incident, text: 'The vendor was called' } },
  { type: 'StepTicked', data: { pool: poolA, incident, step: 'central-management' } },
];

describe('A copy of a pair', () => {
  it('takes notes and ticks of its own', () => {
    const pair = recorded([paired, outage(poolA)]).reduce(evolvePair, initialPair);
    if (pair === null) throw new Error('The story has a pair.');
    const copy = recorded(later, 3).reduce(evolvePair, copyOfPair(pair));
    expect(copy?.incidents[0]?.notes).toHaveLength(1);
    expect(copy?.incidents[0]?.ticks.size).toBe(1);
    expect(pair.incidents[0]?.notes).toEqual([]);
    expect(pair.incidents[0]?.ticks.size).toBe(0);
  });
});
