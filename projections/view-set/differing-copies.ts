import type { CopyEntry } from '../copy-entries.js';
import type { Grounds } from '../../policy/grounds.js';
import { sameJson } from '../../policy/same-json.js';
import { copiesInBoth, type CopyInBoth } from './copies-between.js';

/** Fields that explain an entry rather than describe it. */
const reasons: readonly string[] = ['because', 'basis', 'inference', 'source'] satisfies (
  keyof Grounds | 'source'
)[];

export interface DifferingCopies<Entry> {
  /** Copies whose entries differ, or that are in one of the two view sets only. */
  readonly objects: readonly CopyInBoth<Entry>[];
  /** Copies whose entries differ in their reasons only. */
  readonly forOtherReasons: number;
}

export function differingCopies<Entry extends CopyEntry>(
  before: readonly Entry[],
  after: readonly Entry[],
): DifferingCopies<Entry> {
  const objects: CopyInBoth<Entry>[] = [];
  let forOtherReasons = 0;
  for (const copy of copiesInBoth(before, after)) {
    if (sameJson(copy.before, copy.after)) continue;
    if (saidOf(copy.before) === saidOf(copy.after)) forOtherReasons += 1;
    else objects.push(copy);
  }
  return { objects, forOtherReasons };
}

const saidOf = (entry: CopyEntry | null): string =>
  JSON.stringify(entry, (member, value: unknown) => (reasons.includes(member) ? undefined : value));
