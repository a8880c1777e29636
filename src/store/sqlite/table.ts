import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite';
import type { EventRow, LoggedRow, NewRow } from '../event-row.js';
import {
  KnownIdError,
  type EventTable,
  type StreamHead,
  type LogSelection,
  type StreamSelection,
} from '../event-table.js';
import { COLUMNS, toChainedRow, toRow, type ChainedColumns, type Columns } from './columns.js';
import { readError, SQLITE_CONSTRAINT_UNIQUE, sqliteCode } from './errors.js';
import { FileIdentity } from './file-identity.js';
import type { FolderLock } from './folder-lock.js';
import { findingsIn } from './other-ways.js';
import { SCHEMA_VERSION } from './schema.js';
import type { LogFinding } from '../port.js';
import { countByName, logQuery, type StreamLookup } from './log-query.js';

/** Larger than any number of events, and valid for SQLite, unlike Infinity. */
const NO_LIMIT = Number.MAX_SAFE_INTEGER;

const INSERTION = `insert into events (stream, revision, id, type, schema_version, recorded_at, data, metadata, hash, log_hash)
  values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`;

/** Up to this number of events, streams are found by index and sorted, which takes some milliseconds. */
const FOUND_BY_NAME = 30_000;

/** The table of events in an open database. Closing the table closes the database. */
export class SqliteTable implements EventTable {
  private readonly statements = new Map<string, StatementSync>();
  /** Prefixes whose streams have too many events to be found by index. */
  private readonly many = new Set<string>();
  /** Prefixes whose streams have fewer, each with the position up to which that is certain. */
  private readonly fewUntil = new Map<string, number>();

  private readonly file: FileIdentity;

  /** @param lock released after the database is closed */
  constructor(
    private readonly database: DatabaseSync,
    private readonly lock: FolderLock | null = null,
  ) {
    this.file = new FileIdentity(database.location() ?? '');
  }

  transaction<T>(work: () => T): T {
    this.statement('begin immediate').run();
    try {
      const result = work();
      this.statement('commit').run();
      // What is in a file that nobody will find again is not stored.
      this.file.requireSame();
      return result;
    } catch (error) {
      // A full disk may already have ended the transaction.
      if (this.database.isTransaction) this.statement('rollback').run();
      throw error;
    }
  }

  savepoint<T>(work: () => T): T {
    this.statement('savepoint append').run();
    try {
      const result = work();
      this.statement('release append').run();
      return result;
    } catch (error) {
      if (this.database.isTransaction) {
        this.statement('rollback to append').run();
        this.statement('release append').run();
      }
      throw error;
    }
  }

  insert(row: NewRow): number {
    try {
      const { lastInsertRowid } = this.statement(INSERTION).run(
        row.stream,
        row.revision,
        row.id,
        row.type,
        row.schemaVersion,
        row.recordedAt,
        row.data,
        row.metadata,
        row.hash,
        row.logHash,
      );
      return Number(lastInsertRowid);
    } catch (error) {
      if (sqliteCode(error) === SQLITE_CONSTRAINT_UNIQUE) throw new KnownIdError(row.id);
      throw error;
    }
  }

  head(stream: string, through: number): StreamHead | null {
    const sql =
      'select revision, hash, recorded_at from events where stream = ? and position <= ? order by revision desc limit 1';
    const [row] = this.rows<[number, string, string]>(sql, stream, through);
    return row === undefined ? null : { revision: row[0], hash: row[1], recordedAt: row[2] };
  }

  revisionOf(stream: string, id: string): number | null {
    const [row] = this.rows<[number]>('select revision from events where stream = ? and id = ?', stream, id);
    return row?.[0] ?? null;
  }

  readStream({ stream, from, to, through, direction, limit }: StreamSelection): LoggedRow[] {
    const sql = `select ${COLUMNS} from events where stream = ? and revision between ? and ? and position <= ?
      order by revision ${direction === 'forward' ? 'asc' : 'desc'} limit ?`;
    return this.logged(this.rows<Columns>(sql, stream, from, to, through, Math.min(limit, NO_LIMIT)));
  }

  readLog({ streamPrefixes, ...selection }: LogSelection): LoggedRow[] {
    const limit = Math.min(selection.limit, NO_LIMIT);
    const ways = streamPrefixes === null ? null : this.lookupOf(streamPrefixes);
    const { sql, values } = logQuery(COLUMNS, { ...selection, limit }, ways);
    return this.logged(this.rows<Columns>(sql, ...values));
  }

  chainAfter(position: number, limit: number): EventRow[] {
    const sql = `select ${COLUMNS}, log_hash from events where position > ? order by position limit ?`;
    return this.rows<ChainedColumns>(sql, position, limit).map(toChainedRow);
  }

  needsScan(streamPrefixes: readonly string[]): boolean {
    return this.lookupOf(streamPrefixes).byScan.length > 0;
  }

  private lookupOf(streamPrefixes: readonly string[]): StreamLookup {
    const last = this.lastGiven();
    const { few = [], many = [] } = Object.groupBy(streamPrefixes, (prefix) =>
      this.hasManyEvents(prefix, last) ? 'many' : 'few',
    );
    return { byIndex: few, byScan: many };
  }

  /** A log only grows: streams with many events keep many. */
  private hasManyEvents(prefix: string, last: number): boolean {
    if (this.many.has(prefix)) return true;
    if (last < (this.fewUntil.get(prefix) ?? 0)) return false;
    const { sql, values } = countByName(prefix, FOUND_BY_NAME);
    const events = this.rows<[number]>(sql, ...values)[0]?.[0] ?? 0;
    if (events < FOUND_BY_NAME) this.fewUntil.set(prefix, last + FOUND_BY_NAME - events);
    else {
      this.fewUntil.delete(prefix);
      this.many.add(prefix);
    }
    return events >= FOUND_BY_NAME;
  }

  streamsAfter(stream: string, limit: number): string[] {
    const sql = 'select stream from events where revision = 0 and stream > ? order by stream limit ?';
    return this.rows<[string]>(sql, stream, limit).map(([name]) => name);
  }

  lastRow(): EventRow | null {
    const sql = `select ${COLUMNS}, log_hash from events order by position desc limit 1`;
    const [row] = this.rows<ChainedColumns>(sql);
    return row === undefined ? null : toChainedRow(row);
  }

  lastGiven(): number {
    const [row] = this.rows<[number]>("select seq from sqlite_sequence where name = 'events'");
    return row?.[0] ?? 0;
  }

  hashesAt(position: number): { hash: string; logHash: string } | null {
    const [row] = this.rows<[string, string]>(
      'select hash, log_hash from events where position = ?',
      position,
    );
    return row === undefined ? null : { hash: row[0], logHash: row[1] };
  }

  requireSameFile(): void {
    this.file.requireSame();
  }

  async otherWays(signal?: AbortSignal): Promise<readonly LogFinding[]> {
    return await findingsIn(this.database, this.file.path, signal);
  }

  /** The number is the one that the file has: only a page is written. */
  probe(): void {
    this.database.exec(`pragma user_version = ${SCHEMA_VERSION}`);
  }

  close(): void {
    this.database.close();
    this.lock?.release();
  }

  private logged(rows: readonly Columns[]): LoggedRow[] {
    return rows.map((columns) => toRow(this.file.path, columns));
  }

  private rows<Row>(sql: string, ...values: SQLInputValue[]): Row[] {
    try {
      return this.statement(sql).all(...values) as Row[];
    } catch (error) {
      throw readError(this.file.path, error);
    }
  }

  private statement(sql: string): StatementSync {
    const known = this.statements.get(sql);
    if (known !== undefined) return known;
    const statement = this.database.prepare(sql);
    statement.setReturnArrays(true);
    this.statements.set(sql, statement);
    return statement;
  }
}
