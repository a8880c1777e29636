import type { BackEndDatabaseState, ProductVersion, Properties } from '../../events/vocabulary.js';
import { isHere, partnerOf, poolOf, servesInPlace } from '../../facts/copies.js';
import { drillOf } from '../../facts/incident.js';
import type { PairFacts } from '../../facts/pair.js';
import { asInferredOf, groundsOfStage, inferred, type Grounds } from '../../policy/grounds.js';
import type { ChosenReadings } from '../../policy/readings.js';
import { replicationEntryOf, type ReplicationEntry } from './replication.js';
import { servicesOf, type ServiceEntry } from './services.js';
import type { Stage } from '../../policy/stages.js';
import { pairMembershipOf, type PairMembership } from './pair-membership.js';

export interface PoolView extends Grounds, PairMembership {
  readonly fqdn: string;
  readonly partner: string;
  readonly pairId: string;
  readonly site: string | null;
  readonly stage: Stage;
  /** When the stage began, as reported. */
  readonly since: string;
  /** The incident under way; null where there is none. */
  readonly incident: string | null;
  /** The incident under way is a drill; absent where it is not. */
  readonly drill?: true;
  readonly backEndDatabase: BackEndDatabaseState;
  /** What was reported of its services; absent while nothing was. */
  readonly services?: readonly ServiceEntry[];
  /** What was reported of the replication of what it owns; absent while nothing was. */
  readonly replication?: ReplicationEntry;
  readonly readings: ChosenReadings;
  /** The version of the product; absent where it is not known. */
  readonly version?: ProductVersion;
  readonly applicationSettings: Properties;
}

/** One pool of the pair; null where the pair has no such pool. `because` lists the whole column of its stage. */
export function poolView(pair: PairFacts | null, fqdn: string): PoolView | null {
  const pool = pair === null ? undefined : poolOf(pair, fqdn);
  if (pair === null || pool === undefined) return null;
  const { site, stage, since, incident, backEndDatabase, applicationSettings } = pool;
  return {
    fqdn,
    partner: partnerOf(pair, fqdn).fqdn,
    pairId: pair.pairId,
    site,
    stage,
    since,
    incident,
    ...drillOf(pair, pool),
    ...pairMembershipOf(pair, pool),
    backEndDatabase,
    ...servicesOf(pool),
    ...replicationEntryOf(pair, fqdn),
    readings: { ...pair.readings },
    ...(pair.version === null ? {} : { version: pair.version.version }),
    applicationSettings: structuredClone(applicationSettings),
    ...(pool.retired === null
      ? asInferredOf(groundsOfStage(stage), servesInPlace(pool))
      : inferred('retired-pool')),
  };
}

/** The pools of the pair that have not gone on in another, in the order of registration. */
export function poolViews(pair: PairFacts | null): readonly PoolView[] {
  if (pair === null) return [];
  return pair.pools.flatMap(({ fqdn }) => (isHere(pair, fqdn) ? (poolView(pair, fqdn) ?? []) : []));
}
