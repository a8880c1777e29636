/** Names that pools of a pair had before others took their place. */
import { poolOf, type Copy, type PairFacts, type PoolFacts } from './pair-state.js';
import type { FormerName } from './route.js';

const sameFqdn = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase();

/** Undefined where no pool of the pair had that name and lost it. */
export const formerNameOf = (pair: PairFacts, fqdn: string): FormerName | undefined =>
  poolOf(pair, fqdn) === undefined
    ? pair.formerNames.findLast((name) => sameFqdn(name.fqdn, fqdn))
    : undefined;

/** The pool that stands where the pool of that name stood; the name itself where it is none of before. */
export const presentName = (pair: PairFacts, fqdn: string): string =>
  formerNameOf(pair, fqdn)?.present ?? fqdn;

/** The name that a pool had at a time, so that what happened then is on record under it. */
export function nameAt(pair: PairFacts, fqdn: string, time: string | null): string {
  if (time === null) return fqdn;
  const then = formerNamesOf(pair, fqdn).find(({ at }) => Date.parse(time) < Date.parse(at));
  return then?.fqdn ?? fqdn;
}

/** The name that a pool had at a position of the log. */
export const nameAtPosition = (pair: PairFacts, fqdn: string, position: bigint): string =>
  formerNamesOf(pair, fqdn).find(({ until }) => until > position)?.fqdn ?? fqdn;

/**
 * The owner that the product has for a copy: an import writes down the name of then, and no replacement of a pool changes
 * that. What PowerShell is asked with -Owner goes by it.
 */
export const ownerInProduct = (
  pair: PairFacts,
  { owner, hostedSince }: Pick<Copy, 'owner' | 'hostedSince'>,
): string => nameAtPosition(pair, owner, hostedSince);

/** The pools in whose place one stands that were lost in its incident under way, the first of them first. */
export function lostInIncident(pair: PairFacts, { fqdn, incident: id }: PoolFacts): readonly string[] {
  const incident = pair.incidents.find((one) => one.id === id);
  if (incident === undefined) return [];
  return formerNamesOf(pair, fqdn)
    .filter(({ until }) => until > incident.startedAtPosition)
    .map((name) => name.fqdn);
}

/** The names that a pool's place had lost by a position of the log; the pool may have been replaced itself since. */
export const formerNamesAt = (pair: PairFacts | null, fqdn: string, position: bigint): readonly string[] =>
  pair === null
    ? []
    : formerNamesOf(pair, presentName(pair, fqdn))
        .filter((name) => name.until <= position && name.fqdn !== fqdn)
        .map((name) => name.fqdn);

/** The position at which a pool took the place of another; 0 where it was there from the first. Its files are later ones. */
export const inPlaceSince = (pair: PairFacts, fqdn: string): bigint =>
  formerNamesOf(pair, fqdn).at(-1)?.until ?? 0n;

/** The same as of a position of the log: where the pool was replaced afterwards, that does not count. */
export const inPlaceBefore = (pair: PairFacts, fqdn: string, position: bigint): bigint =>
  formerNamesOf(pair, fqdn).findLast(({ until }) => until < position)?.until ?? 0n;

/** The names that a pool's place had before it, the oldest first. */
export const formerNamesOf = (pair: PairFacts, fqdn: string): readonly FormerName[] =>
  pair.formerNames.filter(({ present }) => present === fqdn);
