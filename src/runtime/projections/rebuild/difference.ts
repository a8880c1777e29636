import { inspect, isDeepStrictEqual, types } from 'node:util';
import { into } from '../../../../policy/json-pointer.js';
import type { Turns } from '../../../store/turns.js';
import { cutTo } from '../../../../policy/texts/cut.js';

export interface Difference {
  /** A JSON pointer; the entries of a Map are under their keys. */
  readonly pointer: string;
  readonly live: string;
  readonly refolded: string;
}

interface Pairing {
  readonly pointer: string;
  readonly live: unknown;
  readonly refolded: unknown;
}

/**
 * The difference with the shortest pointer; null where the states are equal. They may refer to themselves. Nobody may change
 * them meanwhile.
 */
export async function firstDifference(
  live: unknown,
  refolded: unknown,
  turns: Turns,
): Promise<Difference | null> {
  const queue: Pairing[] = [{ pointer: '', live, refolded }];
  /** Which values have been compared with each value. */
  const seen = new Map<unknown, Set<unknown>>();
  for (const pairing of queue) {
    if (turns.isOver) await turns.next();
    const { pointer, live: one, refolded: other } = pairing;
    if (seen.get(one)?.has(other) === true) continue;
    const inner = isHolder(one) && isHolder(other) ? membersOf(pairing) : null;
    if (inner === null) {
      if (!isDeepStrictEqual(one, other)) return { pointer, live: shown(one), refolded: shown(other) };
      continue;
    }
    seen.set(one, (seen.get(one) ?? new Set()).add(other));
    for (const member of inner) queue.push(member);
  }
  return null;
}

/** Null where the two are of different kinds. */
function membersOf({ pointer, live, refolded }: Pairing): Pairing[] | null {
  const [one, other] = [entriesOf(live), entriesOf(refolded)];
  if (one === null || other === null || types.isMap(live) !== types.isMap(refolded)) return null;
  return [...new Set([...one.keys(), ...other.keys()])].map((name) => ({
    pointer: into(pointer, String(name)),
    live: one.get(name),
    refolded: other.get(name),
  }));
}

function entriesOf(value: unknown): ReadonlyMap<unknown, unknown> | null {
  if (types.isMap(value)) return value;
  return isHolder(value) ? new Map(Object.entries(value)) : null;
}

/** Whether a value is compared member by member; others are compared as a whole. */
const isHolder = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !types.isSet(value) && !ArrayBuffer.isView(value);

const shown = (value: unknown): string => cutTo(inspect(value, { depth: 1, breakLength: Infinity }), 200);
