import type { DatabaseSync, SQLInputValue } from 'node:sqlite';
import type { LogFinding } from '../port.js';
import { Turns } from '../turns.js';
import { EVENTS_TABLE, INDEXES } from './schema.js';
import { integrityOf } from './integrity.js';

/** More are not told: a damaged index may lack any number of entries. */
const MOST = 100;
const POSITIONS_PER_STEP = 1_000;
const ENTRIES_PER_STEP = 2_000;

type Index = keyof typeof INDEXES;
type Key = readonly [stream: string, second: string | number];
type Entry = readonly [stream: string, second: string | number, position: number, agrees: number];

/**
 * Readers find events by two indexes, and verification walks the table: looks for whatever the one way has and the other
 * has not, for anything in the file that Poolkeeper did not make there, and for damaged pages.
 */
export async function findingsIn(
  database: DatabaseSync,
  file: string,
  signal?: AbortSignal,
): Promise<readonly LogFinding[]> {
  const turns = new Turns(signal);
  const pages = file === '' ? Promise.resolve([]) : integrityOf(file, signal);
  // It is awaited last, and may fail before.
  pages.catch(() => undefined);
  const findings: LogFinding[] = [];
  const steps = [foreignParts(database), ...indexNames.flatMap((index) => walksOf(database, index))];
  for (const step of steps) {
    try {
      for (const found of step) {
        findings.push(...found);
        if (findings.length >= MOST) break;
        if (turns.isOver) await turns.next();
      }
    } catch (error) {
      if (signal?.aborted === true) throw error;
      findings.push(pageFinding(`A part of the file cannot be read: ${(error as Error).message}.`));
    }
  }
  for (const problem of await pages) findings.push(pageFinding(`SQLite finds: ${problem}.`));
  return findings.slice(0, MOST);
}

const indexNames = Object.keys(INDEXES) as readonly Index[];

const walksOf = (database: DatabaseSync, index: Index): readonly Generator<readonly LogFinding[]>[] => [
  missingEntries(database, index),
  foreignEntries(database, index),
];

/** Triggers, views, tables and indexes that are not of the log, and a table that was changed. */
function* foreignParts(database: DatabaseSync): Generator<readonly LogFinding[]> {
  const parts = rows<[string, string, string | null]>(
    database,
    "select type, name, sql from sqlite_schema where name not glob 'sqlite_stat[0-9]' order by name",
  );
  yield parts.flatMap(([type, name, sql]) => {
    if (name === 'events' && type === 'table') {
      return sameWords(sql ?? '', EVENTS_TABLE)
        ? []
        : [schemaFinding('The table of events is not made as Poolkeeper makes it.')];
    }
    const isOurs = sql === null || name === 'sqlite_sequence';
    return isOurs
      ? []
      : [schemaFinding(`The file has a ${type} "${name}" that Poolkeeper did not make: ${sql}`)];
  });
  const [foreign] = rows<[number]>(database, "select count(*) from sqlite_sequence where name <> 'events'");
  if ((foreign?.[0] ?? 0) > 0)
    yield [schemaFinding('Positions are counted for a table that is not of the log.')];
}

/** Events that an index leads nowhere, or elsewhere. */
function* missingEntries(database: DatabaseSync, index: Index): Generator<readonly LogFinding[]> {
  const { name, second } = INDEXES[index];
  const sql = `select e.position, e.stream, e.revision from events as e not indexed
    where e.position > ? and e.position <= ? and not exists (select 1 from events as i indexed by ${name}
      where i.stream = e.stream and i.${second} = e.${second} and i.position = e.position) limit ${MOST}`;
  const [last] = rows<[number | null]>(database, 'select max(position) from events');
  for (let after = 0; after < (last?.[0] ?? 0); after += POSITIONS_PER_STEP) {
    const missing = rows<[number, string, number]>(database, sql, after, after + POSITIONS_PER_STEP);
    yield missing.map(([position, stream, revision]) =>
      indexFinding(index, position, stream, revision, 'Readers do not find this event: the index lacks it.'),
    );
  }
}

/** Entries of an index for which the table has another event, or none. */
function* foreignEntries(database: DatabaseSync, index: Index): Generator<readonly LogFinding[]> {
  const { name, second, before } = INDEXES[index];
  const sql = `with entries as (select stream, ${second} as second, position from events indexed by ${name}
      where (stream, ${second}) > (?, ?) order by stream, ${second} limit ${ENTRIES_PER_STEP})
    select stream, second, position, exists (select 1 from events as e not indexed where e.position = entries.position
      and e.stream = entries.stream and e.${second} = entries.second) from entries`;
  for (let last: Key = ['', before]; ;) {
    const entries = rows<Entry>(database, sql, ...last);
    yield entries
      .filter(([, , , agrees]) => agrees === 0)
      .map(([stream, , position]) =>
        indexFinding(index, position, stream, null, 'The index leads to an event that is not there.'),
      );
    const end = entries.at(-1);
    if (end === undefined) return;
    if (!isAfter(end, last)) {
      yield [indexFinding(index, end[2], end[0], null, 'The index is not in order from here on.')];
      return;
    }
    last = [end[0], end[1]];
  }
}

/** In the order of SQLite: by the bytes of UTF-8, or by number. */
function isAfter([stream, second]: readonly [string, string | number, ...unknown[]], other: Key): boolean {
  const byStream = Buffer.compare(Buffer.from(stream), Buffer.from(other[0]));
  if (byStream !== 0) return byStream > 0;
  return typeof second === 'number' && typeof other[1] === 'number'
    ? second > other[1]
    : Buffer.compare(Buffer.from(String(second)), Buffer.from(String(other[1]))) > 0;
}

function rows<Row>(database: DatabaseSync, sql: string, ...values: SQLInputValue[]): Row[] {
  const statement = database.prepare(sql);
  statement.setReturnArrays(true);
  return statement.all(...values) as Row[];
}

const sameWords = (one: string, other: string): boolean => words(one) === words(other);
const words = (sql: string): string => sql.replaceAll(/\s+/g, ' ').toLowerCase().trim();

const nowhere = { position: null, stream: null, revision: null, index: null };
const schemaFinding = (problem: string): LogFinding => ({ kind: 'schema', ...nowhere, problem });
const pageFinding = (problem: string): LogFinding => ({ kind: 'file', ...nowhere, problem });

const indexFinding = (
  index: Index,
  position: number,
  stream: string,
  revision: number | null,
  problem: string,
): LogFinding => ({
  kind: 'index',
  position: BigInt(position),
  stream,
  revision: revision === null ? null : BigInt(revision),
  index,
  problem,
});
