/** How the record of a pair begins, goes on after it had ended, and ends for one of its pools. */
import type { Recorded } from '../events/envelope.js';
import type { PairRegistered, PoolGivenUp, PoolRetired, RegisteredPool } from '../events/pairing.js';
import { defaultApplicationSettings } from '../policy/application-settings.js';
import { recordedReadings } from '../policy/readings.js';
import { dropCopiesOn, takeIn } from './carried.js';
import { eventRefOf } from './event-ref.js';
import { closeIncident } from './incident.js';
import { poolOf, type PairFacts, type PoolFacts } from './pair-state.js';

/** Null: of this pair nothing is on record. Where it has ended, the same two are paired again. */
export function register(pair: PairFacts | null, { data, metadata }: Recorded<PairRegistered>): PairFacts {
  const { carried = [] } = data;
  const since = metadata.occurredAt;
  if (pair !== null && pair.ended === null) return pair;
  const state = pair ?? registered(data, since);
  if (pair !== null) {
    pair.ended = null;
    pair.readings = { ...pair.readings, ...data.readings };
    if (data.version !== undefined && data.version !== pair.version?.version)
      pair.version = { version: data.version, at: since };
    for (const registered of data.pools) {
      const pool = poolOf(pair, registered.fqdn);
      if (pool === undefined) continue;
      // A pool that was retired begins anew under its name.
      Object.assign(pool, pool.retired === null ? { site: registered.site } : newPool(registered, since));
    }
  }
  for (const pool of carried) takeIn(state, pool);
  state.departed.clear();
  state.carries ||= carried.length > 0;
  return state;
}

export function endPool(pair: PairFacts, event: Recorded<PoolGivenUp> | Recorded<PoolRetired>): void {
  const { pool: fqdn, reason = null } = event.data;
  const pool = poolOf(pair, fqdn);
  if (pool === undefined) return;
  closeIncident(pair, pool, event);
  const ending = { ...eventRefOf(event), reason };
  if (event.type === 'PoolGivenUp') pool.givenUp = ending;
  else {
    pool.retired = ending;
    dropCopiesOn(pair, fqdn);
  }
}

const newPool = ({ fqdn, site }: RegisteredPool, since: string): PoolFacts => ({
  fqdn,
  site,
  stage: 'normal',
  since,
  backEndDatabase: 'unknown',
  incident: null,
  lastStageEvent: null,
  lastStageReason: null,
  failoverFrom: null,
  applicationSettings: defaultApplicationSettings,
  configuredAt: null,
  settingsBeside: {},
  seenAt: null,
  settingsKnownAt: {},
  settingsChange: null,
  settingsReplaced: null,
  signInsVoidUpTo: { primary: 0n, imported: 0n },
  givenUp: null,
  retired: null,
});

function registered(data: PairRegistered['data'], since: string): PairFacts {
  const [first, second] = data.pools;
  return {
    pairId: data.pairId,
    registeredAt: since,
    pools: [newPool(first, since), newPool(second, since)],
    formerNames: [],
    replication: null,
    version: data.version === undefined ? null : { version: data.version, at: since },
    ended: null,
    departed: new Map(),
    carries: false,
    readings: { ...recordedReadings, ...data.readings },
    readingsChosenAt: {},
    copies: new Map(),
    removed: new Map(),
    exports: new Map(),
    incidents: [],
    struckIncidents: [],
    targets: null,
    incidentLog: [],
    recorded: new Map(),
  };
}
