/** An incident as people ask for it afterwards, and while it goes on: what it cost, and how long each part took. */
import { logPositionOf } from '../../events/places.js';
import { latestOf } from '../../facts/known-at.js';
import type { Copy, Incident, PairFacts } from '../../facts/pair.js';
import type { Stage } from '../../policy/stages.js';
import type { OwnerCalls } from '../call-status/state.js';
import { found, type FoundObject } from '../readiness/finding.js';
import { readinessContextOf } from '../readiness/readiness-context.js';
import { awayFromHome, isSince, removedOnPartner } from '../readiness/stand-in.js';
import { cutOffIn, type CutOffCalls } from './cost.js';
import { courseOf, type Course } from './course.js';
import { recoveryPoint, recoveryTime, type Measure } from './measures.js';
import { phasesOf, type IncidentPhase } from './phases.js';
import type { AgentsReturning } from './returns.js';
import { stepsTaken, type StepTaken } from './steps.js';

export type IncidentKind = 'real' | 'drill';

export interface ShownNote {
  /** The moment that it speaks of. */
  readonly at: string;
  readonly by: string;
  readonly text: string;
  readonly position: string;
}

export interface IncidentView {
  readonly id: string;
  /** The pool that went down; the one in its place, where another has taken that. */
  readonly pool: string;
  /** The pool that went down, where another has taken its place since; absent where it is `pool`. */
  readonly formerly?: string;
  readonly partner: string;
  readonly kind: IncidentKind;
  /** Why, as it was given with the first command; null where nothing was. */
  readonly reason: string | null;
  readonly opened: string;
  readonly openedAtPosition: string;
  /** Null while it goes on. */
  readonly closed: string | null;
  readonly closedAtPosition: string | null;
  /** In which it stands, or ended. */
  readonly stage: Stage;
  readonly phases: readonly IncidentPhase[];
  readonly recoveryTime: Measure;
  readonly recoveryPoint: Measure;
  readonly cutOff: CutOffCalls;
  /** How many commands were refused in its course. */
  readonly refusals: number;
  /** What was changed on the backup pool in its course, and is not on the pool; and what was removed there alone. */
  readonly notHome: readonly FoundObject[];
  /** By the moment that they speak of. */
  readonly notes: readonly ShownNote[];
  readonly steps: readonly StepTaken[];
}

/** What incidents are told from: the facts of a pair, its calls and its agents, of the same moment. */
export interface IncidentFacts {
  readonly pair: PairFacts;
  readonly owners: readonly OwnerCalls[];
  /** By incident. */
  readonly returns: ReadonlyMap<string, AgentsReturning>;
  /** By incident. */
  readonly refusals: ReadonlyMap<string, number>;
  /** By pool: what was changed on its partner and is not home. */
  readonly away: ReadonlyMap<string, readonly Copy[]>;
  /** Those in whose course times were corrected that their calls do not go by (`incidentsRetimed`); none where absent. */
  readonly retimed?: ReadonlySet<string>;
}

/** What `away` of these facts is. */
export const awayIn = (pair: PairFacts): IncidentFacts['away'] =>
  new Map(
    pair.pools.map(({ fqdn }) => {
      const context = readinessContextOf(pair, fqdn, new Map(), { now: '', exportAgeTargetHours: 0 });
      return [fqdn, context === null ? [] : awayFromHome(context)];
    }),
  );

export const kindOf = ({ drill }: Pick<Incident, 'drill'>): IncidentKind => (drill ? 'drill' : 'real');

export function incidentView(facts: IncidentFacts, incident: Incident): IncidentView {
  const { pair, owners, returns, refusals, away, retimed } = facts;
  const { id, pool, startedAt, startedAtPosition, endedAt, endedAtPosition } = incident;
  const course = courseOf(pair, incident);
  const returning = returns.get(id);
  const firstServed = owners.find(({ fqdn }) => fqdn === pool)?.firstServed.get(id);
  const changed = changedIn(course, away.get(pool) ?? []);
  return {
    id,
    pool,
    ...(incident.formerly === undefined ? {} : { formerly: incident.formerly }),
    partner: course.partner,
    kind: kindOf(incident),
    reason: reasonOf(course),
    opened: startedAt,
    openedAtPosition: String(logPositionOf(startedAtPosition)),
    closed: endedAt,
    closedAtPosition: endedAtPosition === null ? null : String(logPositionOf(endedAtPosition)),
    stage: course.stage,
    phases: phasesOf(course, { returning, firstServed, isAway: changed.length > 0 }),
    recoveryTime: recoveryTime(course),
    recoveryPoint: recoveryPoint(course),
    cutOff: cutOffIn(pair, owners, id, retimed?.has(id)),
    refusals: refusals.get(id) ?? 0,
    notHome: [...changed, ...removedIn(course)],
    notes: notesOf(incident),
    steps: stepsTaken(course, returning),
  };
}

function reasonOf({ stages: [first] }: Course): string | null {
  return first !== undefined && 'reason' in first.data ? (first.data.reason ?? null) : null;
}

/** What changed before the incident, or since, is no matter of it. */
const changedIn = ({ incident }: Course, away: readonly Copy[]): readonly FoundObject[] =>
  away
    .filter((copy) => {
      const { position } = copy.lastChange;
      return (
        isSince(incident, position, latestOf(copy)) &&
        (incident.endedAtPosition === null || position < incident.endedAtPosition)
      );
    })
    .map(found);

function removedIn({ pair, partner, incident }: Course): readonly FoundObject[] {
  const { pool } = incident;
  const own = [...pair.copies.values()].filter((copy) => copy.parent === pool && copy.owner === pool);
  return removedOnPartner(pair, own, partner, incident);
}

const notesOf = ({ notes }: Incident): readonly ShownNote[] =>
  notes
    .map(({ at, actor, text, position }) => ({
      at,
      by: actor,
      text,
      position: String(logPositionOf(position)),
    }))
    .toSorted((one, other) => Date.parse(one.at) - Date.parse(other.at));
