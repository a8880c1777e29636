import type { SQLInputValue } from 'node:sqlite';
import type { LogSelection } from '../event-table.js';

export interface Query {
  readonly sql: string;
  readonly values: readonly SQLInputValue[];
}

/** The names that begin with a prefix: no character is behind the last of Unicode. */
const namesFrom = (prefix: string): readonly [string, string] => [prefix, `${prefix}\u{10FFFF}`];

/** How many events the streams with a prefix have, counted up to a limit by the index of streams alone. */
export const countByName = (prefix: string, limit: number): Query => ({
  sql: 'select count(*) from (select 1 from events where stream between ? and ? limit ?)',
  values: [...namesFrom(prefix), limit],
});

/** How the streams of a selection are found, by the prefixes of their names. */
export interface Ways {
  /** Streams of few events: found by the index of streams, and put in order. */
  readonly byName: readonly string[];
  /** Streams of many: the log is looked through for them. */
  readonly lookedFor: readonly string[];
}

/** Reads the log in its order, of which the streams are a part; all of it where `ways` is null. */
export function logQuery(
  columns: string,
  { after, through, direction, types, limit }: Omit<LogSelection, 'streamPrefixes'>,
  ways: Ways | null,
): Query {
  const isAfter = `position ${direction === 'forward' ? '>' : '<'} ?`;
  const conditions: string[] = [];
  const values: SQLInputValue[] = [];
  const { byName, lookedFor } = ways ?? { byName: [], lookedFor: [] };
  if (ways === null || lookedFor.length > 0) {
    conditions.push(isAfter, 'position <= ?');
    values.push(after, through);
  }
  if (ways !== null) {
    // Here the plus signs keep SQLite from the index of streams, in whose order the log is not read,
    const any = lookedFor.map(() => '+stream between ? and ?');
    values.push(...lookedFor.flatMap(namesFrom));
    if (byName.length > 0) {
      // and here to it: it holds the positions as well.
      any.push(`position in (select found.position from json_each(?) as prefix cross join events as found
        where found.stream between prefix.value and prefix.value || char(0x10FFFF)
          and +found.${isAfter} and +found.position <= ?)`);
      values.push(JSON.stringify(byName), after, through);
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
