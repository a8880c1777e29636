/** The exports of a pair, as events: who wrote which file, and when. */
import { printedFile } from '../policy/files.js';
import type { ExportEvent } from './event-ref.js';
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
