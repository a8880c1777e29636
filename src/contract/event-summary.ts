/** An event as views name it where they say what it did. */
import { eventTypes } from '../../events/registry.js';
import type { EventSummary } from '../../projections/event-summary.js';
import { choice, filledBy, named, object, describedAs, text } from './schema.js';
import { position, time } from './words.js';

export const summaryMembers = {
  position,
  id: text,
  type: choice(...eventTypes),
  occurredAt: describedAs(time, 'When it happened, as reported.'),
  recordedAt: describedAs(time, 'When it was written.'),
  actor: text,
  summary: describedAs(text, 'One sentence.'),
} as const;

export const eventSummary = named('EventSummary', filledBy<EventSummary>()(object(summaryMembers)));
