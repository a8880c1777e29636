import { pairProjection } from '../pair-projection.js';

/** Who sees which copy of an object, and with what. */
export const visibility = pairProjection('visibility', 2);
