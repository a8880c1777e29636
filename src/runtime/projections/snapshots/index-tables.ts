/** The tables of the cache that are indexes of the log: times, and corrections. */
import { deserialize, serialize } from 'node:v8';
import type { LocatedCorrection } from '../state/correction-index.js';
import type { LogMark } from '../state/log-times.js';
import type { Statements } from './statements.js';

export function saveMarks(statements: Statements, marks: readonly LogMark[]): void {
  const [{ last } = { last: null }] = statements.all('select max(position) as last from marks');
  const missing = marks.filter(({ position }) => position > BigInt(String(last ?? 0)));
  const rows = missing.map(({ position, latest }) => [String(position), latest]);
  statements.run(
    'insert into marks select cast(value ->> 0 as integer), value ->> 1 from json_each(?)',
    JSON.stringify(rows),
  );
}

export function marksUpTo(statements: Statements, upTo: bigint): readonly LogMark[] {
  try {
    return statements
      .all('select position, latest from marks where position <= ? order by position', upTo)
      .map(({ position, latest }) => ({ position: BigInt(String(position)), latest: String(latest) }));
  } catch {
    return [];
  }
}

export function saveCorrections(statements: Statements, corrections: readonly LocatedCorrection[]): void {
  for (const located of corrections) {
    statements.run(
      'insert or ignore into corrections (position, correction) values (?, ?)',
      located.correction.position,
      serialize(located),
    );
  }
}

/** Null where they cannot be read. */
export function correctionsUpTo(statements: Statements, upTo: bigint): readonly LocatedCorrection[] | null {
  try {
    return statements
      .all('select correction from corrections where position <= ? order by position', upTo)
      .map(({ correction }) => deserialize(correction as Uint8Array) as LocatedCorrection);
  } catch {
    return null;
  }
}
