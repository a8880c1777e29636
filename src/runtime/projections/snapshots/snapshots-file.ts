import { rmSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';

/** Raise it when the tables or their contents change. */
const FORMAT = 5;

/** Versions of V8 serialize values differently. */
const WRITTEN_BY = `${FORMAT} ${process.versions.v8}`;

const SCHEMA = `
  create table if not exists format (written_by text not null) strict;
  create table if not exists snapshots (
    projection text not null,
    version integer not null,
    partition text not null,
    position integer not null,
    through integer not null,
    through_recorded_at text not null,
    recorded_at text not null,
    kept integer not null,
    state blob not null,
    unique (projection, version, partition, position)
  ) strict;
  create table if not exists checkpoints (
    projection text not null,
    version integer not null,
    position integer not null,
    unique (projection, version)
  ) strict;
  create table if not exists log (position integer primary key, identity text not null) strict;
  create table if not exists marks (position integer primary key, latest text not null) strict;
  create table if not exists corrections (position integer primary key, correction blob not null) strict;
  create table if not exists key_uses (key integer primary key, after integer not null) strict;
`;

export const EMPTY = `
  delete from snapshots; delete from checkpoints; delete from marks; delete from log; delete from key_uses;
  delete from corrections;
`;

export const inMemory = (): DatabaseSync => prepared(new DatabaseSync(':memory:'));

/** A new file in place of the old one. */
export function recreated(file: string): DatabaseSync {
  for (const suffix of ['', '-wal', '-shm']) rmSync(file + suffix, { force: true });
  return prepared(new DatabaseSync(file, { timeout: 0 }));
}

export function prepared(database: DatabaseSync): DatabaseSync {
  // The lock is the connection's, and goes with it: also where its process is killed.
  database.exec('pragma locking_mode = exclusive; pragma journal_mode = wal; pragma synchronous = normal;');
  database.exec(`begin exclusive; ${SCHEMA} commit;`);
  const written = database.prepare('select written_by from format').all();
  if (written.some((row) => row['written_by'] !== WRITTEN_BY)) {
    database.exec(`delete from format; ${EMPTY}`);
  }
  database.prepare('insert into format select ? where not exists (select 1 from format)').run(WRITTEN_BY);
  return database;
}
