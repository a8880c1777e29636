import type { AuditEntry } from './entry.js';

export interface AuditFilter {
  /** A derived entry has no actor. */
  readonly actor?: string;
  /** Of an event, or `CallsCutOff`. */
  readonly type?: string;
  /** RFC 3339; inclusive, on when it happened. */
  readonly from?: string;
  /** RFC 3339; inclusive, on when it happened. */
  readonly to?: string;
  readonly incident?: string;
  readonly correlationId?: string;
  readonly refused?: boolean;
}

/** Whether an entry passes every filter that is set. */
export function matches(entry: AuditEntry, filter: AuditFilter): boolean {
  const { actor, type, from, to, incident, correlationId, refused } = filter;
  const happened = Date.parse(entry.occurredAt);
  return (
    (actor === undefined || entry.actor === actor) &&
    (type === undefined || entry.type === type) &&
    (from === undefined || happened >= Date.parse(from)) &&
    (to === undefined || happened <= Date.parse(to)) &&
    (incident === undefined || entry.incident === incident) &&
    (correlationId === undefined || entry.correlationId === correlationId) &&
    (refused === undefined || entry.refused === refused)
  );
}
