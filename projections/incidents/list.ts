/** Many incidents: a page of them, and how many there were, the real ones and the drills apart. */
import { logPositionOf, placeOf } from '../../events/places.js';
import type { Incident } from '../../facts/pair.js';
import { incidentView, kindOf, type IncidentFacts, type IncidentKind, type IncidentView } from './view.js';

export interface IncidentTotals {
  readonly incidents: number;
  /** How many of them go on. */
  readonly open: number;
  /** Calls cut off in them. */
  readonly cutOff: number;
}

export interface IncidentFilter {
  /** Whether the incidents of a pool are meant; those of all where absent. */
  readonly reaches?: (pool: string) => boolean;
  readonly kind?: IncidentKind;
  /** Whether they are in the order in which they happened; in that of the log where absent. */
  readonly asItHappened?: boolean;
  /** Incidents that began before this position, or this place where they are as they happened. */
  readonly before?: bigint;
  /** At least 1. */
  readonly limit: number;
}

export interface IncidentPage {
  /** The latest first. */
  readonly incidents: readonly IncidentView[];
  /** Of all that pass the filter but for its page: drills are never among the real ones. */
  readonly totals: Readonly<Record<IncidentKind, IncidentTotals>>;
  /** The position, or the place, at which the last on the page began, in decimal; null at the end. */
  readonly next: string | null;
}

interface Candidate {
  readonly facts: IncidentFacts;
  readonly incident: Incident;
}

/** Incidents of any number of pairs. */
export function incidentPage(pairs: readonly IncidentFacts[], filter: IncidentFilter): IncidentPage {
  const { limit } = filter;
  const wanted = pairs
    .flatMap((facts) => facts.pair.incidents.map((incident): Candidate => ({ facts, incident })))
    .filter(({ incident }) => passes(incident, filter))
    .sort((one, other) => (beginningOf(one.incident, filter) < beginningOf(other.incident, filter) ? 1 : -1));
  const rest = wanted.filter(({ incident }) => isBefore(incident, filter));
  const shown = rest.slice(0, limit);
  const last = shown.at(-1);
  return {
    incidents: shown.map(({ facts, incident }) => incidentView(facts, incident)),
    totals: { real: totalsOf(wanted, 'real'), drill: totalsOf(wanted, 'drill') },
    next:
      rest.length > shown.length && last !== undefined ? String(beginningOf(last.incident, filter)) : null,
  };
}

/**
 * The same incidents with places for positions. A state of what happened may have begun as a state of the log, and then has
 * positions of the log for what came first; these do not compare with the places of what other states hold.
 */
export const inPlaces = (incidents: readonly Incident[]): readonly Incident[] =>
  incidents.map((incident) => ({
    ...incident,
    startedAtPosition: placeOf(incident.startedAt, logPositionOf(incident.startedAtPosition)),
    endedAtPosition:
      incident.endedAt === null || incident.endedAtPosition === null
        ? null
        : placeOf(incident.endedAt, logPositionOf(incident.endedAtPosition)),
  }));

const beginningOf = (
  { startedAt, startedAtPosition }: Incident,
  { asItHappened = false }: Pick<IncidentFilter, 'asItHappened'>,
): bigint => (asItHappened ? placeOf(startedAt, logPositionOf(startedAtPosition)) : startedAtPosition);

/** Whether it is on this page, or on one that follows. */
export const isBefore = (incident: Incident, filter: IncidentFilter): boolean =>
  filter.before === undefined || beginningOf(incident, filter) < filter.before;

/** Whether an incident is meant, on whichever page it is. */
export const passes = (incident: Incident, { reaches = () => true, kind }: IncidentFilter): boolean =>
  reaches(incident.pool) && (kind === undefined || kindOf(incident) === kind);

function totalsOf(candidates: readonly Candidate[], kind: IncidentKind): IncidentTotals {
  const some = candidates.filter(({ incident }) => kindOf(incident) === kind);
  return {
    incidents: some.length,
    open: some.filter(({ incident }) => incident.endedAt === null).length,
    cutOff: some.reduce((sum, one) => sum + cutOffOf(one), 0),
  };
}

function cutOffOf({ facts, incident }: Candidate): number {
  let calls = 0;
  for (const { cutOffs } of facts.owners)
    for (const cell of cutOffs.get(incident.id)?.values() ?? []) calls += cell.calls;
  return calls;
}
