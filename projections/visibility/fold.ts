import { PAIR_FACTS_VERSION } from '../../facts/pair.js';
import { pairProjection } from '../pair-projection.js';

/** Who sees which copy of an object, and with what. */
export const visibility = pairProjection('visibility', PAIR_FACTS_VERSION);
