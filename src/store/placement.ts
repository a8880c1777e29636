import type { PreparedAppend } from './prepared-append.js';

/**
 * How an append relates to its stream: it is to be written; it repeats the events from revision `first` on; it has no
 * events; the stream is not at the expected revision; or it mixes ids of the stream with new ones.
 */
export type Placement =
  | { readonly kind: 'write' }
  | { readonly kind: 'repeat'; readonly first: number }
  | { readonly kind: 'nothing' }
  | { readonly kind: 'conflict' }
  | { readonly kind: 'mixed' };

/** The stream of an append, as far as its store knows it. */
export interface AppendTarget {
  /** The last revision; -1 if there is no such stream. */
  readonly revision: number;
  /** The revision of the event with an id; null where the stream has none. */
  revisionOf(id: string): number | null;
  /** Whether the stream has the ids of the append, in their order, from a revision on. */
  repeats(from: number): boolean;
}

/**
 * The rules of expected revisions and of idempotent appends, the same for every store: see `EventStore.append`.
 * It looks at the first id only. Where that is new, the store itself must refuse ids that it finds in the stream.
 */
export function place({ events, expected }: PreparedAppend, target: AppendTarget): Placement {
  const [first] = events;
  if (expected === 'any' || expected === 'stream-exists') {
    if (expected === 'stream-exists' && target.revision < 0) return { kind: 'conflict' };
    if (first === undefined) return { kind: 'nothing' };
    const known = target.revision < 0 ? null : target.revisionOf(first.id);
    if (known === null) return { kind: 'write' };
    return target.repeats(known) ? { kind: 'repeat', first: known } : { kind: 'mixed' };
  }

  if (typeof expected === 'bigint' && expected < 0n) return { kind: 'conflict' };
  const believed = expected === 'no-stream' ? -1 : Number(expected);
  if (believed === target.revision) return { kind: first === undefined ? 'nothing' : 'write' };
  return believed < target.revision && first !== undefined && target.repeats(believed + 1)
    ? { kind: 'repeat', first: believed + 1 }
    : { kind: 'conflict' };
}
