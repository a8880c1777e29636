import { pairProjection } from '../pair-projection.js';

/** The stages of both pools of a pair, with what belongs to them. */
export const lifecycle = pairProjection('lifecycle', 2);
