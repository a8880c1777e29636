/** What speaks against the way out of a failover that a command takes, by what is on record. */
import { drillOf } from '../../../facts/incident.js';
import type { PairFacts, PoolFacts } from '../../../facts/pair.js';
import { stoppedOn } from '../../../facts/services.js';
import { services } from '../../../events/vocabulary.js';
import { isOnFrontEnds, wordsOf } from '../../../policy/services.js';
import { traitsOf } from '../../../policy/stages.js';
import { allowed, warn, type Ruling } from '../rules.js';

/** @param replacement the pool that takes the place; null where the pool comes back */
export function warnOfOtherRoute({ fqdn, route }: PoolFacts, replacement: string | null): Ruling {
  if (route === undefined || isChosen(route, replacement)) return allowed();
  const chosen =
    route.route === 'failback'
      ? 'to fail it back'
      : `that ${route.replacement ?? 'a new pool'} takes its place`;
  return allowed({
    warnings: warn('another-route-was-chosen', `For ${fqdn} it was chosen ${chosen}; this is another way.`),
  });
}

function isChosen(
  { route, replacement: named }: NonNullable<PoolFacts['route']>,
  taken: string | null,
): boolean {
  if (taken === null) return route === 'failback';
  return route === 'replacement' && (named === null || named.toLowerCase() === taken.toLowerCase());
}

/**
 * A pool that is replaced is lost, which nothing on record says of one that was never out.
 * @param once from when on it is lost
 */
export function warnOfPoolThatWasUp(
  pair: PairFacts,
  pool: PoolFacts,
  once: 'with this' | 'once it is replaced',
): Ruling {
  const { fqdn, failoverFrom } = pool;
  const isDrill = drillOf(pair, pool).drill === true;
  if (!isDrill && (failoverFrom === null || traitsOf(failoverFrom).awaitsFailover)) return allowed();
  const why = isDrill
    ? `The incident of ${fqdn} is on record as a drill`
    : `${fqdn} was failed over as planned, without an outage`;
  return allowed({
    warnings: warn(
      'replaced-pool-was-up',
      `${why}; ${once} it is lost, with all that is on it alone, and never comes back.`,
    ),
  });
}

/** A pool that serves again has its services again, so that reports of before are over. */
export function warnOfStoppedServices(pool: PoolFacts): Ruling {
  const stopped = services
    .filter((service) => isOnFrontEnds(service) && stoppedOn(pool, service) !== null)
    .map(wordsOf);
  // A database is down in many an outage, and back with its pool; that of a new pool is another one.
  const hasNewDatabase = pool.replaces !== undefined && pool.backEndDatabase === 'unavailable';
  const down = [...stopped, ...(hasNewDatabase ? ['back-end database'] : [])];
  if (down.length === 0) return allowed();
  return allowed({
    warnings: warn(
      'services-on-record-as-stopped',
      `By the last reports the ${down.join(' and the ')} of ${pool.fqdn} ${down.length === 1 ? 'is' : 'are'} down. With this ${pool.fqdn} serves; what is down all the same is reported again, with report-service.`,
    ),
  });
}
