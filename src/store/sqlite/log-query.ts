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

/**
 * Reads the log in its order, of which the streams are a part.
 * @param byName whether their events are few enough to be found by the index of streams and put in order
 */
export function logQuery(columns: string, selection: LogSelection, byName: boolean): Query {
  const { after, through, direction, streamPrefixes, types, limit } = selection;
  const isAfter = `position ${direction === 'forward' ? '>' : '<'} ?`;
  const conditions: string[] = [];
  const values: SQLInputValue[] = [];
  if (byName && streamPrefixes !== null) {
    // The plus signs keep SQLite to the index of streams, which holds the positions as well.
    const each = `select position from events where stream between ? and ? and +${isAfter} and +position <= ?`;
    conditions.push(`position in (${streamPrefixes.map(() => each).join(' union ')})`);
    for (const prefix of streamPrefixes) values.push(...namesFrom(prefix), after, through);
  } else {
    conditions.push(isAfter, 'position <= ?');
    values.push(after, through);
    if (streamPrefixes !== null) {
      // Here they keep it from that index, in whose order the log is not read.
      const any = streamPrefixes.map(() => '+stream between ? and ?').join(' or ');
      conditions.push(`(${any === '' ? 'false' : any})`);
      values.push(...streamPrefixes.flatMap(namesFrom));
    }
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
