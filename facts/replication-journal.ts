/** How copies were before each change that no report of the backup service has covered yet. */
import type { Recorded } from '../events/envelope.js';
import type { PoolkeeperEvent } from '../events/registry.js';
import { fileKnownAt, exportOf } from './file-time.js';
import { knownAtOf } from './known-at.js';
import { copyKey, type PairFacts } from './pair-state.js';

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

/** Drops the changes that reports of both directions have covered: nothing asks for them any more. */
export function dropCovered({ replication, pools }: PairFacts): void {
  if (replication === null) return;
  const covered = pools.map(({ fqdn }) => replication.byPool[fqdn]?.lastGood ?? null);
  const isCovered = (at: string): boolean => covered.every((time) => time !== null && at <= time);
  const kept = replication.journal.filter(({ at }) => !isCovered(at));
  replication.journal.splice(0, replication.journal.length, ...kept);
}
