/** Whether a failover needs -DisasterMode, by the facts on record. The one place that says so. */
import type { BackEndDatabaseState, Extent } from '../events/vocabulary.js';
import { traitsOf, type Stage } from './stages.js';

export interface FailoverFacts {
  readonly fqdn: string;
  readonly stage: Stage;
  readonly backEndDatabase: BackEndDatabaseState;
  /** On which Front End servers the Front End service is on record as stopped; null where on none. */
  readonly frontEndsStopped: Extent | null;
}

export interface DisasterMode {
  readonly disasterMode: boolean;
  /** One sentence, without its full stop. */
  readonly why: string;
}

/** -DisasterMode is for a pool that cannot take part in its own failover; without it the pool hands its data over first. */
export function disasterModeOf({
  fqdn,
  stage,
  backEndDatabase,
  frontEndsStopped,
}: FailoverFacts): DisasterMode {
  if (traitsOf(stage).awaitsFailover) {
    return { disasterMode: true, why: `${fqdn} is down: an outage is on record, and no failover yet` };
  }
  if (backEndDatabase === 'unavailable') {
    return {
      disasterMode: true,
      why: `the back-end database of ${fqdn} is on record as unavailable, and without it the pool cannot hand its data over${frontEndsStopped === 'all' ? '; its Front End service is stopped on all Front End servers as well' : ', though its Front End servers are up'}`,
    };
  }
  if (frontEndsStopped === 'all') {
    return {
      disasterMode: true,
      why: `the Front End service of ${fqdn} is on record as stopped on all Front End servers, so that the pool takes no part in its failover`,
    };
  }
  const known =
    backEndDatabase === 'available'
      ? 'its back-end database is available'
      : 'nothing on record says otherwise';
  return { disasterMode: false, why: `${fqdn} is up, and ${known}: it is a planned failover` };
}
