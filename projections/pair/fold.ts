import { evolvePair, initialPair, PAIR_FACTS_VERSION, type PairFacts } from '../../facts/pair.js';
import type { Projection } from '../projection.js';

/** The facts of one pair: the views of its pools, of who sees which copy, and of who may change it, show no more. */
export const pair: Projection<PairFacts | null> = {
  name: 'pair',
  version: PAIR_FACTS_VERSION,
  reads: ['pair'],
  initial: () => initialPair,
  apply: evolvePair,
};
