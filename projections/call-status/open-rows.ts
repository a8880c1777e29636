/** The rows of waiting and of connected calls: what the stage of the owner decides, and what the failure of its partner does. */
import { isPaired, partnerOf, servesInPlace } from '../../facts/copies.js';
import type { PairFacts, PoolFacts } from '../../facts/pair.js';
import { isImported } from '../../facts/response-group.js';
import { lackOfCarrier } from '../../facts/services.js';
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
import { openCallsWithout, type ServiceLack } from '../../policy/services.js';
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
  const carried = { when: cell.when, pair, pool, open };
  const count = open.reduce((sum, cohort) => sum + cohort.calls, 0);
  if (isAboutFailedPartner(cell, pair, pool, open)) {
    const { outcome: decided, ...grounds } = outcomeWhenServingPoolFails(classOf(cell), pool.stage);
    const outcome = decided === 'goes-on' ? 'remain-connected' : 'disconnected';
    return { outcome, calls: count, ...openGrounds(grounds, outcome, carried) };
  }
  // Where a pool serves in the place of another no call is cut off.
  const inPlace = servesInPlace(pool);
  const standing = isPaired(pair) ? cell : cellOf(cell.when, pool, false);
  const outcome = inPlace ? 'remain-connected' : standing.outcome;
  const stated = statedOf(cell, pair, pool, by);
  return { outcome, calls: count, ...openGrounds(asInferredOf(stated, inPlace), outcome, carried) };
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

/**
 * What goes on by the stage is a matter of the service that carries it, where that is stopped: then no document decides. Of
 * calls that arrived since it was reported that is on record as it was then.
 */
function openGrounds(decided: Grounds, outcome: ConnectedCell['outcome'], carried: Carried): CitedGrounds {
  const { lack, ofThose } = outcome === 'remain-connected' ? lackOfCarriers(carried) : noLack;
  if (lack === null) return groundsIn(decided);
  const knew = ofThose.length > 0 && ofThose.every(({ ruling }) => ruling.grounds.inference === lack);
  return groundsIn(inferred(knew ? lack : openCallsWithout(lack)));
}

/** The open calls of a row, with the pools that may carry them. */
interface Carried {
  readonly when: OpenCell['when'];
  readonly pair: PairFacts;
  readonly pool: PoolFacts;
  readonly open: readonly Cohort[];
}

interface LackOfCarriers {
  readonly lack: ServiceLack | null;
  /** The open calls that it concerns. */
  readonly ofThose: readonly Cohort[];
}

const noLack: LackOfCarriers = { lack: null, ofThose: [] };

/** Of the pools that carry the open calls; where none is open, of the pool that would carry them. */
function lackOfCarriers({ when, pair, pool, open }: Carried): LackOfCarriers {
  const partner = partnerOf(pair, pool.fqdn);
  if (open.length === 0) {
    const wouldBeThere = when.imported && isPaired(pair) && isDown(pool.stage);
    return { ...noLack, lack: lackOfCarrier(wouldBeThere ? partner : pool) };
  }
  const carriers = [
    { carrier: partner, ofThose: open.filter(({ servedBy }) => servedBy === 'backup') },
    { carrier: pool, ofThose: open.filter(({ servedBy }) => servedBy !== 'backup') },
  ];
  return (
    carriers
      .map(({ carrier, ofThose }) => ({
        lack: ofThose.length === 0 ? null : lackOfCarrier(carrier),
        ofThose,
      }))
      .find(({ lack }) => lack !== null) ?? noLack
  );
}
