/** Which copies tools would have shown or changed otherwise than on record, and from when to when. */
import { evolvePair } from '../../facts/pair.js';
import { copyOfPair } from '../../facts/pair-copy.js';
import { copyKey, type PairFacts } from '../../facts/pair-state.js';
import { sameJson } from '../../policy/same-json.js';
import {
  copyInBoth,
  editabilityEffectOn,
  visibilityEffectOn,
  type CopyEffect,
  type CopyInBoth,
  type EditabilityEffect,
  type VisibilityEffect,
} from '../effects/copies.js';
import { timeText } from './outcome.js';
import type { Pause } from './recorded.js';
import type { HappenedToPair } from './noted.js';
import type { Walk } from './walk.js';

/** `before` is as on record, `after` as it would have been. */
export type InTime<Effect> = Effect & {
  /** RFC 3339. */
  readonly from: string;
  /** Up to the end of the span where nothing ended it. */
  readonly to: string;
};

export interface CopiesOverTime {
  /** In the order in which they begin, as `editability`. */
  readonly visibility: readonly InTime<VisibilityEffect>[];
  readonly editability: readonly InTime<EditabilityEffect>[];
}

/**
 * The events of the pair are folded once more, both histories side by side, and compared after each moment from the first
 * at which they are not the same.
 * @param before the pair as both begin
 */
export async function copiesOverTime(
  before: PairFacts | null,
  recorded: Walk,
  other: Walk,
  { begin, end }: { readonly begin: number; readonly end: number },
  pause: Pause,
): Promise<CopiesOverTime> {
  const [is, would] = [new Fold(before, recorded), new Fold(before, other)];
  const visibility = new Spans(visibilityEffectOn);
  const editability = new Spans(editabilityEffectOn);
  let compared = 0;
  const compare = async (at: number, keys: ReadonlySet<string>): Promise<void> => {
    for (const key of keys) {
      const both = copyInBoth(is.pair, would.pair, key);
      visibility.at(at, key, both);
      editability.at(at, key, both);
      compared += 1;
      const waiting = pause(compared);
      if (waiting !== undefined) await waiting;
    }
  };
  let isApart = Object.keys(other.readings).length > 0;
  if (isApart) await compare(begin, everyKey(is.pair, would.pair));
  for (let at = begin; at < Infinity; at = Math.min(is.next, would.next)) {
    const [some, others] = [is.passTo(at), would.passTo(at)];
    if (!isApart && isSame(some, others)) continue;
    const changed = keysChanged([...some, ...others], is.pair, would.pair);
    await compare(at, isApart ? changed : everyKey(is.pair, would.pair));
    isApart = true;
  }
  return { visibility: visibility.endAt(end), editability: editability.endAt(end) };
}

/** The events of a walk, folded moment by moment. */
class Fold {
  pair: PairFacts | null;
  private passed = 0;

  constructor(
    before: PairFacts | null,
    private readonly walk: Walk,
  ) {
    this.pair = before && copyOfPair(before);
    this.readAsChosen();
  }

  /** When the next of them happened. */
  get next(): number {
    return this.walk.ofPair[this.passed]?.at ?? Infinity;
  }

  /** All that happened up to a time, that included. */
  passTo(at: number): readonly HappenedToPair[] {
    const first = this.passed;
    for (
      let one = this.walk.ofPair[first];
      one !== undefined && one.at <= at;
      one = this.walk.ofPair[this.passed]
    ) {
      this.pair = evolvePair(this.pair, one.event);
      this.passed += 1;
    }
    this.readAsChosen();
    return this.walk.ofPair.slice(first, this.passed);
  }

  private readAsChosen(): void {
    if (this.pair !== null) this.pair.readings = { ...this.pair.readings, ...this.walk.readings };
  }
}

const isSame = (some: readonly HappenedToPair[], others: readonly HappenedToPair[]): boolean =>
  some.length === others.length && some.every(({ event }, index) => event.id === others[index]?.event.id);

const everyKey = (...pairs: readonly (PairFacts | null)[]): ReadonlySet<string> =>
  new Set(pairs.flatMap((pair) => [...(pair?.copies.keys() ?? [])]));

/** The copies of which tools may say something else after these events. An object concerns its copies on both pools. */
function keysChanged(
  happened: readonly HappenedToPair[],
  is: PairFacts | null,
  would: PairFacts | null,
): ReadonlySet<string> {
  const keys = new Set<string>();
  for (const { event } of happened) {
    switch (event.type) {
      case 'ObjectModified':
      case 'ResponseGroupsExported':
        break;
      case 'ObjectCreated':
      case 'ObjectRemoved':
        for (const { fqdn } of [...(is?.pools ?? []), ...(would?.pools ?? [])])
          keys.add(copyKey(fqdn, event.data.kind, event.data.id));
        break;
      default:
        return everyKey(is, would);
    }
  }
  return keys;
}

/** What differs of each copy, from the moment at which it begins to. */
class Spans<Effect extends CopyEffect<unknown>> {
  private readonly open = new Map<string, { readonly from: number; readonly effect: Effect }>();
  private readonly all: { readonly from: number; readonly to: number; readonly effect: Effect }[] = [];

  constructor(private readonly effectOn: (both: CopyInBoth) => Effect | null) {}

  at(at: number, key: string, both: CopyInBoth): void {
    const effect = this.effectOn(both);
    const open = this.open.get(key);
    if (open !== undefined && effect !== null && isAlike(open.effect, effect)) return;
    if (open !== undefined && open.from < at) this.all.push({ ...open, to: at });
    if (effect === null) this.open.delete(key);
    else this.open.set(key, { from: at, effect });
  }

  endAt(end: number): readonly InTime<Effect>[] {
    for (const open of this.open.values()) this.all.push({ ...open, to: end });
    return this.all
      .sort((one, other) => one.from - other.from || one.to - other.to)
      .map(({ from, to, effect }) => ({ ...effect, from: timeText(from), to: timeText(to) }));
  }
}

/** Also in what it rests on: a span says one thing from its beginning to its end. */
const isAlike = (one: CopyEffect<unknown>, other: CopyEffect<unknown>): boolean => sameJson(one, other);
