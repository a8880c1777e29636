import { PAIR_FACTS_VERSION } from '../../facts/pair.js';
import { pairProjection } from '../pair-projection.js';

/** Who may change which copy of an object, and with what. */
export const editability = pairProjection('editability', PAIR_FACTS_VERSION);
