import type { SQLInputValue } from 'node:sqlite';
import type { LogSelection } from '../event-table.js';

export interface SqlQuery {
  readonly sql: string;
  readonly values: readonly SQLInputValue[];
}

/** The range of names that begin with a prefix: U+10FFFF is the last character. */
const namesFrom = (prefix: string): readonly [string, string] => [prefix, `${prefix}\u{10FFFF}`];

/** Counts the events of streams with a prefix, up to a limit, by the index of streams alone. */
export const countByName = (prefix: string, limit: number): SqlQuery => ({
  sql: 'select count(*) from (select 1 from events where stream between ? and ? limit ?)',
  values: [...namesFrom(prefix), limit],
});

/** How the streams of a selection are found, by prefixes of their names. */
export interface StreamLookup {
  /** Streams with few events: found by the index of streams, then sorted by position. */
  readonly byIndex: readonly string[];
  /** Streams with many events: the log is scanned for them. */
  readonly byScan: readonly string[];
}

/** Reads the log in its order: the streams of the lookup, or all streams where it is null. */
export function logQuery(
  columns: string,
  { after, through, least = -Infinity, direction, types, limit }: Omit<LogSelection, 'streamPrefixes'>,
  ways: StreamLookup | null,
): SqlQuery {
  const isAfter = `position ${direction === 'forward' ? '>' : '<'} ?`;
  const conditions: string[] = [];
  const values: SQLInputValue[] = [];
  const { byIndex, byScan } = ways ?? { byIndex: [], byScan: [] };
  if (ways === null || byScan.length > 0) {
    conditions.push(isAfter, 'position <= ?', 'position >= ?');
    values.push(after, through, least);
  }
  if (ways !== null) {
    // The plus sign keeps SQLite from using the index of streams, which is not in log order.
    const any = byScan.map(() => '+stream between ? and ?');
    values.push(...byScan.flatMap(namesFrom));
    if (byIndex.length > 0) {
      // Here it makes SQLite use that index, which has the positions too.
      any.push(`position in (select found.position from json_each(?) as prefix cross join events as found
        where found.stream between prefix.value and prefix.value || char(0x10FFFF)
          and +found.${isAfter} and +found.position <= ? and +found.position >= ?)`);
      values.push(JSON.stringify(byIndex), after, through, least);
    }
    conditions.push(any.length === 0 ? 'false' : `(${any.join(' or ')})`);
  }
  if (types !== null) {
    conditions.push(`type in (${types.map(() => '?').join()})`);
    values.push(...types);
  }
  values.push(limit);
  const order = direction === 'forward' ? 'asc' : 'desc';
  const where = conditions.join(' and ');
  return { sql: `select ${columns} from events where ${where} order by position ${order} limit ?`, values };
}
