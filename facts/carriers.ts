/**
 * How what a pool owns gets from one pool of the pair to the other. Commands, runbook and readiness ask here, so that none
 * of them demands what another calls not needed.
 */
import { sameContent } from './content.js';
import { copyOf, partnerOf, replicates } from './copies.js';
import type { Copy, PairFacts, PoolFacts } from './pair-state.js';
import { isDown } from '../policy/stages.js';

/** `depends`: on the way out, which can still be chosen. */
export type Carrier = 'backup-service' | 'file' | 'depends';

/** To the partner, which is to stand in. */
export const carrierAway = (pair: PairFacts, fqdn: string): Carrier =>
  replicates(pair, fqdn) ? 'backup-service' : 'file';

/**
 * What a pool owns and its partner has not as it is. What was changed there is to come home, and no matter of the way there.
 */
export const notBrought = (pair: PairFacts, fqdn: string): readonly Copy[] =>
  ownedAndHosted(pair, fqdn).filter((own) => {
    const there = copyOf(pair, partnerOf(pair, fqdn).fqdn, own.kind, own.id);
    if (there === undefined || there.owner !== fqdn || there.ownerRemoved) return true;
    return there.lastChange.type !== 'ObjectModified' && !sameContent(there, own);
  });

/**
 * The copies that only a file can bring to the partner once the pool is down: all of them, or those that the backup service
 * has not brought, as it brings nothing any more then.
 */
export const leftToFile = (pair: PairFacts, fqdn: string): readonly Copy[] =>
  carrierAway(pair, fqdn) === 'file' ? ownedAndHosted(pair, fqdn) : notBrought(pair, fqdn);

const ownedAndHosted = ({ copies }: PairFacts, fqdn: string): readonly Copy[] =>
  [...copies.values()].filter(({ owner, parent }) => owner === fqdn && parent === fqdn);

/**
 * From the partner that stood in. The backup service brings it to the pool itself only: a pool in the place of one that is
 * lost is paired with the one that stood in afterwards, and until a good state is reported nothing is replicated to it.
 */
export function carrierHome(pair: PairFacts, pool: PoolFacts): Carrier {
  const { fqdn, stage, route, replaces } = pool;
  if (!replicates(pair, fqdn) || isToBeReplaced(pool)) return 'file';
  if (!isDown(stage)) return 'backup-service';
  if (replaces !== undefined) return 'file';
  return route === undefined ? 'depends' : 'backup-service';
}

/** It was chosen that another pool takes the place of one that is down, and none has yet. */
export const isToBeReplaced = ({ stage, route, replaces }: PoolFacts): boolean =>
  isDown(stage) && replaces === undefined && route?.route === 'replacement';

/** What stands in on the partner and is not on the pool at all: a pool in the place of another serves once it has that. */
export function missingAtHome(pair: PairFacts, fqdn: string): readonly Copy[] {
  const partner = partnerOf(pair, fqdn).fqdn;
  return [...pair.copies.values()].filter(
    ({ parent, owner, ownerRemoved, kind, id }) =>
      parent === partner && owner === fqdn && !ownerRemoved && copyOf(pair, fqdn, kind, id)?.owner !== fqdn,
  );
}
