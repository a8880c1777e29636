import { PAIR_FACTS_VERSION } from '../../facts/pair.js';
import { pairProjection } from '../pair-projection.js';

/** The stages of both pools of a pair, with what belongs to them. */
export const lifecycle = pairProjection('lifecycle', PAIR_FACTS_VERSION);
