import type { EventRow, LoggedRow } from '../event-row.js';
import { StoreDamagedError } from './errors.js';

export const COLUMNS =
  'position, stream, revision, id, type, schema_version, recorded_at, data, metadata, hash';

export type Columns = [number, string, number, string, string, number, string, string, string, string];
export type ChainedColumns = [...Columns, string];

/**
 * A row for readers.
 * @param file is named where the row is damaged
 * @throws StoreDamagedError where a column holds what was never written there: SQLite gives whatever it finds
 */
export function toRow(file: string, columns: Columns): LoggedRow {
  const [position, stream, revision, id, type, schemaVersion, recordedAt, data, metadata, hash] = columns;
  if (!isAsWritten(columns))
    throw new StoreDamagedError(file, `the event at position ${position} holds what was never written`);
  return { position, stream, revision, id, type, schemaVersion, recordedAt, data, metadata, hash };
}

/** A row for verification, which says itself what is not as it was written. */
export function toChainedRow(columns: ChainedColumns): EventRow {
  const [position, stream, revision, id, type, schemaVersion, recordedAt, data, metadata, hash, logHash] =
    columns;
  return { position, stream, revision, id, type, schemaVersion, recordedAt, data, metadata, hash, logHash };
}

function isAsWritten([position, stream, revision, id, type, version, ...texts]: Columns): boolean {
  return (
    Number.isSafeInteger(position) &&
    Number.isSafeInteger(revision) &&
    Number.isSafeInteger(version) &&
    typeof stream === 'string' &&
    typeof id === 'string' &&
    typeof type === 'string' &&
    texts.every((text) => typeof text === 'string')
  );
}
