import type { ParkedEvent } from '../../../../events/dead-letter.js';
import { uuidOf } from '../../identifiers.js';
import type { Located, Parked } from '../state/parked.js';
import type { AnyProjectionInstance } from '../state/projection-instance.js';

/** An event that a projection could not fold in any of its attempts. */
export interface DeadLetter {
  /** Derived from projection, version and event: the same in every process. */
  readonly id: string;
  readonly projection: string;
  /** Of the projection. */
  readonly version: number;
  /** The part that is parked at it: a pair's id, a stream, or the event's id where events are independent. */
  readonly part: string;
  readonly event: Located;
  readonly error: string;
  readonly attempts: number;
  /** When this process first tried it: RFC 3339, UTC. */
  readonly since: string;
}

export const deadLetterId = (
  { name, version }: AnyProjectionInstance['projection'],
  { event }: Parked,
): string => uuidOf(`dead letter ${name} ${version} ${event.id}`);

export const asParked = ({ id, projection, version, event, error }: DeadLetter): ParkedEvent => ({
  deadLetter: id,
  projection,
  version,
  eventId: event.id,
  position: String(event.position),
  stream: event.stream,
  eventType: event.type,
  error,
});
