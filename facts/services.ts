/** What is on record of the services of a pool: each as it was reported last. What nobody reported is not known. */
import type { Recorded } from '../events/envelope.js';
import type { ServiceReported } from '../events/service.js';
import type { Extent, Service, ServiceState } from '../events/vocabulary.js';
import type { DisasterMode } from '../policy/disaster-mode.js';
import { disasterModeOf } from '../policy/disaster-mode.js';
import { isOnFrontEnds, type ServiceLack } from '../policy/services.js';
import { isDown } from '../policy/stages.js';
import { eventRefOf, type EventRef } from './event-ref.js';
import { poolOf, type PairFacts, type PoolFacts } from './pair-state.js';

export interface ServiceFacts {
  readonly state: ServiceState;
  /** Null where Front End servers have nothing to do with it. */
  readonly frontEnds: Extent | null;
  readonly reason: string | null;
  readonly reported: EventRef<'ServiceReported'>;
}

export type ServicesOnRecord = Readonly<Partial<Record<Service, ServiceFacts>>>;

export function noteService(pair: PairFacts, event: Recorded<ServiceReported>): void {
  const { pool: fqdn, service, state, frontEnds, reason = null } = event.data;
  const pool = poolOf(pair, fqdn);
  if (pool === undefined) return;
  const extent = isOnFrontEnds(service) ? (frontEnds ?? 'all') : null;
  const facts = { state, frontEnds: extent, reason, reported: eventRefOf(event) };
  pool.services = { ...pool.services, [service]: facts };
  if (service === 'central-management-store' && state === 'running') leaveOtherPool(pair, pool);
}

/** The Central Management store is on one pool at a time: it runs here, so it is on the partner no more. */
function leaveOtherPool({ pools }: PairFacts, pool: PoolFacts): void {
  const partner = pools[0] === pool ? pools[1] : pools[0];
  if (partner.services === undefined) return;
  const { 'central-management-store': left, ...rest } = partner.services;
  if (left !== undefined) partner.services = rest;
}

/** A pool that is up again has its own services again: what was reported of them before is over. */
export function forgetServices(pool: PoolFacts): void {
  if (pool.services === undefined) return;
  const rest = Object.entries(pool.services).filter(([service]) => !isOnFrontEnds(service as Service));
  pool.services = Object.fromEntries(rest);
}

/** Where a service is on record as stopped; null where it is not. */
export const stoppedOn = (
  { services }: { readonly services?: ServicesOnRecord | undefined },
  service: Service,
): Extent | null => {
  const facts = services?.[service];
  return facts?.state === 'stopped' ? (facts.frontEnds ?? 'all') : null;
};

/** What keeps a pool that is up by its stage from carrying calls to response groups, or may keep it; null where nothing is on record. */
export function lackOf({
  services,
}: {
  readonly services?: ServicesOnRecord | undefined;
}): ServiceLack | null {
  if (stoppedOn({ services }, 'front-end') === 'all') return 'front-end-service';
  switch (stoppedOn({ services }, 'response-group')) {
    case 'all':
      return 'response-group-service';
    case 'some':
      return 'response-group-service-in-part';
    default:
      return null;
  }
}

/** The same of a pool that may be down by its stage: its parts say nothing then. */
export const lackOfCarrier = (pool: PoolFacts): ServiceLack | null =>
  isDown(pool.stage) ? null : lackOf(pool);

/** The link has two ends: the latest report of either counts. */
export function siteLinkIsDown({ pools }: PairFacts): boolean {
  const reports = pools.flatMap(({ services }) => services?.['site-link'] ?? []);
  return latestOf(reports)?.state === 'stopped';
}

const latestOf = <Report extends ServiceFacts>(reports: readonly Report[]): Report | undefined =>
  reports.toSorted((one, other) => Number(other.reported.position - one.reported.position))[0];

/** The pool that the Central Management store is on by the last report, which says that it is down; null where none says so. */
export function centralManagementDownOn({ pools }: PairFacts): string | null {
  const reports = pools.flatMap(({ fqdn, services }) => {
    const facts = services?.['central-management-store'];
    return facts === undefined ? [] : [{ fqdn, ...facts }];
  });
  const latest = latestOf(reports);
  return latest?.state === 'stopped' ? latest.fqdn : null;
}

/**
 * Where the Central Management store is by the last report, if it has to be seen to before this pool is failed over: it is on
 * the pool itself, or down. Null where nothing on record says so.
 */
export function centralManagementFirst(
  pair: PairFacts,
  pool: PoolFacts,
): { readonly on: string; readonly isDown: boolean } | null {
  const partner = pair.pools.find((one) => one !== pool);
  const [here, there] = [pool, partner].map((one) => one?.services?.['central-management-store']);
  if (here !== undefined && here.reported.position > (there?.reported.position ?? -1n)) {
    return { on: pool.fqdn, isDown: here.state === 'stopped' };
  }
  return there?.state === 'stopped' ? { on: partner?.fqdn ?? '', isDown: true } : null;
}

/** Whether the failover of a pool needs -DisasterMode, by what is on record of it. */
export const disasterModeFor = (pool: PoolFacts): DisasterMode =>
  disasterModeOf({ ...pool, frontEndsStopped: stoppedOn(pool, 'front-end') });
