/** What has become of the pool that an agent is homed in, and whether anybody reaches the agent there. */
import { reachabilityOfAgent } from '../policy/calls.js';
import type { Reachability } from '../policy/experience/types.js';
import { inferred, type Grounds } from '../policy/grounds.js';
import { isDown, traitsOf, type Stage } from '../policy/stages.js';
import { isPaired, pairByPool, partnerOf, runsBeforeServing } from './copies.js';
import { isGivenUp } from './given-up.js';
import { formerNameOf, lostInIncident } from './former-names.js';
import { poolOf, type PairFacts, type PoolFacts } from './pair-state.js';
import { stoppedOn } from './services.js';

export type HomeEnd = 'retired' | 'given-up';

/** A pool that agents are homed in, as far as pairs have it on record. */
export type HomePool =
  /** It serves its users, or another stands in for it, as far as its stage has it. */
  | (Omit<Serving, 'fqdn'> & {
      readonly state: 'there';
      /** Its partner, which serves its users after failover; absent where it is in no pair, or in the place of a lost pool. */
      readonly backup?: Serving;
      readonly inPlace?: InPlace;
    })
  | { readonly state: HomeEnd; readonly stage: Stage }
  /** It is lost; `by` stands in its place now. Until that serves, users who are left are served by `servedBy`, if anybody. */
  | { readonly state: 'replaced'; readonly by: string; readonly servedBy?: Serving };

/** A pool that serves users. */
export interface Serving {
  readonly fqdn: string;
  readonly stage: Stage;
  /** It is up by its stage, and its Front End service is on record as stopped everywhere; absent where not. */
  readonly frontEndsStopped?: true;
}

/** A pool in the place of a lost one: built with its services off, or running. */
export type InPlace = 'built' | 'runs';

export interface Reach extends Grounds {
  readonly reachability: Reachability;
}

/** Of a name that was given to another pool since, the pool that has it now. Null where no pair has such a pool. */
export function homePoolIn(pairs: readonly PairFacts[], fqdn: string): HomePool | null {
  const pair = pairByPool(pairs).get(fqdn);
  const pool = pair === undefined ? undefined : poolOf(pair, fqdn);
  if (pair !== undefined && pool !== undefined) return homeIn(pair, pool);
  return pairs.map((one) => lostHome(one, fqdn)).findLast((home) => home !== null) ?? null;
}

/**
 * The documents move the users while the services of the new pool are off, start it, and then import the groups. What is on
 * record of the start is the import, or a report of its Front End service.
 */
const inPlaceOf = (pair: PairFacts, pool: PoolFacts): InPlace =>
  runsBeforeServing(pool) &&
  (pool.services?.['front-end'] === undefined
    ? ![...pair.copies.values()].some(({ parent }) => parent === pool.fqdn)
    : stoppedOn(pool, 'front-end') === 'all')
    ? 'built'
    : 'runs';

/** The failover of the first pool that was lost in the incident is what its users go on with, until the new pool serves. */
function lostHome(pair: PairFacts, fqdn: string): HomePool | null {
  const former = formerNameOf(pair, fqdn);
  if (former === undefined) return null;
  const { present: by } = former;
  const pool = poolOf(pair, by);
  const isStoodInFor =
    pool !== undefined &&
    isPaired(pair) &&
    runsBeforeServing(pool) &&
    lostInIncident(pair, pool)[0] === former.fqdn;
  return { state: 'replaced', by, ...(isStoodInFor ? { servedBy: servingOf(partnerOf(pair, by)) } : {}) };
}

/**
 * Whether anybody reaches an agent who is homed there: of calls to groups of that pool itself, or to those of others.
 * Null where nothing is on record of the pool.
 */
export function reachAt(home: HomePool | null, ownGroup: boolean): Reach | null {
  switch (home?.state) {
    case undefined:
      return null;
    case 'there':
      return reachIn(home, ownGroup);
    case 'replaced':
      return reachOfLost(home.servedBy);
    default:
      return { reachability: 'unreachable', ...inferred('home-pool-ended') };
  }
}

function reachIn(home: HomePoolThere, ownGroup: boolean): Reach {
  const { stage, inPlace, backup } = home;
  if ((poolStandingIn(home) ?? home).frontEndsStopped === true) return withoutFrontEnds;
  if (inPlace === undefined) return reachabilityOfAgent(stage, ownGroup, backup?.stage);
  return { reachability: inPlace === 'built' ? 'unreachable' : 'reachable', ...inferred('replaced-pool') };
}

function reachOfLost(servedBy: Serving | undefined): Reach {
  if (servedBy === undefined) return { reachability: 'unreachable', ...inferred('replaced-pool') };
  if (servedBy.frontEndsStopped === true) return withoutFrontEnds;
  return isDown(servedBy.stage)
    ? { reachability: 'unreachable', ...inferred('both-pools-down') }
    : { reachability: 'reachable', ...inferred('replaced-pool') };
}

const withoutFrontEnds: Reach = { reachability: 'unreachable', ...inferred('front-end-service') };

function homeIn(pair: PairFacts, pool: PoolFacts): HomePool {
  const end = homeEndOf(pair, pool);
  if (end !== null) return { state: end, stage: pool.stage };
  const { fqdn, ...serving } = servingOf(pool);
  if (pool.replaces !== undefined) return { state: 'there', ...serving, inPlace: inPlaceOf(pair, pool) };
  const backup = isPaired(pair) ? { backup: servingOf(partnerOf(pair, fqdn)) } : {};
  return { state: 'there', ...serving, ...backup };
}

function servingOf(pool: PoolFacts): Serving {
  const { fqdn, stage } = pool;
  const isStopped = !isDown(stage) && stoppedOn(pool, 'front-end') === 'all';
  return { fqdn, stage, ...(isStopped ? { frontEndsStopped: true } : {}) };
}

export type HomePoolThere = Extract<HomePool, { readonly state: 'there' }>;

/** The partner, where it serves the users of a pool that failed over. */
export const poolStandingIn = ({ stage, backup }: HomePoolThere): Serving | undefined =>
  traitsOf(stage).stoodInFor ? backup : undefined;

/** Null where it serves, or another stands in for it, as far as its stage has it. */
export function homeEndOf(pair: PairFacts, pool: PoolFacts): HomeEnd | null {
  if (pool.retired !== null) return 'retired';
  return isStoodInForByNobody(pair, pool) ? 'given-up' : null;
}

/** It failed over, and the pool that stood in is its partner no more. */
const isStoodInForByNobody = (pair: PairFacts, pool: PoolFacts): boolean =>
  isGivenUp(pair, pool) || (!isPaired(pair) && traitsOf(pool.stage).stoodInFor);
