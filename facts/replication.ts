/** The backup service that keeps what each pool owns on its partner, as far as what it does is on record. */
import type { Recorded } from '../events/envelope.js';
import type { PoolkeeperEvent } from '../events/registry.js';
import type { ReplicationReported, ReplicationSet } from '../events/replication.js';
import type { ReplicationState } from '../events/vocabulary.js';
import { partnerOf } from './copies.js';
import { fileKnownAt, exportOf } from './file-time.js';
import { knownAtOf } from './known-at.js';
import { copyKey, type PairFacts, type PoolReplication, type ReplicationFacts } from './pair-state.js';
import { bringHome, replicate } from './replicate.js';

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
  const { pool, enabled, update, seeded } = event.data;
  const before = pair.replication ?? { ...nothingKnown, journal: [] };
  const begins = enabled === true && before.enabled !== true;
  const of = replicationOf(pair, pool);
  pair.replication = {
    ...before,
    enabled: enabled ?? before.enabled,
    enabledSince: begins ? event.position : before.enabledSince,
    byPool: {
      ...before.byPool,
      [pool]: { ...of, update: update ?? of.update, seeded: seeded ?? of.seeded },
    },
  };
}

/** What a status check says: up to a time all that the pool owns is on its partner. */
export function noteReplication(pair: PairFacts, event: Recorded<ReplicationReported>): void {
  const { replication } = pair;
  if (replication === null) return;
  const { pool, state } = event.data;
  const of = replicationOf(pair, pool);
  const importState = event.data.importState ?? of.importState;
  const until = arrivesNowhere(pair, event.data)
    ? null
    : replicatedUntil(event.data, event.metadata.occurredAt);
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
      [pool]: { ...of, state, reported, importState, lastGood: isNewer ? until : of.lastGood },
    },
  };
  if (!isNewer) return;
  bringHome(pair, pool, until, event);
  replicate(pair, pool, until, event);
  letGo(pair);
}

/** The partner takes in nothing, as last reported: what a pool has exported says nothing of what is there, but up to a time that is named. */
export const arrivesNowhere = (pair: PairFacts, { pool, at }: ReplicationReported['data']): boolean =>
  at === undefined && replicationOf(pair, partnerOf(pair, pool).fqdn).importState === 'ErrorState';

/** Null where the report does not say it. */
export const replicatedUntil = (
  { state, at }: ReplicationReported['data'],
  occurredAt: string,
): string | null => at ?? (isGood(state) ? occurredAt : null);

/** How many changes are kept that no report has covered. What is older counts as not replicated. */
const mostKept = 20_000;

/** Keeps how copies were, right before an event changes them. */
export function keepForReplication(pair: PairFacts, event: Recorded<PoolkeeperEvent>): void {
  const { replication } = pair;
  if (replication?.enabled !== true) return;
  const { at, keys } = changedBy(pair, event);
  for (const key of keys) {
    const before = pair.copies.get(key);
    replication.journal.push({ key, at, before: before === undefined ? null : { ...before } });
  }
  if (replication.journal.length > mostKept) {
    replication.journal.splice(0, replication.journal.length - mostKept);
  }
}

function changedBy(
  pair: PairFacts,
  event: Recorded<PoolkeeperEvent>,
): { readonly at: string; readonly keys: readonly string[] } {
  const { occurredAt } = event.metadata;
  switch (event.type) {
    case 'ObjectCreated':
    case 'ObjectModified':
    case 'ObjectRemoved': {
      const { pool, kind, id } = event.data;
      if (kind === 'application-settings') return { at: occurredAt, keys: [] };
      return { at: knownAtOf(pair, event), keys: [copyKey(pool, kind, id)] };
    }
    case 'ResponseGroupsExported': {
      const { pool, removeExported, objects } = event.data;
      const at = fileKnownAt({ data: exportOf(event), occurredAt });
      return { at, keys: removeExported ? objects.map(({ kind, id }) => copyKey(pool, kind, id)) : [] };
    }
    case 'ResponseGroupsImported': {
      const { destination, objects } = event.data;
      return { at: occurredAt, keys: objects.map(({ kind, id }) => copyKey(destination, kind, id)) };
    }
    default:
      return { at: occurredAt, keys: [] };
  }
}

/** What both directions have covered is asked for no more. */
function letGo({ replication, pools }: PairFacts): void {
  if (replication === null) return;
  const covered = pools.map(({ fqdn }) => replication.byPool[fqdn]?.lastGood ?? null);
  const isCovered = (at: string): boolean => covered.every((time) => time !== null && at <= time);
  const kept = replication.journal.filter(({ at }) => !isCovered(at));
  replication.journal.splice(0, replication.journal.length, ...kept);
}
