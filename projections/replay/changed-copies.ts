import { poolOf, type Copy, type PairFacts } from '../../facts/pair-state.js';
import { lackOf } from '../../facts/services.js';
import { sameJson } from '../../policy/same-json.js';
import { byKindNameAndParent } from '../copy-entries.js';
import { permissionOf } from '../editability/view.js';
import { sightOf } from '../visibility/view.js';
import type { ChangedCopy } from './step.js';

type Pools = PairFacts['pools'];

/** What a copy shows and permits under the stages and databases of a moment; null where it is not there. */
interface Then {
  readonly pair: PairFacts;
  readonly copy: Copy;
}

/**
 * Finds the copies that an event makes other tools show or change, and those that come or go. That depends on the pools and
 * on where a copy is and whose it is, which a change of the copy leaves as it is: where no pool changes, only copies that
 * are not the ones of before are looked at.
 */
export class CopiesSeen {
  private readonly copies: Map<string, Copy>;
  private pools: Pools | null;

  constructor(
    pair: PairFacts | null,
    private readonly fqdn: string,
  ) {
    this.copies = new Map(pair?.copies);
    this.pools = pair && poolsIn(pair);
  }

  /** @param now the pair after the event; what is asked next is compared with it */
  changedBy(now: PairFacts | null): readonly ChangedCopy[] {
    if (now === null || poolOf(now, this.fqdn) === undefined) return [];
    const pools = this.pools ?? poolsIn(now);
    const past: PairFacts = { ...now, pools };
    const alike = pools.every((pool, index) => isAlike(pool, now.pools[index]));
    const looked = [...now.copies].filter(([key, copy]) => !alike || this.copies.get(key) !== copy);
    const gone = [...this.copies].filter(([key]) => !now.copies.has(key));
    const changed = [...looked.sort(inOrder), ...gone.sort(inOrder)].flatMap(([key]) => {
      const [before, after] = [this.copies.get(key), now.copies.get(key)];
      return changeOf(before && { pair: past, copy: before }, after && { pair: now, copy: after });
    });
    for (const [key, copy] of looked) this.copies.set(key, copy);
    for (const [key] of gone) this.copies.delete(key);
    if (!alike || this.pools === null) this.pools = poolsIn(now);
    return changed;
  }
}

/** The fold changes its pools in place. */
function poolsIn({ pools: [first, second] }: PairFacts): Pools {
  return [{ ...first }, { ...second }];
}

const isAlike = (one: Pools[number], other: Pools[number] | undefined): boolean =>
  one.stage === other?.stage &&
  one.backEndDatabase === other.backEndDatabase &&
  lackOf(one) === lackOf(other);

const inOrder = ([, one]: readonly [string, Copy], [, other]: readonly [string, Copy]): number =>
  byKindNameAndParent(one, other);

function changeOf(before: Then | undefined, after: Then | undefined): readonly ChangedCopy[] {
  const copy = (after ?? before)?.copy;
  if (copy === undefined) return [];
  const sight = after && sightOf(after.pair, after.copy);
  const seenWith = {
    before: before === undefined ? null : sightOf(before.pair, before.copy).tools,
    after: sight?.tools ?? null,
  };
  const changedWith = { before: permitted(before), after: permitted(after) };
  if (sameJson(seenWith.before, seenWith.after) && sameJson(changedWith.before, changedWith.after)) return [];
  const { kind, id, name, parent } = copy;
  return [{ kind, id, name, parent, seenWith, changedWith, because: sight?.because ?? [] }];
}

const permitted = (then: Then | undefined): ChangedCopy['changedWith']['after'] =>
  then === undefined ? null : permissionOf(then.pair, then.copy).tools;
