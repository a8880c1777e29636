import type { JsonObject } from './envelope.js';
import type { EventSchema, EventSchemas } from './event-schema.js';
import type { StreamFamily } from './streams.js';
import { agentSchemas, type AgentEvent } from './agent.js';
import { callSchemas, type CallEvent } from './call.js';
import { configurationSchemas, type ConfigurationEvent } from './configuration.js';
import { correctionSchemas, type CorrectionEvent } from './correction.js';
import { deadLetterSchemas, type DeadLetterEvent } from './dead-letter.js';
import { failbackSchemas, type FailbackEvent } from './failback.js';
import { failoverSchemas, type FailoverEvent } from './failover.js';
import { incidentSchemas, type IncidentEvent } from './incident.js';
import { idempotencySchemas, type IdempotencyEvent } from './idempotency.js';
import { outageSchemas, type OutageEvent } from './outage.js';
import {
  pairingSchemas,
  poolsPairedSchemas,
  type PairingEvent,
  type PoolsPaired,
  type PoolsUnpaired,
} from './pairing.js';
import { replicationSchemas, type ReplicationEvent } from './replication.js';
import { refusalSchemas, type RefusalEvent } from './refusal.js';
import { replacementSchemas, type ReplacementEvent } from './replacement.js';
import { serviceSchemas, type ServiceEvent } from './service.js';
import { transferSchemas, type TransferEvent } from './transfer.js';

/** The events in the streams of each family. */
interface EventsByFamily {
  readonly pairings: PoolsPaired | PoolsUnpaired;
  readonly pair:
    | PairingEvent
    | OutageEvent
    | ServiceEvent
    | FailoverEvent
    | FailbackEvent
    | ReplacementEvent
    | IncidentEvent
    | ConfigurationEvent
    | TransferEvent
    | ReplicationEvent
    | CorrectionEvent;
  readonly call: CallEvent | CorrectionEvent;
  readonly agent: AgentEvent | CorrectionEvent;
  readonly refusals: RefusalEvent;
  readonly 'dead-letters': DeadLetterEvent;
  readonly receipt: IdempotencyEvent;
}

/** Every event that Poolkeeper writes. */
export type PoolkeeperEvent = EventsByFamily[StreamFamily];

export type EventType = PoolkeeperEvent['type'];

/** The compiler keeps it complete: a schema for every event, under the family that holds it. */
const schemasByFamily: { readonly [Family in StreamFamily]: EventSchemas<EventsByFamily[Family]> } = {
  pairings: poolsPairedSchemas,
  pair: {
    ...pairingSchemas,
    ...outageSchemas,
    ...serviceSchemas,
    ...failoverSchemas,
    ...failbackSchemas,
    ...replacementSchemas,
    ...incidentSchemas,
    ...configurationSchemas,
    ...transferSchemas,
    ...replicationSchemas,
    ...correctionSchemas,
  },
  call: { ...callSchemas, ...correctionSchemas },
  agent: { ...agentSchemas, ...correctionSchemas },
  refusals: refusalSchemas,
  'dead-letters': deadLetterSchemas,
  receipt: idempotencySchemas,
};

export const streamFamilies = Object.keys(schemasByFamily) as readonly StreamFamily[];

const schemas = new Map<string, EventSchema>(
  streamFamilies.flatMap((family) => Object.entries(schemasByFamily[family])),
);

export const eventTypes = [...schemas.keys()] as readonly EventType[];

/** The families of the streams that hold events of a type: one, but for corrections; none where the type is not known. */
export const familiesOf = (type: string): readonly StreamFamily[] =>
  streamFamilies.filter((family) => Object.hasOwn(schemasByFamily[family], type));

/** The log holds an event type that this version of the service does not know. */
export class UnknownEventTypeError extends Error {
  constructor(readonly eventType: string) {
    super(
      `The log holds an event of the unknown type "${eventType}"; a newer version of Poolkeeper may have written it.`,
    );
    this.name = 'UnknownEventTypeError';
  }
}

/** The log holds an event in a schema version that this version of the service does not know. */
export class UnknownSchemaVersionError extends Error {
  constructor(
    readonly eventType: string,
    readonly schemaVersion: unknown,
    readonly newestKnown: number,
  ) {
    super(
      `The log holds ${eventType} in schema version ${String(schemaVersion)}; this version of Poolkeeper reads 1 to ${newestKnown}.`,
    );
    this.name = 'UnknownSchemaVersionError';
  }
}

/** @throws UnknownEventTypeError */
export function schemaOf(type: string): EventSchema {
  const schema = schemas.get(type);
  if (schema === undefined) throw new UnknownEventTypeError(type);
  return schema;
}

/**
 * Brings a stored payload to the newest schema version. What is not known is refused, never guessed.
 * @throws UnknownEventTypeError | UnknownSchemaVersionError
 */
export function upcast(type: string, schemaVersion: number, data: JsonObject): JsonObject {
  const { schemaVersion: newest, upcasters } = schemaOf(type);
  if (schemaVersion === newest) return data;
  if (!Number.isInteger(schemaVersion) || schemaVersion < 1 || schemaVersion > newest) {
    throw new UnknownSchemaVersionError(type, schemaVersion, newest);
  }
  return upcasters.slice(schemaVersion - 1).reduce((current, step) => step(current), data);
}
