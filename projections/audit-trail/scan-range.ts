/** The part of the log that can hold entries which pass a filter: the rest is not read. */
import { familiesOf, streamFamilies } from '../../events/registry.js';
import type { StreamFamily } from '../../events/streams.js';
import type { Incident } from '../../facts/pair.js';
import { stageChanges } from '../../policy/stages.js';
import { callsCutOff } from './consequence.js';
import { typesIn, type AuditFilter } from './filter.js';

/**
 * The families that no trail shows: the registration of a pair stands for the pairing of its pools, and records of
 * idempotency keys are nobody's act. The events of every other family are found by their type.
 */
const untrailed = ['pairings', 'receipt'] as const satisfies readonly StreamFamily[];
export type TrailFamily = Exclude<StreamFamily, (typeof untrailed)[number]>;

const isTrailed = (family: StreamFamily): family is TrailFamily =>
  !untrailed.some((other) => other === family);

export interface ScanRange {
  readonly families: readonly TrailFamily[];
  /** Any where absent. */
  readonly types?: readonly string[];
  /** Exclusive, and the position of an event; from the beginning where absent. */
  readonly after?: bigint;
  /** Inclusive; to the end where absent. */
  readonly upTo?: bigint;
}

/** Null where no entry can pass. */
export function scanRangeOf(filter: AuditFilter, incidents: readonly Incident[]): ScanRange | null {
  const { refused, incident, withoutCalls = false } = filter;
  const types = typesIn(filter);
  const families = trailedFamilies(types).filter(
    (family) =>
      (refused === undefined || refused === (family === 'refusals')) && !(withoutCalls && family === 'call'),
  );
  const bounds = incident === undefined ? {} : boundsOf(incident, incidents);
  if (families.length === 0 || bounds === null) return null;
  return { families, ...bounds, ...(types === undefined ? {} : { types: eventsOf(types) }) };
}

/** The filters that the scan alone decides: what it reads passes them. */
export const isDecidedByScan = (filter: AuditFilter): boolean =>
  Object.keys(filter).every((name) => name === 'withoutCalls' || name === 'refused');

/** The types themselves; for the derived entries, the types of the events that begin a stage. */
const eventsOf = (types: readonly string[]): readonly string[] => [
  ...new Set(
    types.flatMap((type) => (type === callsCutOff ? stageChanges.map(({ event }) => event) : [type])),
  ),
];

/** The families that hold events of a type; entries about calls cut off are derived from events of the pair. */
function trailedFamilies(types: readonly string[] | undefined): readonly TrailFamily[] {
  const families = streamFamilies.filter(isTrailed);
  if (types === undefined) return families;
  const holding = new Set(eventsOf(types).flatMap(familiesOf));
  return families.filter((family) => holding.has(family));
}

/** From the last bound of an earlier incident to the end of this one; null where there is no such incident. */
function boundsOf(id: string, incidents: readonly Incident[]): Pick<ScanRange, 'after' | 'upTo'> | null {
  const incident = incidents.find((candidate) => candidate.id === id);
  if (incident === undefined) return null;
  const { startedAtPosition, endedAtPosition } = incident;
  const after = incidents
    .flatMap(({ startedAtPosition: start, endedAtPosition: end }) => (end === null ? [start] : [start, end]))
    .reduce((last, position) => (position < startedAtPosition && position > last ? position : last), 0n);
  return { after, ...(endedAtPosition === null ? {} : { upTo: endedAtPosition }) };
}
