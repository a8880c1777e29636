import { evolvePair, initialPair, PAIR_FACTS_VERSION, type PairFacts } from '../../facts/pair.js';
import type { Projection } from '../projection.js';

/** The facts of one pair, for three views: its pools, the visibility of copies, and their editability. */
export const pair: Projection<PairFacts | null> = {
  name: 'pair',
  version: PAIR_FACTS_VERSION,
  reads: ['pair'],
  initial: () => initialPair,
  apply: evolvePair,
  inHistory: { of: 'pair', pick: ({ calls }) => calls.pair },
};
