import type { JsonObject } from './envelope.js';
import type { EventContract } from './contract.js';
import { agentContracts, type AgentEvent } from './agent.js';
import { callContracts, type CallEvent } from './call.js';
import { configurationContracts, type ConfigurationEvent } from './configuration.js';
import { deadLetterContracts, type DeadLetterEvent } from './dead-letter.js';
import { failbackContracts, type FailbackEvent } from './failback.js';
import { failoverContracts, type FailoverEvent } from './failover.js';
import { outageContracts, type OutageEvent } from './outage.js';
import { pairingContracts, type PairingEvent } from './pairing.js';
import { receiptContracts, type ReceiptEvent } from './receipt.js';
import { refusalContracts, type RefusalEvent } from './refusal.js';
import { transferContracts, type TransferEvent } from './transfer.js';

/** Every event that Poolkeeper writes. */
export type PoolkeeperEvent =
  | PairingEvent
  | OutageEvent
  | FailoverEvent
  | FailbackEvent
  | ConfigurationEvent
  | TransferEvent
  | AgentEvent
  | CallEvent
  | RefusalEvent
  | DeadLetterEvent
  | ReceiptEvent;

export type EventType = PoolkeeperEvent['type'];

const contracts = [
  ...pairingContracts,
  ...outageContracts,
  ...failoverContracts,
  ...failbackContracts,
  ...configurationContracts,
  ...transferContracts,
  ...agentContracts,
  ...callContracts,
  ...refusalContracts,
  ...deadLetterContracts,
  ...receiptContracts,
];

const registry = new Map<string, EventContract<EventType>>(contracts.map((entry) => [entry.type, entry]));

export const eventTypes: readonly EventType[] = [...registry.keys()] as EventType[];

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

export function contractOf(type: string): EventContract<EventType> {
  const entry = registry.get(type);
  if (entry === undefined) throw new UnknownEventTypeError(type);
  return entry;
}

/**
 * Brings a stored payload to the newest schema version.
 * @throws UnknownEventTypeError | UnknownSchemaVersionError: what is not known is refused, never guessed.
 */
export function upcast(type: string, schemaVersion: number, data: JsonObject): JsonObject {
  const entry = contractOf(type);
  if (schemaVersion === entry.schemaVersion) return data;
  if (!Number.isInteger(schemaVersion) || schemaVersion < 1 || schemaVersion > entry.schemaVersion) {
    throw new UnknownSchemaVersionError(type, schemaVersion, entry.schemaVersion);
  }
  return entry.upcasters.slice(schemaVersion - 1).reduce((current, step) => step(current), data);
}
