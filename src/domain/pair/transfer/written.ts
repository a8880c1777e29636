/** When the file of an export was written, and what says so. */
import type { ExportedFile, WrittenAtFrom } from '../../../../events/export-file.js';
import type { PairFacts } from '../../../../facts/pair.js';
import { sameJson } from '../../../../policy/same-json.js';
import type { AddExport, FileContent } from './file-content.js';

export interface Written {
  /** RFC 3339, UTC. */
  readonly at: string;
  readonly from: WrittenAtFrom;
}

/** Null where nothing says it, or where that is not to matter: then the file counts as of when it is added. */
export function writtenOf(pair: PairFacts, command: AddExport, content: FileContent): Written | null {
  const { writtenAt, now = false, itsOwnTimes: { entryDates, fileTime } = {} } = command;
  if (now) return null;
  if (writtenAt !== undefined) return { at: writtenAt, from: 'request' };
  if (entryDates !== undefined && !isDateOfAnother(pair, command, content, entryDates)) {
    return { at: entryDates, from: 'entry-dates' };
  }
  return fileTime === undefined ? null : { at: fileTime, from: 'file-time' };
}

/**
 * No two exports of a pool are written at once. Where files that differ bear one date, whatever packed them dates all alike:
 * the date says nothing. The same export, packed again, keeps the dates of its entries.
 */
const isDateOfAnother = (pair: PairFacts, command: AddExport, content: FileContent, date: string): boolean =>
  [...pair.exports.values()].some(
    ({ pool, file = null, objects, applicationSettings }) =>
      pool === command.pool &&
      file?.writtenAtFrom === 'entry-dates' &&
      file.writtenAt === date &&
      !(
        sameJson(objects, content.objects) &&
        sameJson(applicationSettings, command.content.applicationSettings ?? applicationSettings)
      ),
  );

/** As it is recorded. */
export const recordedTime = (written: Written | null): Pick<ExportedFile, 'writtenAt' | 'writtenAtFrom'> =>
  written === null ? {} : { writtenAt: written.at, writtenAtFrom: written.from };
