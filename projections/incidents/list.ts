/** Many incidents: a page of them, and how many there were, the real ones and the drills apart. */
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
  /** Incidents that began before this position. */
  readonly before?: bigint;
  /** At least 1. */
  readonly limit: number;
}

export interface IncidentPage {
  /** The latest first. */
  readonly incidents: readonly IncidentView[];
  /** Of all that pass the filter but for its page: drills are never among the real ones. */
  readonly totals: Readonly<Record<IncidentKind, IncidentTotals>>;
  /** The position at which the last on the page began, in decimal; null at the end. */
  readonly next: string | null;
}

interface Candidate {
  readonly facts: IncidentFacts;
  readonly incident: Incident;
}

/** Incidents of any number of pairs. */
export function incidentPage(pairs: readonly IncidentFacts[], filter: IncidentFilter): IncidentPage {
  const { before, limit } = filter;
  const wanted = pairs
    .flatMap((facts) => facts.pair.incidents.map((incident): Candidate => ({ facts, incident })))
    .filter(({ incident }) => passes(incident, filter))
    .sort((one, other) => (one.incident.startedAtPosition < other.incident.startedAtPosition ? 1 : -1));
  const rest = wanted.filter(({ incident }) => before === undefined || incident.startedAtPosition < before);
  const shown = rest.slice(0, limit);
  const last = shown.at(-1);
  return {
    incidents: shown.map(({ facts, incident }) => incidentView(facts, incident)),
    totals: { real: totalsOf(wanted, 'real'), drill: totalsOf(wanted, 'drill') },
    next: rest.length > shown.length && last !== undefined ? String(last.incident.startedAtPosition) : null,
  };
}

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
