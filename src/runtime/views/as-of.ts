import type { Recorded } from '../../../events/envelope.js';
import type { PoolkeeperEvent } from '../../../events/registry.js';
import type { EventStore } from '../../store/port.js';
import { decode } from '../decode.js';
import { isAfter, type Moment } from './moment.js';

/** Where a fold of the past stands. */
export interface Reached {
  /** Position and revision of the last event folded; 0 and -1 before the first. */
  readonly position: bigint;
  readonly revision: bigint;
}

/** Shows the events of some streams up to a moment, in the order of the log. */
export async function replay(
  store: EventStore,
  streamPrefixes: readonly string[],
  moment: Moment,
  show: (event: Recorded<PoolkeeperEvent>) => void,
): Promise<Reached> {
  let reached: Reached = { position: 0n, revision: -1n };
  for await (const page of store.readAll({ streamPrefixes })) {
    for (const stored of page) {
      if (isAfter(moment, stored)) return reached;
      show(decode(stored));
      reached = { position: stored.position, revision: stored.revision };
    }
  }
  return reached;
}
