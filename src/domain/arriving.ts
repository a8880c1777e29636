/** Pools that were in a pair before, and are paired again: with each other, or with others. */
import type { CarriedPool } from '../../events/carried.js';
import type { PoolkeeperEvent } from '../../events/registry.js';
import { carriedOf } from '../../facts/carried.js';
import { partnerOf, requirePool } from '../../facts/copies.js';
import { givenUpIn, isGivenUp, isLostAlone } from '../../facts/given-up.js';
import type { PairFacts, PoolFacts } from '../../facts/pair.js';
import { commandsToward, traitsOf } from '../../policy/stages.js';
import { few } from '../../policy/texts/few.js';
import type { Warning } from './decision.js';
import { allowed, refusedBy, warn, type Ruling } from './rules.js';
import { lostAloneWays } from './pair/alone.js';
import { warnOfGivingUp } from './unpairing.js';

/** A pool that is to be paired, and the pair in whose stream its record stands. */
export interface Arriving {
  readonly fqdn: string;
  readonly pair: PairFacts;
}

/**
 * The pair in whose stream the record of a pool stands; null where none does.
 * @param pairs those that it was ever in, as far as they are registered
 */
export function holderOf(fqdn: string, pairs: readonly PairFacts[]): PairFacts | null {
  const staying = pairs.find(({ departed }) => !departed.has(fqdn));
  if (staying !== undefined) return staying;
  // It has left the last one as well: what pairs it was not finished.
  const leaving = ({ departed }: PairFacts): bigint => departed.get(fqdn)?.position ?? 0n;
  return pairs.reduce<PairFacts | null>(
    (latest, pair) => (latest === null || leaving(pair) > leaving(latest) ? pair : latest),
    null,
  );
}

/** Whether the pairing in which a pool stands ends by itself where it is paired with another. */
export const endsByItself = ({ fqdn, pair }: Arriving): boolean =>
  pair.ended === null && givenUpIn(pair)?.fqdn === partnerOf(pair, fqdn).fqdn;

/** A pool is paired with another on an ordinary day only. */
export function mayBePaired(arriving: Arriving): Ruling {
  const { fqdn, pair } = arriving;
  const pool = requirePool(pair, fqdn);
  const { stage, retired } = pool;
  if (retired !== null) return allowed();
  if (traitsOf(stage).incident && !pair.departed.has(fqdn)) {
    return refusedBy('paired-outside-incidents', whyNotPaired(pair, pool), {
      allowed: waysToBePaired(pair, pool).map((command) => `${command} ${fqdn}`),
    });
  }
  const lost = endsByItself(arriving) ? givenUpIn(pair) : null;
  return allowed({ warnings: lost === null ? [] : warnOfGivingUp(lost) });
}

function whyNotPaired(pair: PairFacts, pool: PoolFacts): string {
  const { fqdn, stage } = pool;
  if (isGivenUp(pair, pool))
    return `Pool ${fqdn} was given up, and is in stage ${stage}. Once it is retired, a new pool may bear its name.`;
  return isLostAlone(pair, pool)
    ? `Pool ${fqdn} is in stage ${stage}: it is paired once its incident has ended. If it never comes back it is retired, and a new pool may bear its name.`
    : `Pool ${fqdn} is in stage ${stage}: it is paired once its incident has ended.`;
}

function waysToBePaired(pair: PairFacts, pool: PoolFacts): readonly string[] {
  if (isGivenUp(pair, pool)) return ['retire-pool'];
  return isLostAlone(pair, pool)
    ? lostAloneWays(pool)
    : commandsToward(pool.stage, (one) => !traitsOf(one).incident, pool);
}

/** Nothing where its record stands in the stream of the pair already, or has ended. */
export const carriedBy = ({ fqdn, pair }: Arriving, pairId: string): readonly CarriedPool[] =>
  (pair.pairId === pairId && !pair.departed.has(fqdn)) || requirePool(pair, fqdn).retired !== null
    ? []
    : [carriedOf(pair, fqdn)];

export const siteOf = (fqdn: string, arriving: readonly Arriving[]): string | null => {
  const known = arriving.find((one) => one.fqdn === fqdn);
  return known === undefined ? null : requirePool(known.pair, fqdn).site;
};

/** Decides for the stream of the pair that a pool leaves; none where it has left, or stays in its stream. */
export function decideDeparture(
  arriving: Arriving,
  pairId: string,
  partner: string,
): readonly PoolkeeperEvent[] {
  const { fqdn: pool, pair } = arriving;
  if (pair.pairId === pairId || pair.departed.has(pool)) return [];
  const [first, second] = pair.pools;
  return [
    ...(pair.ended === null
      ? [
          {
            type: 'PairEnded' as const,
            data: {
              pairId: pair.pairId,
              pools: [first.fqdn, second.fqdn] as const,
              givenUp: partnerOf(pair, pool).fqdn,
            },
          },
        ]
      : []),
    { type: 'PoolLeft', data: { pool, pairId, partner } },
  ];
}

/** What they host of pools that are not of the pair stands in for nothing. */
export function warnOfStrangers(
  pools: readonly { readonly fqdn: string }[],
  carried: readonly CarriedPool[],
): readonly Warning[] {
  const strange = carried.flatMap(({ fqdn, copies }) =>
    copies
      .filter(({ owner }) => !pools.some((pool) => pool.fqdn === owner))
      .map(({ kind, name, owner }) => `${kind} "${name}" of ${owner} on ${fqdn}`),
  );
  if (strange.length === 0) return [];
  return warn(
    'copies-of-no-partner',
    `These copies belong to pools that are not of this pair, take no calls and stand in for nothing: ${few(strange, { word: (one) => one })}. An export with owner and removeExported removes them.`,
  );
}
