/** "Pool" in ASCII: marks a SQLite file as a log of Poolkeeper. */
export const APPLICATION_ID = 0x506f6f6c;
/** Raise it with every change of the table, and migrate older files. */
export const SCHEMA_VERSION = 1;

/** The stored format. AUTOINCREMENT keeps the highest position ever given, so that a missing last event is detected. */
export const EVENTS_TABLE = `create table events (
    position integer primary key autoincrement,
    stream text not null,
    revision integer not null,
    id text not null,
    type text not null,
    schema_version integer not null,
    recorded_at text not null,
    data text not null,
    metadata text not null,
    hash text not null,
    log_hash text not null,
    unique (stream, revision),
    unique (stream, id)
  ) strict`;

export const SCHEMA = `
  ${EVENTS_TABLE};
  pragma application_id = ${APPLICATION_ID};
  pragma user_version = ${SCHEMA_VERSION};
`;

/** The indexes that the two unique keys make, by their columns. */
export const INDEXES = {
  'stream and revision': { name: 'sqlite_autoindex_events_1', second: 'revision', before: -1 },
  'stream and id': { name: 'sqlite_autoindex_events_2', second: 'id', before: '' },
} as const;
