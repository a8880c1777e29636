/** What is on record of a pool, to be taken into the stream of another pair, and out of one. */
import type { CarriedCopy, CarriedPool, CarriedRef } from '../events/carried.js';
import { logPositionOf } from '../events/places.js';
import type { Change, EventRef } from './event-ref.js';
import { requirePool } from './copies.js';
import { copyKey, poolOf, type Copy, type PairFacts } from './pair-state.js';

/** What a pool of the pair brings along; what it brought, where it has left already. */
export function carriedOf(pair: PairFacts, fqdn: string): CarriedPool {
  const left = pair.departed.get(fqdn);
  if (left !== undefined) return left.carried;
  const pool = requirePool(pair, fqdn);
  const { since, backEndDatabase, applicationSettings, settingsBeside, settingsKnownAt } = pool;
  const { settingsChange, configuredAt, seenAt, signInsVoidUpTo } = pool;
  return {
    fqdn,
    from: pair.pairId,
    since,
    backEndDatabase,
    copies: [...pair.copies.values()].filter(({ parent }) => parent === fqdn).map(carriedCopy),
    applicationSettings,
    settingsBeside,
    settingsKnownAt,
    settingsChange: settingsChange === null ? null : carriedRef(settingsChange),
    configuredAt,
    seenAt,
    signInsVoidUpTo: {
      primary: decimal(signInsVoidUpTo.primary),
      imported: decimal(signInsVoidUpTo.imported),
    },
  };
}

function carriedCopy({ parent: _, hostedSince, lastChange, ...copy }: Copy): CarriedCopy {
  return { ...copy, hostedSince: decimal(hostedSince), lastChange: carriedRef(lastChange) };
}

const carriedRef = ({ type, position, occurredAt, actor }: EventRef): CarriedRef => ({
  type,
  position: decimal(position),
  occurredAt,
  actor,
});

/** A fact in its place among others has the position of its event. */
const decimal = (position: bigint): string => String(logPositionOf(position));

/** The facts of a pool of the pair become those that it brings along. */
export function takeIn(pair: PairFacts, carried: CarriedPool): void {
  const { fqdn, copies, from: _, settingsChange, signInsVoidUpTo, ...rest } = carried;
  const pool = poolOf(pair, fqdn);
  if (pool === undefined) return;
  Object.assign(pool, rest, {
    settingsChange: settingsChange === null ? null : changeOf(settingsChange),
    signInsVoidUpTo: {
      primary: BigInt(signInsVoidUpTo.primary),
      imported: BigInt(signInsVoidUpTo.imported),
    },
  });
  // They are reported of the pool where it goes on.
  delete pool.services;
  dropCopiesOn(pair, fqdn);
  for (const { hostedSince, lastChange, ...copy } of copies) {
    const taken: Copy = {
      parent: fqdn,
      ...copy,
      hostedSince: BigInt(hostedSince),
      lastChange: changeOf(lastChange),
    };
    pair.copies.set(copyKey(fqdn, copy.kind, copy.id), taken);
  }
  pair.departed.delete(fqdn);
}

const changeOf = ({ position, ...ref }: CarriedRef): Change =>
  ({ ...ref, position: BigInt(position) }) as Change;

/** They are gone from the record of this pair, and nobody removed them. */
export function dropCopiesOn(pair: PairFacts, fqdn: string): void {
  for (const [key, { parent }] of pair.copies) if (parent === fqdn) pair.copies.delete(key);
}
