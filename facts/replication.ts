/** The backup service that keeps what each pool owns on its partner, as far as what it does is on record. */
import type { Recorded } from '../events/envelope.js';
import type { PoolReplaced } from '../events/replacement.js';
import type { ReplicationReported, ReplicationSet } from '../events/replication.js';
import type { ReplicationState } from '../events/vocabulary.js';
import { isPaired, partnerOf } from './copies.js';
import type { PairFacts, PoolReplication, ReplicationFacts, SettingRecord } from './pair-state.js';
import { bringHome, replicate } from './replicate.js';
import { dropCovered } from './replication-journal.js';

const nothingKnown: ReplicationFacts = { enabled: null, enabledSince: null, byPool: {}, journal: [] };
const unknownPool: PoolReplication = {
  update: null,
  seeded: null,
  state: null,
  reported: null,
  importState: null,
  lastGood: null,
};

export const replicationOf = ({ replication }: PairFacts, fqdn: string): PoolReplication =>
  replication?.byPool[fqdn] ?? unknownPool;

/** All that its pool owns is on the partner. */
export const isGood = (state: ReplicationState): boolean => state === 'SteadyState' || state === 'FinalState';

export function setReplication(pair: PairFacts, event: Recorded<ReplicationSet>): void {
  const { pool, enabled, update, seeded, reason = null } = event.data;
  const set: SettingRecord = { at: event.metadata.occurredAt, reason };
  const before = pair.replication ?? { ...nothingKnown, journal: [] };
  const begins = enabled === true && before.enabled !== true;
  const of = replicationOf(pair, pool);
  pair.replication = {
    ...before,
    enabled: enabled ?? before.enabled,
    enabledSince: begins ? event.position : before.enabledSince,
    ...(enabled === undefined ? {} : { enabledSet: set }),
    byPool: {
      ...before.byPool,
      [pool]: {
        ...of,
        ...(update === undefined ? {} : { update, updateSet: set }),
        ...(seeded === undefined ? {} : { seeded, seededSet: set }),
      },
    },
  };
}

/**
 * What a status check says: up to a time all that the pool owns is on its partner. Logs of earlier versions have reports of
 * pools in no pair as well: nothing is replicated there.
 */
export function noteReplication(pair: PairFacts, event: Recorded<ReplicationReported>): void {
  const { replication } = pair;
  if (replication === null || !isPaired(pair)) return;
  const { pool, state } = event.data;
  const of = replicationOf(pair, pool);
  const importState = event.data.importState ?? of.importState;
  const until = arrivesNowhere(pair, event.data)
    ? null
    : replicatedUntil(event.data, event.metadata.occurredAt);
  // A check of an earlier moment that is reported late does not say how it stands now.
  const isLatest = of.reported === null || event.metadata.occurredAt >= of.reported.occurredAt;
  const isNewer = until !== null && (of.lastGood === null || until > of.lastGood);
  const reported = {
    type: event.type,
    position: event.position,
    occurredAt: event.metadata.occurredAt,
    actor: event.metadata.actor,
  };
  pair.replication = {
    ...replication,
    byPool: {
      ...replication.byPool,
      [pool]: {
        ...of,
        ...(isLatest ? { state, reported, importState } : {}),
        lastGood: isNewer ? until : of.lastGood,
      },
    },
  };
  if (!isNewer) return;
  bringHome(pair, pool, until, event);
  replicate(pair, pool, until, event);
  dropCovered(pair);
}

/** The partner takes in nothing, as last reported: what a pool has exported says nothing of what is there, but up to a time that is named. */
export const arrivesNowhere = (pair: PairFacts, { pool, at }: ReplicationReported['data']): boolean =>
  at === undefined && replicationOf(pair, partnerOf(pair, pool).fqdn).importState === 'ErrorState';

/** Null where the report does not say it. */
export const replicatedUntil = (
  { state, at }: ReplicationReported['data'],
  occurredAt: string,
): string | null => at ?? (isGood(state) ? occurredAt : null);

/**
 * Nothing is replicated to the pool in the place of one that is lost, nor from it, until that is reported of the two. What
 * a pool has, and whether it is switched on, stays.
 */
export function endReplication(pair: PairFacts, { data, metadata }: Recorded<PoolReplaced>): void {
  const { replication } = pair;
  if (replication === null) return;
  const { [data.pool]: _lost, ...others } = replication.byPool;
  const { reported, state, importState, lastGood } = unknownPool;
  const stays = ([fqdn, known]: readonly [string, PoolReplication]) =>
    [fqdn, { ...known, reported, state, importState, lastGood }] as const;
  pair.replication = {
    ...replication,
    byPool: Object.fromEntries(Object.entries(others).map(stays)),
    journal: replication.journal.filter(
      ({ key, at }) => at > metadata.occurredAt && !key.startsWith(`${data.pool}|`),
    ),
  };
}
