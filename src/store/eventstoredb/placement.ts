import type { PreparedAppend } from '../prepared-append.js';
import type { KnownStream } from './known-streams.js';

/**
 * What an append comes to on what is known of its stream: the port's rules of expected revisions and of idempotent
 * writes, which are stricter than the server's (docs/decisions/eventstoredb.md).
 */
export type Placement =
  | { readonly kind: 'write' }
  | { readonly kind: 'repeat'; readonly first: bigint }
  | { readonly kind: 'nothing' }
  | { readonly kind: 'conflict' }
  | { readonly kind: 'mixed' };

export function place({ events, expected }: PreparedAppend, known: KnownStream | null): Placement {
  const [first] = events;
  const current = known?.revision ?? -1n;
  if (expected === 'any' || expected === 'stream-exists') {
    if (expected === 'stream-exists' && known === null) return { kind: 'conflict' };
    if (first === undefined) return { kind: 'nothing' };
    const at = known?.ids.get(first.id);
    if (at !== undefined)
      return repeats(events, known, at) ? { kind: 'repeat', first: at } : { kind: 'mixed' };
    return { kind: isAnyKnown(events, known) ? 'mixed' : 'write' };
  }
  if (typeof expected === 'bigint' && expected < 0n) return { kind: 'conflict' };
  const believed = expected === 'no-stream' ? -1n : expected;
  if (believed === current) {
    if (first === undefined) return { kind: 'nothing' };
    return { kind: isAnyKnown(events, known) ? 'mixed' : 'write' };
  }
  return first !== undefined && repeats(events, known, believed + 1n)
    ? { kind: 'repeat', first: believed + 1n }
    : { kind: 'conflict' };
}

type Ids = PreparedAppend['events'];

const isAnyKnown = (events: Ids, known: KnownStream | null): boolean =>
  events.some(({ id }) => known?.ids.has(id) === true);

const repeats = (events: Ids, known: KnownStream | null, from: bigint): boolean =>
  events.every(({ id }, index) => known?.ids.get(id) === from + BigInt(index));
