/** In which incident a call is cut off. */
import { requirePool } from '../../facts/copies.js';
import type { PairFacts } from '../../facts/pair.js';

/** By pool. */
export const incidentsUnderWay = (pair: PairFacts | null): ReadonlyMap<string, string | null> =>
  new Map(pair?.pools.map(({ fqdn, incident }) => [fqdn, incident]));

/**
 * The incident that a call is cut off in as a stage begins: that of the pool of its response group, which may end there;
 * else that of the pool whose stage begins. Empty where there is none.
 */
export function incidentOfCutOff(
  pair: PairFacts,
  before: ReadonlyMap<string, string | null>,
  ...pools: readonly string[]
): string {
  const found = pools.map((fqdn) => requirePool(pair, fqdn).incident ?? before.get(fqdn) ?? null);
  return found.find((incident) => incident !== null) ?? '';
}
