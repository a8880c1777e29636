/** A pool that no pair has yet, as it is only chosen to take the place of one that is lost. */
import type { PairFacts, PoolFacts } from '../../facts/pair.js';

/** The pool in whose place the one of this name is to come; undefined where it is chosen for none. */
export function chosenInPlaceOf(pairs: Iterable<PairFacts | null>, fqdn: string): string | undefined {
  const isChosen = ({ route }: PoolFacts): boolean =>
    route?.route === 'replacement' && route.replacement?.toLowerCase() === fqdn.toLowerCase();
  for (const pair of pairs) {
    const failed = pair?.pools.find(isChosen);
    if (failed !== undefined) return failed.fqdn;
  }
  return undefined;
}

export const notYetInPlace = (fqdn: string, failed: string): string =>
  `"${fqdn}" is chosen to take the place of ${failed}, and has not yet: once it is built and registered in the topology, record replace-pool of ${failed}.`;
