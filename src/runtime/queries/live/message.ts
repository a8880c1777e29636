import type { FleetChangeData, FleetStateData } from '../../../contract/fleet.js';
import type { LiveChangeData, LiveStateData } from '../../../contract/live.js';

interface Message<Name extends string, Data> {
  readonly name: Name;
  /** The log up to and including here is in this message and those before it. */
  readonly position: bigint;
  readonly data: Data;
}

/** `state`: all views of the pool; `change`: what changed since the message before. */
export type LiveMessage = Message<'state', LiveStateData> | Message<'change', LiveChangeData> | FleetMessage;

/** The same of all pools. */
export type FleetMessage = Message<'state', FleetStateData> | Message<'change', FleetChangeData>;
