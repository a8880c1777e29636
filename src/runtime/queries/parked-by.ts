import type { Staleness } from '../../contract/words.js';
import type { AnyProjectionInstance } from '../projections/state/projection-instance.js';
import { stalenessOf } from './answer.js';

/** A state read from the log is never stale, and is parked only if the moment lies after the parked event. */
export function parkedBy(live: AnyProjectionInstance, upTo: bigint): Staleness {
  const { parked } = stalenessOf(live);
  const [first] = live.parked.values();
  return parked === undefined || first === undefined || first.event.position > upTo ? {} : { parked };
}
