/** The rows of waiting and of connected calls: what the stage of the owner decides, and what the failure of its partner does. */
import { isPaired, partnerOf, servesInPlace } from '../../facts/copies.js';
import type { PairFacts, PoolFacts } from '../../facts/pair.js';
import { isImported } from '../../facts/response-group.js';
import { lackOf } from '../../facts/services.js';
import { outcomeWhenServingPoolFails } from '../../policy/calls.js';
import { connectedCell, inProgressCell } from '../../policy/experience/matrix.js';
import type { ConnectedCell, InProgressCell } from '../../policy/experience/types.js';
import {
  asInferredOf,
  groundsOf,
  inferred,
  restingOn,
  withoutStandIn,
  type Grounds,
  type StandInBy,
} from '../../policy/grounds.js';
import { openCallsWithout } from '../../policy/services.js';
import { isDown } from '../../policy/stages.js';
import { groundsIn, type CitedGrounds } from '../grounds.js';
import type { Cohort, OwnerCalls } from './state.js';

type OpenCell = ConnectedCell | InProgressCell;

export interface OpenRow extends CitedGrounds {
  readonly outcome: OpenCell['outcome'];
  readonly calls: number;
}

export function openRow(
  cell: OpenCell,
  pair: PairFacts,
  pool: PoolFacts,
  calls: OwnerCalls,
  by: StandInBy,
): OpenRow {
  const open = openCohorts(cell, pair, calls);
  const count = open.reduce((sum, cohort) => sum + cohort.calls, 0);
  if (isAboutFailedPartner(cell, pair, pool, open)) {
    const { outcome: decided, ...grounds } = outcomeWhenServingPoolFails(classOf(cell), pool.stage);
    const outcome = decided === 'goes-on' ? 'remain-connected' : 'disconnected';
    return { outcome, calls: count, ...openGrounds(grounds, outcome, pair, pool) };
  }
  // Where a pool serves in the place of another no call is cut off.
  const inPlace = servesInPlace(pool);
  const standing = isPaired(pair) ? cell : cellOf(cell.when, pool, false);
  const outcome = inPlace ? 'remain-connected' : standing.outcome;
  const stated = statedOf(cell, pair, pool, by);
  return { outcome, calls: count, ...openGrounds(asInferredOf(stated, inPlace), outcome, pair, pool) };
}

/** Open calls by what is true of their response group now: a matter of cohorts, not of calls. */
function openCohorts({ row, when }: OpenCell, pair: PairFacts, calls: OwnerCalls): readonly Cohort[] {
  const status = row === 'connected-calls' ? 'connected' : 'in-progress';
  const isMeant = (cohort: Cohort): boolean =>
    cohort.status === status &&
    cohort.calls > 0 &&
    (!('anonymous' in when) || cohort.anonymous === when.anonymous);
  return [...calls.groups.values()].flatMap((group) =>
    isImported(pair, calls.fqdn, group.id) === when.imported ? group.open.filter(isMeant) : [],
  );
}

/**
 * Both pools are down, and the row speaks of calls that the partner carried until it failed: of those that go on there, or,
 * where none is open, of those that it cut off.
 */
function isAboutFailedPartner(
  { when }: OpenCell,
  pair: PairFacts,
  pool: PoolFacts,
  open: readonly Cohort[],
): boolean {
  const partner = partnerOf(pair, pool.fqdn);
  const isOnPartner = ({ servedBy }: Cohort): boolean => servedBy === 'backup';
  return (
    when.imported &&
    isPaired(pair) &&
    isDown(pool.stage) &&
    isDown(partner.stage) &&
    (open.length === 0 ? partner.failedSecond === true : open.some(isOnPartner))
  );
}

const classOf = ({ row, when }: OpenCell): Parameters<typeof outcomeWhenServingPoolFails>[0] => ({
  phase: row === 'connected-calls' ? 'connected' : 'in-progress',
  anonymous: 'anonymous' in when && when.anonymous,
});

const cellOf = (when: OpenCell['when'], { stage }: PoolFacts, imported: boolean) =>
  'anonymous' in when ? connectedCell(stage, when.anonymous, imported) : inProgressCell(stage, imported);

function statedOf({ when }: OpenCell, pair: PairFacts, pool: PoolFacts, by: StandInBy): Grounds {
  const groundsIf = (imported: boolean): Grounds => groundsOf(cellOf(when, pool, imported));
  if (!when.imported) return groundsIf(false);
  return isPaired(pair)
    ? restingOn(by, groundsIf(true), () => groundsIf(false))
    : withoutStandIn(groundsIf(true), groundsIf(false));
}

/** What goes on by the stage is a matter of the service that carries it, where that is stopped: then no document decides. */
function openGrounds(
  decided: Grounds,
  outcome: ConnectedCell['outcome'],
  pair: PairFacts,
  pool: PoolFacts,
): CitedGrounds {
  const serving = isDown(pool.stage) ? partnerOf(pair, pool.fqdn) : pool;
  const lack = outcome === 'remain-connected' ? lackOf(serving) : null;
  return groundsIn(lack === null ? decided : inferred(openCallsWithout(lack)));
}
