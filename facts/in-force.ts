/**
 * The facts in force: recorded events without those that were retracted, and with the times that were corrected. Only folds
 * that say what was ever written take the log as it stands.
 */
import { isCorrectionType, type EventRetracted, type EventTimeCorrected } from '../events/correction.js';
import type { Recorded } from '../events/envelope.js';
import type { PoolkeeperEvent } from '../events/registry.js';

export type Correction = Recorded<EventRetracted> | Recorded<EventTimeCorrected>;

export const isCorrection = (event: Recorded<PoolkeeperEvent>): event is Correction =>
  isCorrectionType(event.type) && !isInPlaceOfStruck(event);

/**
 * Where an event that began an incident was retracted, its retraction stands in its place among the facts in force, so that
 * incidents keep their numbers. It has the revision of the event there.
 */
export const isInPlaceOfStruck = (
  event: Recorded<PoolkeeperEvent>,
): event is Recorded<EventRetracted> & { readonly data: { readonly incident: string } } =>
  event.type === 'EventRetracted' &&
  event.data.incident !== undefined &&
  String(event.revision) === event.data.revision;

/** As much of an event as tells whether it is in force; its payload may be of any version. */
export interface Correctable {
  readonly id: string;
  readonly type: string;
  readonly stream: string;
  readonly position: bigint;
  readonly revision: bigint;
  readonly recordedAt: string;
  readonly schemaVersion?: number;
  readonly data: unknown;
  readonly metadata: object;
}

/** The events of these types bring others with them, in the same append: a file, what it changes. */
const bringing: ReadonlySet<string> = new Set(['ResponseGroupsExported']);

/** What is known of the corrections of one event. */
export interface CorrectionsOf {
  /** Null where it is in force. */
  readonly retracted: Recorded<EventRetracted> | null;
  /** The latest; null where its time is the one that was reported. */
  readonly retimed: Recorded<EventTimeCorrected> | null;
}

const uncorrected: CorrectionsOf = { retracted: null, retimed: null };

/** Corrections, and what they leave of other events. Each counts from its own position on. */
export class Corrections {
  /** In the order of the log. */
  private readonly list: Correction[] = [];
  private readonly ids = new Set<string>();
  private readonly byEvent = new Map<string, CorrectionsOf>();
  private bring = false;

  constructor(corrections: Iterable<Correction> = []) {
    for (const correction of corrections) this.add(correction);
  }

  /** In the order of the log. */
  add(correction: Correction): void {
    const { eventId, eventType } = correction.data;
    const known = this.byEvent.get(eventId) ?? uncorrected;
    this.list.push(correction);
    this.ids.add(correction.id);
    this.bring ||= bringing.has(eventType);
    this.byEvent.set(
      eventId,
      correction.type === 'EventRetracted'
        ? { ...known, retracted: correction }
        : { ...known, retimed: correction },
    );
  }

  get isEmpty(): boolean {
    return this.ids.size === 0;
  }

  /** Whether a correction is one of these. */
  has(id: string): boolean {
    return this.ids.has(id);
  }

  /** What was corrected of an event, or of the one that brought it. */
  of(event: Pick<Correctable, 'id' | 'metadata'>): CorrectionsOf {
    const own = this.byEvent.get(event.id) ?? uncorrected;
    const { causationId } = event.metadata as { readonly causationId?: unknown };
    const cause = this.bring && typeof causationId === 'string' ? this.byEvent.get(causationId) : undefined;
    if (cause === undefined) return own;
    return { retracted: own.retracted ?? cause.retracted, retimed: own.retimed ?? cause.retimed };
  }

  /** The event as it counts; null where it was retracted, or its retraction where an incident began with it. */
  inForce<Event extends Correctable>(event: Event): Event | null {
    if (this.ids.size === 0) return event;
    const { retracted, retimed } = this.of(event);
    if (retracted !== null)
      return retracted.data.eventId === event.id && retracted.data.incident !== undefined
        ? inPlaceOf(event, retracted)
        : null;
    return retimed === null ? event : atTime(event, retimed.data.occurredAt);
  }

  /** Those that were recorded up to a position, inclusive. */
  upTo(position: bigint): Corrections {
    return new Corrections(this.list.filter((correction) => correction.position <= position));
  }

  /** In the order of the log. */
  get all(): readonly Correction[] {
    return this.list;
  }
}

/** Those of these events that are in force once all of them are recorded. Corrections stay among them. */
export function inForce<Event extends Correctable>(
  events: readonly Event[],
  corrections = new Corrections(events.flatMap(correctionIn)),
): readonly Event[] {
  if (corrections.isEmpty) return events;
  return events.map((event) => corrections.inForce(event)).filter((event) => event !== null);
}

/** The event as a correction, if it is one. */
export const correctionIn = (event: Correctable): readonly Correction[] =>
  isCorrectionType(event.type) ? [event as Correction] : [];

/** The retraction where the event was: at its place and time, written when the retraction was. */
function inPlaceOf<Event extends Correctable>(
  { stream, position, revision, metadata }: Event,
  { id, type, data, recordedAt, metadata: own }: Recorded<EventRetracted>,
): Event {
  const { occurredAt } = metadata as { readonly occurredAt?: unknown };
  const placed = { id, type, stream, position, revision, recordedAt, schemaVersion: 1, data };
  return { ...placed, metadata: { ...own, occurredAt } } as object as Event;
}

/** The event, had it happened at another time. Its payload may be parsed on first access, so that its parts are named. */
export function atTime<Event extends Correctable>(event: Event, occurredAt: string): Event {
  const { id, type, stream, position, revision, recordedAt, schemaVersion, data, metadata } = event;
  return {
    id,
    type,
    stream,
    position,
    revision,
    recordedAt,
    ...(schemaVersion === undefined ? {} : { schemaVersion }),
    data,
    metadata: { ...metadata, occurredAt },
  } as Event;
}
