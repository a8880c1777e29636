import { logPositionOf } from '../events/places.js';
import type { Recorded } from '../events/envelope.js';
import type { PoolkeeperEvent } from '../events/registry.js';
import { summaryOf } from './audit-trail/summary.js';

/** An event as views name it where they tell what it did: the audit trail has the rest. */
export interface EventSummary {
  readonly position: string;
  readonly id: string;
  readonly type: PoolkeeperEvent['type'];
  /** When it happened, as reported. */
  readonly occurredAt: string;
  /** When it was written. */
  readonly recordedAt: string;
  readonly actor: string;
  /** One sentence. */
  readonly summary: string;
}

export const eventSummaryOf = (event: Recorded<PoolkeeperEvent>): EventSummary => ({
  position: String(logPositionOf(event.position)),
  id: event.id,
  type: event.type,
  occurredAt: event.metadata.occurredAt,
  recordedAt: event.recordedAt,
  actor: event.metadata.actor,
  summary: summaryOf(event) ?? event.type,
});
