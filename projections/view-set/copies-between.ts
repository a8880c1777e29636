import { copyKey } from '../../facts/pair.js';
import type { CopyEntry } from '../copy-entries.js';

/** One copy in two view sets; null where it is not in one of them. */
export interface CopyInBoth<Entry> {
  readonly before: Entry | null;
  readonly after: Entry | null;
}

/** Every copy that is in either: in the order of the later view set, and after them those that are gone. */
export function* copiesInBoth<Entry extends CopyEntry>(
  before: readonly Entry[],
  after: readonly Entry[],
): Generator<CopyInBoth<Entry>, void, undefined> {
  const left = new Map(before.map((entry) => [keyOf(entry), entry]));
  for (const entry of after) {
    const key = keyOf(entry);
    yield { before: left.get(key) ?? null, after: entry };
    left.delete(key);
  }
  for (const entry of left.values()) yield { before: entry, after: null };
}

const keyOf = ({ parent, kind, id }: CopyEntry): string => copyKey(parent, kind, id);
