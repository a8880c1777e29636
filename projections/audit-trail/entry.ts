/**
 * What an auditor reads: the log itself, put into words one event at a time, and after an event that cut calls off
 * what it did to them (`consequence.ts`).
 */
import type { Corrected } from './corrected.js';
import type { Envelope, EventMetadata, EventOf, JsonObject, Recorded } from '../../events/envelope.js';
import type { PoolkeeperEvent } from '../../events/registry.js';
import { agentStreamPrefix, describeStream } from '../../events/streams.js';
import type { Incident } from '../../facts/pair.js';
import type { ObjectDifference } from '../differences/configurations.js';
import type { EventChanges } from '../pair/changes.js';
import { summaryWith } from './changed.js';

export interface AuditEntry extends Corrected {
  /** In the log; what is derived has that of the event that it follows from. */
  readonly position: string;
  readonly id: string;
  /** Null, like the revision and the schema version, where it is derived and stored nowhere. */
  readonly stream: string | null;
  readonly revision: string | null;
  readonly type: string;
  readonly schemaVersion: number | null;
  /** When it happened, as reported. */
  readonly occurredAt: string;
  /** When it was written. */
  readonly recordedAt: string;
  /** Null where it is derived: nobody did it, but who caused it stands in the entry that it follows from. */
  readonly actor: string | null;
  /** How it was proved who that was, and for whom it was done; absent where the service was open. */
  readonly provedBy?: NonNullable<EventMetadata['provedBy']>;
  readonly onBehalfOf?: string;
  /** The command that was refused; null where something happened. */
  readonly command: string | null;
  readonly refused: boolean;
  /** Whether it is no event of the log but follows from one by the rules. */
  readonly derived: boolean;
  /** The pool it speaks of; null where it names none. */
  readonly pool: string | null;
  /** The incident in whose course it was recorded. */
  readonly incident: string | null;
  /** That incident is a drill; absent where it is not. */
  readonly drill?: true;
  readonly correlationId: string;
  readonly causationId: string;
  readonly commandId: string;
  /** The id of the entry that brought it about; null where that was the command itself. */
  readonly causedBy: string | null;
  /** The ids of the entries that follow from it, and of the events of the same append that it brought about. */
  readonly causes: readonly string[];
  readonly because: readonly string[];
  /** One sentence. */
  readonly summary: string;
  /** Objects that it changed, with the values before and after, as far as that is known; absent where there are none. */
  readonly changes?: readonly ObjectDifference[];
  /** How many more; absent where all are listed. */
  readonly moreChanges?: number;
  readonly data: unknown;
  /** Of the event, in the tree of the log; absent where it is derived. */
  readonly leaf?: string;
  /** Of a retraction: the ids of the entries that it takes back. Absent from all others. */
  readonly withdraws?: readonly string[];
}

/** `incidents`: those of the pair. `causes`: what it caused. `changes`: what it changed. Null for what belongs to no pool's trail. */
export function auditEntry(
  event: Recorded<PoolkeeperEvent>,
  incidents: readonly Incident[],
  causes: readonly string[] = [],
  changes: EventChanges | null = null,
): AuditEntry | null {
  const summary = summaryWith(event, changes);
  if (summary === null) return null;
  const refusal = event.type === 'CommandRefused' ? event.data : null;
  const pool = poolSpokenOf(event);
  const incident = incidentAt(event.position, pool, incidents);
  return {
    ...entryOf(event, summary),
    command: refusal?.command ?? null,
    refused: refusal !== null,
    pool,
    incident,
    ...(incidents.some(({ id, drill }) => id === incident && drill) ? { drill: true } : {}),
    causes,
    because: [...(refusal?.because ?? event.metadata.because ?? [])],
    ...changedIn(changes),
  };
}

const changedIn = (changes: EventChanges | null): Pick<AuditEntry, 'changes' | 'moreChanges'> => ({
  ...(changes === null ? {} : { changes: changes.objects }),
  ...(changes === null || changes.moreObjects === 0 ? {} : { moreChanges: changes.moreObjects }),
});

/** The entry of an event that this version does not understand: its stored form, and the reason. */
export function entryNotUnderstood(
  event: Envelope & EventOf<string, unknown>,
  reason: string,
  incidents: readonly Incident[],
): AuditEntry {
  return {
    ...entryOf(event, `Not understood: ${reason}`),
    incident: incidentAt(event.position, null, incidents),
  };
}

const entryOf = (event: Envelope & EventOf<string, unknown>, summary: string): AuditEntry => ({
  position: event.position.toString(),
  id: event.id,
  stream: event.stream,
  revision: event.revision.toString(),
  type: event.type,
  schemaVersion: event.metadata.schemaVersion,
  occurredAt: event.metadata.occurredAt,
  recordedAt: event.recordedAt,
  actor: event.metadata.actor,
  ...proofOf(event.metadata),
  command: null,
  refused: false,
  derived: false,
  pool: null,
  incident: null,
  correlationId: event.metadata.correlationId,
  causationId: event.metadata.causationId,
  commandId: event.metadata.commandId,
  causedBy: event.metadata.causationId === event.metadata.commandId ? null : event.metadata.causationId,
  causes: [],
  because: [],
  summary,
  data: event.data,
});

/** Absent where the service was open, as in all events of before. */
const proofOf = ({ provedBy, onBehalfOf }: EventMetadata): Pick<AuditEntry, 'provedBy' | 'onBehalfOf'> => ({
  ...(provedBy === undefined ? {} : { provedBy }),
  ...(onBehalfOf === undefined ? {} : { onBehalfOf }),
});

/** What the log says of pools and agents as of a position; undefined where it knows nothing of them by then. */
export interface Whereabouts {
  /** The id of the pair that a pool belonged to. A pool whose place another took stays with that pair. */
  readonly pairOf: (fqdn: string, position: bigint) => string | undefined;
  readonly homePoolOf: (agent: string, position: bigint) => string | undefined;
}

/**
 * Whether an event belongs to the trail of a pair: its own streams, and agents that were homed then in a pool that was
 * the pair's then, or signed in to a group there.
 */
export function concerns(
  event: Recorded<PoolkeeperEvent>,
  pairId: string,
  whereabouts: Whereabouts,
): boolean {
  const { position } = event;
  const isOfPair = (fqdn: string | undefined): boolean =>
    fqdn !== undefined && whereabouts.pairOf(fqdn, position) === pairId;
  const isHomed = (agent: string): boolean => isOfPair(whereabouts.homePoolOf(agent, position));
  const isStream = (stream: string): boolean => isStreamOf(stream, pairId, whereabouts, position);
  switch (event.type) {
    case 'AgentRegistered':
      return isOfPair(event.data.homePool);
    case 'AgentMoved':
      return isOfPair(event.data.from) || isOfPair(event.data.homePool);
    case 'AgentListed':
      return isHomed(event.data.agent);
    case 'AgentSignedIn':
    case 'AgentSignedOut':
      return isOfPair(event.data.pool) || isHomed(event.data.agent);
    case 'EventRetracted':
    case 'EventTimeCorrected':
      return isOfPair(event.data.pool) || isStream(event.stream);
    case 'DeadLetterDiscarded':
    case 'DeadLetterRetried':
      return isStream(event.data.stream);
    default:
      return isStream(event.stream);
  }
}

/** Whether a stream is one of the pair's, or of an agent that was homed then in a pool that was the pair's then. */
export function isStreamOf(
  stream: string,
  pairId: string,
  { pairOf, homePoolOf }: Whereabouts,
  position: bigint,
): boolean {
  const described = describeStream(stream);
  if (described.family !== 'agent') return described.pairId === pairId;
  const home = homePoolOf(stream.slice(agentStreamPrefix.length), position);
  return home !== undefined && pairOf(home, position) === pairId;
}

/** Where two incidents overlap, that of the pool spoken of; else the later one. */
export function incidentAt(
  position: bigint,
  pool: string | null,
  incidents: readonly Incident[],
): string | null {
  const underWay = incidents.filter(
    ({ startedAtPosition, endedAtPosition }) =>
      startedAtPosition <= position && (endedAtPosition === null || position <= endedAtPosition),
  );
  // Of a pool that was replaced in its course it is under both names.
  const isOfPool = (incident: Incident): boolean => incident.pool === pool || incident.formerly === pool;
  return (underWay.findLast(isOfPool) ?? underWay.at(-1))?.id ?? null;
}

export function poolSpokenOf(event: Recorded<PoolkeeperEvent>): string | null {
  switch (event.type) {
    case 'CommandRefused':
      return textIn(event.data.body, 'pool') ?? textIn(event.data.body, 'destination');
    case 'AgentRegistered':
    case 'AgentMoved':
      return event.data.homePool;
    case 'ResponseGroupsImported':
      return event.data.destination;
    default:
      return 'pool' in event.data ? (event.data.pool ?? null) : null;
  }
}

function textIn(body: JsonObject, field: string): string | null {
  const value = body[field];
  return typeof value === 'string' ? value : null;
}
