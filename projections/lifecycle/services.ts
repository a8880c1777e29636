/** What is on record of the services of a pool, as its view shows it. */
import { services, type Extent, type Service, type ServiceState } from '../../events/vocabulary.js';
import type { PoolFacts } from '../../facts/pair.js';

export interface ServiceEntry {
  readonly service: Service;
  readonly state: ServiceState;
  /** On how many Front End servers; absent where they have nothing to do with it. */
  readonly frontEnds?: Extent;
  /** Since when, as reported. */
  readonly since: string;
  readonly reason: string | null;
}

/** Those that were reported, in the order of their names; absent while none was. */
export function servicesOf({ services: onRecord }: PoolFacts): {
  readonly services?: readonly ServiceEntry[];
} {
  const entries = services.flatMap((service) => {
    const facts = onRecord?.[service];
    if (facts === undefined) return [];
    const { state, frontEnds, reason, reported } = facts;
    return [
      {
        service,
        state,
        ...(frontEnds === null ? {} : { frontEnds }),
        since: reported.occurredAt,
        reason,
      },
    ];
  });
  return entries.length === 0 ? {} : { services: entries };
}
