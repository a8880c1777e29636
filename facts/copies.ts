/** Queries on the pools and copies of a pair, shared by deciders and projections. */
import type { ObjectKind } from '../events/vocabulary.js';
import type { StandInBy } from '../policy/grounds.js';
import type { GoverningCell } from '../policy/copies.js';
import type { Ownership } from '../policy/experience/types.js';
import { sameUri } from '../policy/names.js';
import { isDown, serves, traitsOf } from '../policy/stages.js';
import { lackOf } from './services.js';
import { copyKey, poolOf, type Copy, type PairFacts, type PoolFacts } from './pair-state.js';

export { poolOf };

/** The other pool of the pair. */
export function partnerOf(pair: PairFacts, fqdn: string): PoolFacts {
  const [first, second] = pair.pools;
  return first.fqdn === fqdn ? second : first;
}

/** @throws Error for a pool of another pair: callers look the pair up by the pool. */
export function requirePool(pair: PairFacts, fqdn: string): PoolFacts {
  const pool = poolOf(pair, fqdn);
  if (pool === undefined) throw new Error(`Pool ${fqdn} is not of pair ${pair.pairId}.`);
  return pool;
}

export const copyOf = (pair: PairFacts, parent: string, kind: ObjectKind, id: string): Copy | undefined =>
  pair.copies.get(copyKey(parent, kind, id));

/** Of a workflow that has one. */
export function primaryUriOf({ kind, properties }: Pick<Copy, 'kind' | 'properties'>): string | undefined {
  const uri = kind === 'workflow' ? properties['primaryUri'] : undefined;
  return typeof uri === 'string' ? uri : undefined;
}

/** The primary URI of a workflow that is in service; a copy whose owner removed it holds none. */
export function primaryUriHeldBy(copy: Copy, uri: string): boolean {
  const held = primaryUriOf(copy);
  return !copy.ownerRemoved && held !== undefined && sameUri(held, uri);
}

/** Whether the two pools back each other up. */
export const isPaired = ({ ended }: PairFacts): boolean => ended === null;

/** Whether a pool is on record here, and has not gone on in another pair. */
export const isHere = (pair: PairFacts, fqdn: string): boolean =>
  poolOf(pair, fqdn) !== undefined && !pair.departed.has(fqdn);

/** By pool: the pair in which it is on record now. A name may be used again once its pool is retired. */
export function pairByPool(pairs: Iterable<PairFacts>): ReadonlyMap<string, PairFacts> {
  const found = new Map<string, PairFacts>();
  for (const pair of pairs) {
    for (const { fqdn, retired } of pair.pools) {
      if (!isHere(pair, fqdn)) continue;
      const before = found.get(fqdn);
      if (before === undefined || retired === null || requirePool(before, fqdn).retired !== null)
        found.set(fqdn, pair);
    }
  }
  return found;
}

/** The pools of which anything can be on record here: those of the pair, and the owners of copies that these host. */
export const ownersKnown = (pair: PairFacts): ReadonlySet<string> =>
  new Set([...pair.pools.map(({ fqdn }) => fqdn), ...[...pair.copies.values()].map(({ owner }) => owner)]);

/** Whether a copy is one of the partner's objects: that of a pool of another pair, or of none, stands in for nothing. */
export const isOfPartner = (pair: PairFacts, { owner, parent }: Pick<Copy, 'owner' | 'parent'>): boolean =>
  owner !== parent && isPaired(pair) && poolOf(pair, owner) !== undefined;

/** What is known here of the pool that owns a copy: of one that is not of the pair, no more than that it is there. */
export const ownerOf = (
  pair: PairFacts,
  { owner }: Pick<Copy, 'owner'>,
): Pick<PoolFacts, 'fqdn' | 'stage' | 'signInsVoidUpTo' | 'replaces'> =>
  poolOf(pair, owner) ?? { fqdn: owner, stage: 'normal', signInsVoidUpTo: { primary: 0n, imported: 0n } };

/**
 * Which cells govern a copy: its owner's stage decides. While the owner is normal and its partner is not,
 * the owner's own copies follow the `backup` cells of the partner's stage.
 */
export function governingCell(
  pair: PairFacts,
  copy: Pick<Copy, 'owner' | 'parent'> & Partial<Pick<Copy, 'replica' | 'replicatedFrom'>>,
): GoverningCell {
  const owner = ownerOf(pair, copy);
  const host = requirePool(pair, copy.parent);
  const at = {
    backEndDatabase: host.backEndDatabase,
    hostStage: host.stage,
    ...(lackOf(host) === null ? {} : { consoleWithoutService: true as const }),
    ...(host.backEndDatabase === 'unavailable' && !isDown(host.stage)
      ? { databaseInDoubt: true as const }
      : {}),
  };
  if (copy.owner !== copy.parent) {
    return isOfPartner(pair, copy)
      ? {
          stage: owner.stage,
          ownership: 'imported',
          ...at,
          by: standsInBy(pair, copy),
          ...whereReplaced(servesInPlace(owner)),
        }
      : { stage: 'normal', ownership: 'imported', ...at, inNoPair: true };
  }
  const partner = partnerOf(pair, owner.fqdn);
  return isPaired(pair) && !traitsOf(owner.stage).incident && traitsOf(partner.stage).incident
    ? { stage: partner.stage, ownership: 'backup', ...at, ...whereReplaced(servesInPlace(partner)) }
    : { stage: owner.stage, ownership: 'primary', ...at, ...whereReplaced(owner.replaces !== undefined) };
}

/** Whether a pool that takes the place of another serves already. */
export const servesInPlace = ({ stage, replaces }: Pick<PoolFacts, 'stage' | 'replaces'>): boolean =>
  replaces !== undefined && serves(stage);

/** Whether it takes the place of another and does not serve yet: it is built and runs, so that it can be given what it needs. */
export const runsBeforeServing = ({ stage, replaces }: Pick<PoolFacts, 'stage' | 'replaces'>): boolean =>
  replaces !== undefined && isDown(stage);

const whereReplaced = (replaced: boolean): Pick<GoverningCell, 'replaced'> =>
  replaced ? { replaced: true } : {};

/** What made a copy stand in, as far as answers differ by it. */
export function standsInBy(
  pair: PairFacts,
  copy: (Pick<Copy, 'owner'> & Partial<Pick<Copy, 'replica' | 'replicatedFrom'>>) | undefined,
): StandInBy {
  if (copy?.replica !== true) return 'import';
  const isKept =
    replicates(pair, copy.owner) || (copy.replicatedFrom !== undefined && pair.replication?.enabled === true);
  return isKept ? 'replicated-copy' : 'replica-shown';
}

/**
 * Whether the backup service keeps what a pool owns on its partner: it is switched on, no pool is known to lack the update,
 * and it has been in a good state at least once.
 */
export function replicates({ replication, pools }: PairFacts, fqdn: string): boolean {
  if (replication?.enabled !== true) return false;
  if (pools.some((pool) => replication.byPool[pool.fqdn]?.update === false)) return false;
  return (replication.byPool[fqdn]?.lastGood ?? null) !== null;
}

/** The label of a copy as seen from a pool in the role of the primary. */
export function ownershipSeenFrom(fqdn: string, copy: Pick<Copy, 'owner' | 'parent'>): Ownership {
  if (copy.owner !== copy.parent) return 'imported';
  return copy.owner === fqdn ? 'primary' : 'backup';
}

/** The copy of an owner's object on the partner that is in service; undefined where it was not imported. */
export function importedCopyOf(
  pair: PairFacts,
  owner: string,
  kind: ObjectKind,
  id: string,
): Copy | undefined {
  const copy = isPaired(pair) ? copyOf(pair, partnerOf(pair, owner).fqdn, kind, id) : undefined;
  return copy !== undefined && copy.owner === owner && !copy.ownerRemoved ? copy : undefined;
}

/** A response group, found by the pool that owns it or by a pool that hosts a copy of it. */
export function responseGroupOf(
  pair: PairFacts,
  pool: string,
  id: string,
): { readonly owner: string; readonly id: string } | undefined {
  const here = copyOf(pair, pool, 'workflow', id);
  // The calls of a group whose owner is in another pair are reported there.
  if (here !== undefined) return isHere(pair, here.owner) ? { owner: here.owner, id } : undefined;
  const there = copyOf(pair, partnerOf(pair, pool).fqdn, 'workflow', id);
  return there !== undefined && there.owner === pool ? { owner: pool, id } : undefined;
}

/**
 * A copy that an incident of its owner left behind: the owner is back, so the copy no longer takes calls. One that was there
 * before, ahead of need, is as it was where the incident ended without a failover and nobody changed it meanwhile.
 */
export function isLeftover(pair: PairFacts, copy: Copy): boolean {
  if (copy.owner === copy.parent) return false;
  // The backup service keeps it there.
  if (copy.replica === true && replicates(pair, copy.owner)) return false;
  if (!serves(ownerOf(pair, copy).stage)) return false;
  return pair.incidents.some((incident) => {
    const { pool, startedAtPosition: started, endedAtPosition: ended } = incident;
    if (pool !== copy.owner || (ended !== null && ended <= copy.hostedSince)) return false;
    const isWithin = (position: bigint): boolean =>
      position > started && (ended === null || position < ended);
    return (
      copy.hostedSince > started ||
      isWithin(copy.lastChange.position) ||
      failedOverWithin(pair, pool, isWithin)
    );
  });
}

const failedOverWithin = (
  { incidentLog }: PairFacts,
  fqdn: string,
  isWithin: (position: bigint) => boolean,
): boolean =>
  incidentLog.some(
    ({ type, data, position }) => type === 'FailoverCompleted' && data.pool === fqdn && isWithin(position),
  );
