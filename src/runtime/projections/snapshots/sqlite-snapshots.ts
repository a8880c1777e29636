import { DatabaseSync, type SQLOutputValue } from 'node:sqlite';
import { isDamaged } from '../../../store/sqlite/errors.js';
import type { PositionMoment } from '../../moment.js';
import type { LocatedCorrection } from '../state/correction-index.js';
import type { LogMark } from '../state/log-times.js';
import { correctionsUpTo, marksUpTo, saveCorrections, saveMarks } from './index-tables.js';
import { EMPTY, inMemory, prepared, recreated } from './snapshots-file.js';
import { snapshotIn, storedForm } from './stored-snapshot.js';
import { Statements } from './statements.js';
import type {
  CheckpointOutcome,
  Extent,
  LogIdentity,
  Snapshot,
  SnapshotCache,
  SnapshotOwner,
} from './snapshot-cache.js';

const OWNER = 'projection = ? and version = ? and partition = ?';
const COLUMNS = 'partition, position, state, through';

/** The cache as an SQLite file that one process has at a time, or in memory. */
export class SqliteSnapshots implements SnapshotCache {
  private statements: Statements;
  private forgotten = 0;

  private constructor(
    private database: DatabaseSync,
    private readonly file: string | null,
  ) {
    this.statements = new Statements(database);
  }

  static inMemory(): SqliteSnapshots {
    return new SqliteSnapshots(inMemory(), null);
  }

  /**
   * Replaces a file that cannot be read: it holds nothing that the log does not.
   * @throws where another process has opened it, or the folder is not writable
   */
  static open(file: string): SqliteSnapshots {
    const database = new DatabaseSync(file, { timeout: 0 });
    try {
      return new SqliteSnapshots(prepared(database), file);
    } catch (error) {
      database.close();
      if (!isDamaged(error)) throw error;
      return new SqliteSnapshots(recreated(file), file);
    }
  }

  get generation(): number {
    return this.forgotten;
  }

  save(owner: SnapshotOwner, { checkpoint, packed }: Snapshot, extent: Extent, kept: boolean): void {
    const key = keyOf(owner);
    this.statements.run('begin immediate');
    try {
      this.statements.run(
        `delete from snapshots where ${OWNER} and (kept = 0 or position >= ?)`,
        ...key,
        checkpoint.position,
      );
      this.statements.run(
        `insert into snapshots (projection, version, partition, position, through, through_recorded_at, recorded_at,
          kept, state) values (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
        ...key,
        checkpoint.position,
        extent.position,
        extent.recordedAt,
        checkpoint.recordedAt,
        kept ? 1n : 0n,
        storedForm({ checkpoint, packed }),
      );
      this.statements.run('commit');
    } catch (error) {
      if (this.database.isTransaction) this.statements.run('rollback');
      throw error;
    }
  }

  extend(owner: SnapshotOwner, { position, recordedAt }: Extent): void {
    const key = keyOf(owner);
    this.statements.run(
      `update snapshots set through = ?, through_recorded_at = ?
        where ${OWNER} and position = (select max(position) from snapshots where ${OWNER})`,
      position,
      recordedAt,
      ...key,
      ...key,
    );
  }

  latest(projection: string, version: number): ReadonlyMap<string, Snapshot> {
    const rows = this.statements.all(
      `select ${COLUMNS}, max(position) from snapshots where projection = ? and version = ? group by partition`,
      projection,
      version,
    );
    return new Map(rows.map((row) => [String(row['partition']), snapshotIn(row['state'] as Uint8Array)]));
  }

  nearest(owner: SnapshotOwner, moment: PositionMoment): (Snapshot & { readonly through: bigint }) | null {
    try {
      return this.find(owner, moment);
    } catch {
      // The file is damaged: the caller does without a snapshot, and the next round begins with a new file.
      this.renew();
      return null;
    }
  }

  private find(
    owner: SnapshotOwner,
    { position }: PositionMoment,
  ): (Snapshot & { readonly through: bigint }) | null {
    const [row] = this.statements.all(
      `select ${COLUMNS} from snapshots where ${OWNER} and position <= ? order by position desc limit 1`,
      ...keyOf(owner),
      position,
    );
    if (row === undefined) return null;
    const through = BigInt(String(row['through']));
    return { ...snapshotIn(row['state'] as Uint8Array), through: through < position ? through : position };
  }

  saveMarks(marks: readonly LogMark[]): void {
    saveMarks(this.statements, marks);
  }

  marks(upTo: bigint): readonly LogMark[] {
    return marksUpTo(this.statements, upTo);
  }

  saveKeyUses(uses: ReadonlyMap<bigint, bigint>): void {
    const rows = JSON.stringify([...uses].map(([key, after]) => [String(key), String(after)]));
    const values = 'cast(value ->> 0 as integer), cast(value ->> 1 as integer)';
    this.statements.run(`insert or replace into key_uses select ${values} from json_each(?)`, rows);
  }

  keyUse(key: bigint): bigint | null {
    try {
      const [row] = this.statements.all('select after from key_uses where key = ?', key);
      return row === undefined ? null : BigInt(String(row['after']));
    } catch {
      this.renew();
      return null;
    }
  }

  saveCorrections(corrections: readonly LocatedCorrection[]): void {
    saveCorrections(this.statements, corrections);
  }

  corrections(upTo: bigint): readonly LocatedCorrection[] | null {
    return correctionsUpTo(this.statements, upTo);
  }

  saveIdentity(position: bigint, identity: string): void {
    this.statements.run('insert or replace into log (position, identity) values (?, ?)', position, identity);
  }

  ofLog(): { readonly identified: LogIdentity | null; readonly reaches: bigint } {
    const [last] = this.statements.all('select position, identity from log order by position desc limit 1');
    const [most] = this.statements.all(
      `select max(position) as position from (select max(through) as position from snapshots
        union all select max(position) from snapshots union all select max(position) from checkpoints)`,
    );
    return {
      identified:
        last === undefined ? null : { position: positionIn(last), identity: String(last['identity']) },
      reaches: most === undefined ? 0n : positionIn(most),
    };
  }

  recordedAt(position: bigint): string | null {
    const [row] = this.statements.all(
      'select through_recorded_at from snapshots where through = ? limit 1',
      position,
    );
    return row === undefined ? null : String(row['through_recorded_at']);
  }

  checkpoint(projection: string, version: number): bigint | null {
    const [row] = this.statements.all(
      'select position from checkpoints where projection = ? and version = ?',
      projection,
      version,
    );
    return row === undefined ? null : BigInt(String(row['position']));
  }

  moveCheckpoint(projection: string, version: number, from: bigint | null, to: bigint): CheckpointOutcome {
    const current = this.checkpoint(projection, version);
    if (current !== from) return current !== null && (from === null || current > from) ? 'ahead' : 'mismatch';
    this.statements.run(
      `insert into checkpoints (projection, version, position) values (?, ?, ?)
        on conflict (projection, version) do update set position = excluded.position`,
      projection,
      version,
      to,
    );
    return 'stored';
  }

  forget(projection: string): void {
    this.statements.run('delete from checkpoints where projection = ?', projection);
    this.statements.run('delete from snapshots where projection = ?', projection);
  }

  forgetAllBut(projections: readonly string[]): void {
    const isOther = 'projection not in (select value from json_each(?))';
    for (const table of ['checkpoints', 'snapshots']) {
      this.statements.run(`delete from ${table} where ${isOther}`, JSON.stringify(projections));
    }
  }

  clear(): void {
    this.forgotten += 1;
    this.database.exec(EMPTY);
  }

  renew(): void {
    this.forgotten += 1;
    this.close();
    try {
      this.database = this.file === null ? inMemory() : recreated(this.file);
    } catch {
      // The disk is full, or gone: the next start folds the whole log.
      this.database = inMemory();
    }
    this.statements = new Statements(this.database);
  }

  close(): void {
    if (this.database.isOpen) this.database.close();
  }
}

const positionIn = ({ position }: Record<string, SQLOutputValue>): bigint => BigInt(String(position ?? 0));

const keyOf = ({ projection, version, partition }: SnapshotOwner): [string, number, string] => [
  projection,
  version,
  partition,
];
