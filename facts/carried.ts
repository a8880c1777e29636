/** What is on record of a pool, to be taken into the stream of another pair, and out of one. */
import type { CarriedCopy, CarriedPool, CarriedRef, CarriedService } from '../events/carried.js';
import type { EventType } from '../events/registry.js';
import { logPositionOf } from '../events/places.js';
import type { EventRef } from './event-ref.js';
import { services } from '../events/vocabulary.js';
import { partnerOf, requirePool } from './copies.js';
import { lastExportOf } from './exports.js';
import { fileKnownAt } from './file-time.js';
import { copyKey, poolOf, type Copy, type PairFacts } from './pair-state.js';
import type { ServicesOnRecord } from './services.js';

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
    ...(pool.services === undefined ? {} : { services: carriedServices(pool.services) }),
    ...lastExportPart(pair, fqdn),
    signInsVoidUpTo: {
      primary: decimal(signInsVoidUpTo.primary),
      imported: decimal(signInsVoidUpTo.imported),
    },
  };
}

/** That of this pair; else, or where that is older, the one that the pool brought. */
function lastExportPart(pair: PairFacts, fqdn: string): Pick<CarriedPool, 'lastExport'> {
  const brought = requirePool(pair, fqdn).lastExport;
  const event = lastExportOf(pair, fqdn);
  if (event === null) return brought === undefined ? {} : { lastExport: brought };
  const knownAt = fileKnownAt(event);
  if (brought !== undefined && brought.knownAt > knownAt) return { lastExport: brought };
  const { exportId, fileName } = event.data;
  return { lastExport: { exportId, fileName, knownAt, partner: partnerOf(pair, fqdn).fqdn } };
}

function carriedCopy({ parent: _, hostedSince, lastChange, ...copy }: Copy): CarriedCopy {
  return { ...copy, hostedSince: decimal(hostedSince), lastChange: carriedRef(lastChange) };
}

const carriedServices = (onRecord: ServicesOnRecord): readonly CarriedService[] =>
  services.flatMap((service) => {
    const facts = onRecord[service];
    return facts === undefined ? [] : [{ service, ...facts, reported: carriedRef(facts.reported) }];
  });

const servicesIn = (carried: readonly CarriedService[]): ServicesOnRecord =>
  Object.fromEntries(
    carried.map(({ service, reported, ...facts }) => [service, { ...facts, reported: eventRefIn(reported) }]),
  );

const carriedRef = <Type extends EventType>({
  type,
  position,
  occurredAt,
  actor,
}: EventRef<Type>): CarriedRef<Type> => ({
  type,
  position: decimal(position),
  occurredAt,
  actor,
});

/** A fact in its place among others has the position of its event. */
const decimal = (position: bigint): string => String(logPositionOf(position));

/** The facts of a pool of the pair become those that it brings along. */
export function takeIn(pair: PairFacts, carried: CarriedPool): void {
  const { fqdn, copies, from: _, services: reported, settingsChange, signInsVoidUpTo, ...rest } = carried;
  const pool = poolOf(pair, fqdn);
  if (pool === undefined) return;
  Object.assign(pool, rest, {
    settingsChange: settingsChange === null ? null : eventRefIn(settingsChange),
    signInsVoidUpTo: {
      primary: BigInt(signInsVoidUpTo.primary),
      imported: BigInt(signInsVoidUpTo.imported),
    },
  });
  if (carried.lastExport === undefined) delete pool.lastExport;
  // A service that is down stays so, whichever pair the pool is in.
  if (reported === undefined) delete pool.services;
  else pool.services = servicesIn(reported);
  dropCopiesOn(pair, fqdn);
  for (const { hostedSince, lastChange, ...copy } of copies) {
    const taken: Copy = {
      parent: fqdn,
      ...copy,
      hostedSince: BigInt(hostedSince),
      lastChange: eventRefIn(lastChange),
    };
    pair.copies.set(copyKey(fqdn, copy.kind, copy.id), taken);
  }
  pair.departed.delete(fqdn);
}

const eventRefIn = <Type extends EventType>({ position, ...ref }: CarriedRef<Type>): EventRef<Type> => ({
  ...ref,
  position: BigInt(position),
});

/** They are gone from the record of this pair, and nobody removed them. */
export function dropCopiesOn(pair: PairFacts, fqdn: string): void {
  for (const [key, { parent }] of pair.copies) if (parent === fqdn) pair.copies.delete(key);
}
