/** Which tools show and change the copies of a pair, before and after. */
import type { ObjectKind, Tool } from '../../events/vocabulary.js';
import { poolOf } from '../../facts/copies.js';
import type { Copy, PairFacts } from '../../facts/pair.js';
import { lackOf } from '../../facts/services.js';
import type { Visible } from '../../policy/experience/types.js';
import type { Grounds } from '../../policy/grounds.js';
import { sameJson } from '../../policy/same-json.js';
import { byKindNameAndParent } from '../copy-entries.js';
import { permissionOf } from '../editability/view.js';
import { groundsIn, type CitedGrounds } from '../grounds.js';
import { sightOf } from '../visibility/view.js';

/** A copy with something that changes. The grounds are those of afterwards; of a copy that goes, those of before. */
export interface CopyEffect<Value> extends CitedGrounds {
  readonly id: string;
  readonly kind: ObjectKind;
  readonly name: string;
  readonly owner: string;
  /** The pool that hosts the copy. */
  readonly parent: string;
  /** Null where the copy is not there. */
  readonly before: Value | null;
  readonly after: Value | null;
}

export type VisibilityEffect = CopyEffect<Readonly<Record<Tool, Visible>>>;
export type EditabilityEffect = CopyEffect<Readonly<Record<Tool, boolean>>>;

/** A copy in one of the two states. */
export interface CopyThen {
  readonly pair: PairFacts;
  readonly copy: Copy;
}

export interface CopyInBoth {
  readonly before: CopyThen | null;
  readonly after: CopyThen | null;
}

/** Every copy that is in either state, in the order in which views list them. */
export function copiesOfBoth(before: PairFacts | null, after: PairFacts | null): readonly CopyInBoth[] {
  const keys = new Set([...(before?.copies.keys() ?? []), ...(after?.copies.keys() ?? [])]);
  return [...keys]
    .map((key) => copyInBoth(before, after, key))
    .sort((one, other) => {
      const [left, right] = [(one.after ?? one.before)?.copy, (other.after ?? other.before)?.copy];
      return left === undefined || right === undefined ? 0 : byKindNameAndParent(left, right);
    });
}

/** @param key of `copyKey` */
export const copyInBoth = (before: PairFacts | null, after: PairFacts | null, key: string): CopyInBoth => ({
  before: copyThen(before, key),
  after: copyThen(after, key),
});

function copyThen(pair: PairFacts | null, key: string): CopyThen | null {
  const copy = pair?.copies.get(key);
  return pair === null || copy === undefined ? null : { pair, copy };
}

/** Null where nothing changes. */
export const visibilityEffectOn = (both: CopyInBoth): VisibilityEffect | null =>
  effectOn(both, ({ pair, copy }) => sightOf(pair, copy))[0] ?? null;
export const editabilityEffectOn = (both: CopyInBoth): EditabilityEffect | null =>
  effectOn(both, ({ pair, copy }) => permissionOf(pair, copy))[0] ?? null;

export function changesBetween(
  before: PairFacts | null,
  after: PairFacts | null,
): { readonly visibility: readonly VisibilityEffect[]; readonly editability: readonly EditabilityEffect[] } {
  const pools = poolsAlike(before, after);
  const copies = copiesOfBoth(before, after).filter(
    (both) => !pools || both.before?.copy.owner !== both.after?.copy.owner || isThereOnce(both),
  );
  return {
    visibility: copies.flatMap((both) => visibilityEffectOn(both) ?? []),
    editability: copies.flatMap((both) => editabilityEffectOn(both) ?? []),
  };
}

const isThereOnce = ({ before, after }: CopyInBoth): boolean => before === null || after === null;

/** Where the pools stand alike, a copy that stays where it is, and whose it is, is seen and changed as before. */
function poolsAlike(before: PairFacts | null, after: PairFacts | null): boolean {
  return (
    before !== null &&
    after !== null &&
    (before.ended === null) === (after.ended === null) &&
    before.pools.every((pool) => {
      const now = poolOf(after, pool.fqdn);
      return (
        now?.stage === pool.stage &&
        now.backEndDatabase === pool.backEndDatabase &&
        lackOf(now) === lackOf(pool)
      );
    })
  );
}

interface Seen<Value> extends Grounds {
  readonly tools: Value;
}

function effectOn<Value>(
  { before, after }: CopyInBoth,
  seen: (then: CopyThen) => Seen<Value>,
): readonly CopyEffect<Value>[] {
  const [earlier, later] = [before && seen(before), after && seen(after)];
  const change = { before: earlier?.tools ?? null, after: later?.tools ?? null };
  if (sameJson(change.before, change.after)) return [];
  return effectOf({ before, after }, change, later ?? earlier);
}

export function effectOf<Value>(
  { before, after }: CopyInBoth,
  change: Pick<CopyEffect<Value>, 'before' | 'after'>,
  grounds: Grounds | null,
): readonly CopyEffect<Value>[] {
  const copy = (after ?? before)?.copy;
  if (copy === undefined || grounds === null) return [];
  const { id, kind, name, owner, parent } = copy;
  return [{ id, kind, name, owner, parent, ...change, ...groundsIn(grounds) }];
}
