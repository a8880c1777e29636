/** What has become of the pool that an agent is homed in, and whether anybody reaches the agent there. */
import { reachabilityOfAgent } from '../policy/calls.js';
import type { Reachability } from '../policy/experience/types.js';
import { inferred, type Grounds } from '../policy/grounds.js';
import { isDown, traitsOf, type Stage } from '../policy/stages.js';
import { isHere, isPaired, partnerOf } from './copies.js';
import { isGivenUp } from './given-up.js';
import { formerNameOf } from './former-names.js';
import { poolOf, type PairFacts, type PoolFacts } from './pair-state.js';
import { stoppedOn } from './services.js';

export type HomeEnd = 'retired' | 'given-up';

/** A pool that agents are homed in, as far as pairs have it on record. */
export type HomePool =
  /** It serves its users, or another stands in for it, as far as its stage has it. */
  | {
      readonly state: 'there';
      readonly stage: Stage;
      /** Its partner, which serves its users after failover; absent where it is in no pair. */
      readonly backup?: Pick<PoolFacts, 'fqdn' | 'stage'>;
      /**
       * The pool that serves its users is up by its stage, and its Front End service is on record as stopped everywhere;
       * absent where not.
       */
      readonly frontEndsStopped?: true;
    }
  | { readonly state: HomeEnd; readonly stage: Stage }
  /** It is lost; `by` stands in its place now. */
  | { readonly state: 'replaced'; readonly by: string };

export interface Reach extends Grounds {
  readonly reachability: Reachability;
}

/** Of a name that was given to another pool since, the pool that has it now. Null where no pair has such a pool. */
export function homePoolIn(pairs: readonly PairFacts[], fqdn: string): HomePool | null {
  const pair = homePairOf(pairs, fqdn);
  const pool = pair === undefined ? undefined : poolOf(pair, fqdn);
  if (pair !== undefined && pool !== undefined) return homeIn(pair, pool);
  const former = pairs.map((one) => formerNameOf(one, fqdn)).findLast((name) => name !== undefined);
  return former === undefined ? null : { state: 'replaced', by: former.present };
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
      return home.frontEndsStopped === true
        ? { reachability: 'unreachable', ...inferred('front-end-service') }
        : reachabilityOfAgent(home.stage, ownGroup, home.backup?.stage);
    case 'replaced':
      return { reachability: 'unreachable', ...inferred('replaced-pool') };
    default:
      return { reachability: 'unreachable', ...inferred('home-pool-ended') };
  }
}

function homeIn(pair: PairFacts, pool: PoolFacts): HomePool {
  const { stage } = pool;
  const end = homeEndOf(pair, pool);
  if (end !== null) return { state: end, stage };
  const backup = isPaired(pair) ? partnerOf(pair, pool.fqdn) : undefined;
  const serving = traitsOf(stage).stoodInFor ? backup : pool;
  const isStopped =
    serving !== undefined && !isDown(serving.stage) && stoppedOn(serving, 'front-end') === 'all';
  return {
    state: 'there',
    stage,
    ...(backup === undefined ? {} : { backup: { fqdn: backup.fqdn, stage: backup.stage } }),
    ...(isStopped ? { frontEndsStopped: true } : {}),
  };
}

/** Where the users of a pool are served: by the pool itself, or after failover by its partner. */
export const servingUsersOf = (fqdn: string, { stage, backup }: HomePool & { state: 'there' }): string =>
  traitsOf(stage).stoodInFor && backup !== undefined ? backup.fqdn : fqdn;

/** Null where it serves, or another stands in for it, as far as its stage has it. */
export function homeEndOf(pair: PairFacts, pool: PoolFacts): HomeEnd | null {
  if (pool.retired !== null) return 'retired';
  return isStoodInForByNobody(pair, pool) ? 'given-up' : null;
}

/** It failed over, and the pool that stood in is its partner no more. */
const isStoodInForByNobody = (pair: PairFacts, pool: PoolFacts): boolean =>
  isGivenUp(pair, pool) || (!isPaired(pair) && traitsOf(pool.stage).stoodInFor);

/** The pair in which a pool is on record now: pools go on in other pairs, and a name may be used again. */
function homePairOf(pairs: readonly PairFacts[], fqdn: string): PairFacts | undefined {
  const here = pairs.filter((pair) => isHere(pair, fqdn));
  return here.findLast((pair) => poolOf(pair, fqdn)?.retired === null) ?? here.at(-1);
}
