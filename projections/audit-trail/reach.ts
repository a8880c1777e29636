/** Where in the log the entries that pass a filter can stand: the rest need not be read. */
import { familyOf, streamFamilies } from '../../events/registry.js';
import type { StreamFamily } from '../../events/streams.js';
import type { Incident } from '../../facts/pair.js';
import { stageChanges } from '../../policy/stages.js';
import { callsCutOff } from './consequence.js';
import type { AuditFilter } from './filter.js';

/**
 * The families that no trail shows: that two pools were paired is told by the registration of their pair, and the
 * records of idempotency keys are nobody's act. The events of any other family are found by their type.
 */
const untrailed = ['pairings', 'receipt'] as const satisfies readonly StreamFamily[];
export type TrailFamily = Exclude<StreamFamily, (typeof untrailed)[number]>;

const isTrailed = (family: StreamFamily): family is TrailFamily =>
  !untrailed.some((other) => other === family);

export interface Reach {
  readonly families: readonly TrailFamily[];
  /** Any where absent. */
  readonly types?: readonly string[];
  /** Exclusive, and the position of an event; from the beginning where absent. */
  readonly after?: bigint;
  /** Inclusive; to the end where absent. */
  readonly upTo?: bigint;
}

/** Null where nothing can pass. */
export function reachOf(
  { type, refused, incident }: AuditFilter,
  incidents: readonly Incident[],
): Reach | null {
  const families = familiesOf(type).filter(
    (family) => refused === undefined || refused === (family === 'refusals'),
  );
  const stretch = incident === undefined ? {} : stretchOf(incident, incidents);
  if (families.length === 0 || stretch === null) return null;
  return { families, ...stretch, ...(type === undefined ? {} : { types: typesOf(type) }) };
}

/** What is derived follows from the beginning of a stage. */
const typesOf = (type: string): readonly string[] =>
  type === callsCutOff ? stageChanges.map(({ event }) => event) : [type];

/** The calls that a stage cut off are derived from the events of the pair. */
function familiesOf(type: string | undefined): readonly TrailFamily[] {
  const families = streamFamilies.filter(isTrailed);
  if (type === undefined) return families;
  const holding = type === callsCutOff ? 'pair' : familyOf(type);
  return families.filter((family) => family === holding);
}

/** An incident lies between where it began and where it ended. The event to read after is one that bounds an earlier one. */
function stretchOf(id: string, incidents: readonly Incident[]): Pick<Reach, 'after' | 'upTo'> | null {
  const incident = incidents.find((candidate) => candidate.id === id);
  if (incident === undefined) return null;
  const { startedAtPosition, endedAtPosition } = incident;
  const after = incidents
    .flatMap(({ startedAtPosition: start, endedAtPosition: end }) => (end === null ? [start] : [start, end]))
    .reduce((last, position) => (position < startedAtPosition && position > last ? position : last), 0n);
  return { after, ...(endedAtPosition === null ? {} : { upTo: endedAtPosition }) };
}
