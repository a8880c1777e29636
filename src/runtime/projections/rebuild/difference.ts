import { inspect, isDeepStrictEqual, types } from 'node:util';
import { into } from '../../../../policy/json-pointer.js';

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

/** Where two states first differ, on the shortest way there; null where they are the same. They may lead back to themselves. */
export function firstDifference(live: unknown, refolded: unknown): Difference | null {
  const queue: Pairing[] = [{ pointer: '', live, refolded }];
  /** What has been compared with what. */
  const seen = new Map<unknown, Set<unknown>>();
  for (const pairing of queue) {
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

/** Null for two that are not of one kind. */
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

/** What is compared member by member; the rest is compared as a whole. */
const isHolder = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !types.isSet(value) && !ArrayBuffer.isView(value);

const shown = (value: unknown): string => inspect(value, { depth: 1, breakLength: Infinity }).slice(0, 200);
