/** What was retracted or corrected of an incident's record afterwards: whoever reads the report learns that it was changed. */
import { logPositionOf } from '../../../events/places.js';
import { describeStream } from '../../../events/streams.js';
import type { EventType } from '../../../events/registry.js';
import type { Correction } from '../../../facts/in-force.js';
import type { Incident, PairFacts } from '../../../facts/pair.js';

export interface RecordCorrection {
  readonly kind: 'retracted' | 'time-corrected';
  /** The id of the event that was retracted or corrected. */
  readonly event: string;
  readonly type: string;
  /** What that event says, in one sentence. */
  readonly what: string;
  /** When it was believed to have happened until then. */
  readonly before: string;
  /** When it happened after all; null where it was retracted. */
  readonly after: string | null;
  /** When the correction was recorded. */
  readonly at: string;
  readonly by: string;
  readonly why: string;
  /** Of the correction. */
  readonly position: string;
}

/** The event that was corrected. */
export interface CorrectedEvent {
  /** What it says, in one sentence. */
  readonly what: string;
  /** When it happened, by the last correction of its time. */
  readonly occurredAt: string;
}

/** The first ones are shown: the calls of a whole day may have been corrected. */
export const mostCorrections = 100;

/** What an incident is measured by from before it began. */
const measuring: ReadonlySet<string> = new Set<EventType>(['ResponseGroupsExported', 'TargetsSet']);

/** Whether a correction is of the record of a pair: of its stream, its calls, or of agents on its pools. */
export function isOfPair(
  { pairId, pools, formerNames }: Pick<PairFacts, 'pairId' | 'pools' | 'formerNames'>,
  { stream, data }: Correction,
): boolean {
  const described = describeStream(stream);
  if (described.family !== 'agent') return described.pairId === pairId;
  return [...pools, ...formerNames].some(({ fqdn }) => fqdn === data.pool);
}

/**
 * The correction as the report of an incident shows it; null where it is none of its record. That is what happened in its
 * course, by any time that was believed, and what it is measured by, where that was changed since it began.
 * @param upTo up to when the incident is told, RFC 3339; null: up to all that is on record
 */
export function shownCorrection(
  { startedAt, startedAtPosition, endedAt }: Incident,
  correction: Correction,
  event: CorrectedEvent,
  upTo: string | null,
): RecordCorrection | null {
  const { data, metadata, recordedAt, position } = correction;
  const times =
    correction.type === 'EventTimeCorrected'
      ? { before: correction.data.before, after: correction.data.occurredAt }
      : { before: event.occurredAt, after: null };
  const [start, end] = [Date.parse(startedAt), endedAt ?? upTo];
  const last = end === null ? Infinity : Date.parse(end);
  const moments = [times.before, times.after ?? times.before, event.occurredAt].map((time) =>
    Date.parse(time),
  );
  const isInCourse = moments.some((time) => start <= time && time <= last);
  const isMeasure =
    measuring.has(data.eventType) &&
    position > logPositionOf(startedAtPosition) &&
    moments.some((time) => time < start);
  if (!isInCourse && !isMeasure) return null;
  return {
    kind: times.after === null ? 'retracted' : 'time-corrected',
    event: data.eventId,
    type: data.eventType,
    what: event.what,
    ...times,
    at: recordedAt,
    by: metadata.actor,
    why: data.reason,
    position: String(position),
  };
}
