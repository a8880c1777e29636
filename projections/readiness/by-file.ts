/** What the last file of a pool brings to its partner, and what it sets back there. */
import { carrierAway, leftToFile } from '../../facts/carriers.js';
import { objectsOf, type Content } from '../../facts/content.js';
import type { ExportEvent } from '../../facts/event-ref.js';
import { fileKnownAt } from '../../facts/file-time.js';
import { byIdentity, identityOf } from '../../facts/identity.js';
import type { Copy } from '../../facts/pair.js';
import { sameContent, type ReadinessContext } from './readiness-context.js';

const contentOf = (lastExport: ExportEvent | null): ReadonlyMap<string, Content> =>
  lastExport === null ? new Map() : objectsOf(lastExport.data);

/** The objects that the last export could put on the partner, and their copies there. */
export function standIns({ pair, pool, imported, lastExport }: ReadinessContext): {
  readonly missing: readonly Copy[];
  readonly outdated: readonly Copy[];
} {
  const there = byIdentity(imported.filter(({ ownerRemoved }) => !ownerRemoved));
  const exported = contentOf(lastExport);
  const own = leftToFile(pair, pool.fqdn);
  return {
    missing: own.filter((copy) => exported.has(identityOf(copy)) && !there.has(identityOf(copy))),
    outdated: own.flatMap((copy) => {
      const standIn = there.get(identityOf(copy));
      const newer = exported.get(identityOf(copy));
      const stale =
        standIn !== undefined &&
        newer !== undefined &&
        isAsOfBefore(standIn, lastExport) &&
        !sameContent({ ...standIn, name: newer.name }, newer);
      return stale ? [standIn] : [];
    }),
  };
}

/**
 * A copy is as its import brought it, as a file of the partner showed it, or as replication left it: one that is newer than
 * the export is not outdated.
 */
function isAsOfBefore({ lastChange: { type }, knownAt }: Copy, lastExport: ExportEvent | null): boolean {
  if (type === 'ResponseGroupsImported') return true;
  const isReplica = type === 'ReplicaShown' || type === 'ReplicationReported';
  return isReplica && lastExport !== null && knownAt < fileKnownAt(lastExport);
}

/** By `identityOf`: what the import of the last file is due for. */
export function dueByFile(context: ReadinessContext): ReadonlySet<string> {
  const { missing, outdated } = standIns(context);
  return new Set([...missing, ...outdated].map(identityOf));
}

/** Copies as the backup service brought them later than the file has them, where the import of that is due for others. */
export function setBackByFile(context: ReadinessContext): readonly Copy[] {
  const { pair, pool, imported, lastExport } = context;
  if (lastExport === null || carrierAway(pair, pool.fqdn) === 'file' || dueByFile(context).size === 0)
    return [];
  const exported = contentOf(lastExport);
  return imported.filter((copy) => {
    const older = exported.get(identityOf(copy));
    return (
      copy.lastChange.type === 'ReplicationReported' &&
      !copy.ownerRemoved &&
      copy.knownAt >= fileKnownAt(lastExport) &&
      older !== undefined &&
      !sameContent(copy, older)
    );
  });
}
