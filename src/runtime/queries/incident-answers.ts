/** What answers about incidents have in common: the facts they are made of, and their version. */
import { createHash } from 'node:crypto';
import type { Incident } from '../../../facts/pair.js';
import { isBefore, passes, type IncidentFilter } from '../../../projections/incidents/list.js';
import type { RefusalsByIncident } from '../../../projections/incidents/refused.js';
import type { TimelineFacts } from '../../../projections/incidents/timeline.js';
import type { IncidentFacts } from '../../../projections/incidents/view.js';
import type { Staleness } from '../../contract/words.js';
import type { Vantage } from '../moment.js';
import type { RefusalSpan } from './incident-refusals.js';

/** The facts of a pair at a moment; null where it was not registered. */
export interface FactsAt {
  readonly facts: IncidentFacts & TimelineFacts;
  readonly refusals: RefusalsByIncident;
  readonly position: bigint;
  readonly staleness: Staleness;
}

/** The id of an incident begins with that of its pair, which has no hyphen. */
export const pairIdIn = (id: string): string => id.slice(0, Math.max(0, id.lastIndexOf('-')));

/** The page shows no others of a pair. */
export const pageAmong = (incidents: readonly Incident[], filter: IncidentFilter): readonly Incident[] =>
  incidents.filter((incident) => passes(incident, filter) && isBefore(incident, filter)).slice(-filter.limit);

/** Null where nobody asks for refusals. */
export function spanOf(incidents: readonly Incident[], at: Vantage | null): RefusalSpan | null {
  const [first] = incidents;
  if (first === undefined) return null;
  const upTo = at?.position ?? null;
  if (at?.happened !== undefined) return { after: 0n, upTo, happened: at.happened.place };
  const ends = incidents.map(({ endedAtPosition }) => endedAtPosition);
  const isOpen = ends.includes(null);
  const last = ends.reduce<bigint>((latest, end) => (end !== null && end > latest ? end : latest), 0n);
  return { after: first.startedAtPosition, upTo: isOpen ? upTo : last };
}

export function answerOf<View extends object>(view: View, found: readonly FactsAt[]) {
  const position = found.reduce((last, { position: one }) => (one > last ? one : last), 0n);
  const staleness: Staleness = Object.assign({}, ...found.map((one) => one.staleness)) as Staleness;
  return { view, version: versionOf(view), position, staleness };
}

/** Refusals are in it that no position of a projection tells of: the answer itself is its version. */
export const versionOf = (view: object): string =>
  createHash('sha256').update(JSON.stringify(view)).digest('base64url').slice(0, 22);
