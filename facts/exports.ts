/** The exports of a pair, as events: who wrote which file, and when. */
import { printedFile } from '../policy/files.js';
import type { ExportEvent } from './event-ref.js';
import { inPlaceSince } from './former-names.js';
import type { PairFacts } from './pair-state.js';

/** In the order of the log. */
export const exportEventsOf = (pair: PairFacts): readonly ExportEvent[] =>
  pair.incidentLog.filter((event) => event.type === 'ResponseGroupsExported');

/** When its file was written: an export that was only reported wrote it when it happened. Null where nothing says so. */
export const writtenAtOf = ({ data, occurredAt }: Pick<ExportEvent, 'data' | 'occurredAt'>): string | null =>
  data.file == null ? occurredAt : (data.file.writtenAt ?? null);

/** Its file as people are told of it. */
export const printedExport = ({ data, occurredAt }: Pick<ExportEvent, 'data' | 'occurredAt'>): string =>
  printedFile({
    ...data,
    writtenAt: writtenAtOf({ data, occurredAt }),
    addedAt: occurredAt,
    contentHash: data.file?.contentHash ?? null,
  });

/** In the order in which they were written: an older file may be added to the log later. */
export const exportsOf = (pair: PairFacts): readonly ExportEvent[] =>
  pair.incidentLog
    .filter((event) => event.type === 'ResponseGroupsExported')
    .toSorted((one, other) => Date.parse(one.occurredAt) - Date.parse(other.occurredAt));

/** What the pool itself wrote: a file of the pool whose place it took shows nothing of it. */
export function ownExportsOf(pair: PairFacts, fqdn: string): readonly ExportEvent[] {
  const since = inPlaceSince(pair, fqdn);
  return exportsOf(pair).filter(({ data, position }) => data.pool === fqdn && position > since);
}

/** A restricted export holds what the pool owns only if it is restricted to that. */
export const isOfAllItOwns = ({ data: { pool, owner } }: ExportEvent): boolean =>
  owner === null || owner === pool;

export const lastExportOf = (pair: PairFacts, fqdn: string): ExportEvent | null =>
  ownExportsOf(pair, fqdn).findLast(isOfAllItOwns) ?? null;
