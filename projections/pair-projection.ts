import { evolvePair, initialPair, type PairFacts } from '../facts/pair.js';
import type { Projection } from './projection.js';

/** A read model that needs no more than the facts of one pair. */
export const pairProjection = (name: string, version: number): Projection<PairFacts | null> => ({
  name,
  version,
  reads: ['pair'],
  initial: () => initialPair,
  apply: evolvePair,
});
