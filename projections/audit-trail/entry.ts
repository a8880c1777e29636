/**
 * What an auditor reads: the log itself, put into words one event at a time, and after an event that cut calls off
 * what it did to them (`consequence.ts`).
 */
import type { JsonObject, Recorded } from '../../events/envelope.js';
import type { PoolkeeperEvent } from '../../events/registry.js';
import { describeStream } from '../../events/streams.js';
import type { Incident } from '../../facts/incident.js';
import { summaryOf } from './summary.js';

export interface AuditEntry {
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
  /** The command that was refused; null where something happened. */
  readonly command: string | null;
  readonly refused: boolean;
  /** Whether it is no event of the log but follows from one by the rules. */
  readonly derived: boolean;
  /** The pool it speaks of; null where it names none. */
  readonly pool: string | null;
  /** The incident in whose course it was recorded. */
  readonly incident: string | null;
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
  readonly data: unknown;
}

/** `incidents`: those of the pair. `causes`: what it caused. Null for what belongs to no pool's trail. */
export function auditEntry(
  event: Recorded<PoolkeeperEvent>,
  incidents: readonly Incident[],
  causes: readonly string[] = [],
): AuditEntry | null {
  const summary = summaryOf(event);
  if (summary === null) return null;
  const { metadata } = event;
  const refusal = event.type === 'CommandRefused' ? event.data : null;
  const pool = poolSpokenOf(event);
  return {
    position: event.position.toString(),
    id: event.id,
    stream: event.stream,
    revision: event.revision.toString(),
    type: event.type,
    schemaVersion: metadata.schemaVersion,
    occurredAt: metadata.occurredAt,
    recordedAt: event.recordedAt,
    actor: metadata.actor,
    command: refusal?.command ?? null,
    refused: refusal !== null,
    derived: false,
    pool,
    incident: incidentAt(event.position, pool, incidents),
    correlationId: metadata.correlationId,
    causationId: metadata.causationId,
    commandId: metadata.commandId,
    causedBy: metadata.causationId === metadata.commandId ? null : metadata.causationId,
    causes,
    because: [...(refusal?.because ?? metadata.because ?? [])],
    summary,
    data: event.data,
  };
}

/** What is needed of a pair to tell what belongs to its trail. */
export interface TrailOwner {
  readonly pairId: string;
  readonly pools: readonly { readonly fqdn: string }[];
}

/**
 * Whether an event belongs to the trail of a pair: its own streams, and agents that are homed in its pools
 * or signed in to a group there. `homePoolOf` knows the registered agents.
 */
export function concerns(
  event: Recorded<PoolkeeperEvent>,
  pair: TrailOwner,
  homePoolOf: (agent: string) => string | undefined = () => undefined,
): boolean {
  const isOfPair = (fqdn: string | undefined): boolean => pair.pools.some((pool) => pool.fqdn === fqdn);
  switch (event.type) {
    case 'AgentRegistered':
      return isOfPair(event.data.homePool);
    case 'AgentSignedIn':
    case 'AgentSignedOut':
      return isOfPair(event.data.pool) || isOfPair(homePoolOf(event.data.agent));
    default:
      return describeStream(event.stream).pairId === pair.pairId;
  }
}

/** Where two incidents overlap, that of the pool spoken of; else the later one. */
function incidentAt(position: bigint, pool: string | null, incidents: readonly Incident[]): string | null {
  const underWay = incidents.filter(
    ({ startedAtPosition, endedAtPosition }) =>
      startedAtPosition <= position && (endedAtPosition === null || position <= endedAtPosition),
  );
  return (underWay.findLast((incident) => incident.pool === pool) ?? underWay.at(-1))?.id ?? null;
}

function poolSpokenOf(event: Recorded<PoolkeeperEvent>): string | null {
  switch (event.type) {
    case 'CommandRefused':
      return textIn(event.data.body, 'pool') ?? textIn(event.data.body, 'destination');
    case 'AgentRegistered':
      return event.data.homePool;
    case 'ResponseGroupsImported':
      return event.data.destination;
    default:
      return 'pool' in event.data ? event.data.pool : null;
  }
}

function textIn(body: JsonObject, field: string): string | null {
  const value = body[field];
  return typeof value === 'string' ? value : null;
}
