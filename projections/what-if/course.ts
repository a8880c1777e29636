/** The facts of a span in the order in which they happened, or would have: those of the pair, of calls, and edits. */
import type { HistoryEvent } from '../histories/history.js';
import type { CallColumns } from './call-columns.js';

/** A place in the order: the time in milliseconds since 1970, then the position in the log. */
export interface Place {
  readonly at: number;
  readonly position: bigint;
}

/** After all facts of its time. */
export const lastOf = (at: number): Place => ({ at, position: AFTER_ALL });
/** Before all facts of its time. */
export const firstOf = (at: number): Place => ({ at, position: -1n });
const AFTER_ALL = 1n << 64n;

export const comparePlaces = (one: Place, other: Place): number =>
  one.at - other.at || (one.position < other.position ? -1 : one.position > other.position ? 1 : 0);

/** A fact of the pair; the `position` of the event itself is its place as histories have it. */
export interface PairFact extends Place {
  readonly event: HistoryEvent;
}

export type Step =
  | (PairFact & { readonly kind: 'pair' })
  | (Place & { readonly kind: 'call'; readonly index: number })
  | (Place & { readonly kind: 'add'; readonly edit: number });

/** What happened in a span, with what edits make of it. */
export interface Plan {
  /** In their order. */
  readonly pair: readonly PairFact[];
  /** Facts of calls that are not where they were recorded, or nowhere. */
  readonly skipped: ReadonlySet<number>;
  /** Facts that are elsewhere, and what is added, in their order. */
  readonly inserted: readonly Step[];
}

/** Takes the steps of a plan one by one, after a place and up to another, inclusive. */
export class Course {
  private pair: number;
  private call: number;
  private insert: number;

  constructor(
    private readonly log: CallColumns,
    private readonly plan: Plan,
    after: Place,
    private readonly upTo: Place,
  ) {
    this.pair = firstAfter(plan.pair.length, (n) => comparePlaces(at(plan.pair, n), after) > 0);
    this.insert = firstAfter(plan.inserted.length, (n) => comparePlaces(at(plan.inserted, n), after) > 0);
    this.call = firstAfter(log.order.length, (n) => {
      const index = log.order[n] ?? 0;
      return comparePlaces({ at: log.timeOf(index), position: log.positionOf(index) }, after) > 0;
    });
  }

  /** How many facts of calls lie before the next step. */
  get callsPassed(): number {
    return this.call;
  }

  /** Null at the end. */
  next(): Step | null {
    const { plan, log } = this;
    while (plan.skipped.size > 0 && plan.skipped.has(log.order[this.call] ?? -1)) this.call += 1;
    const index = log.order[this.call];
    let step: Step | null = null;
    if (index !== undefined)
      step = { kind: 'call', index, at: log.timeOf(index), position: log.positionOf(index) };
    const event = plan.pair[this.pair];
    if (event !== undefined && (step === null || comparePlaces(event, step) < 0))
      step = { kind: 'pair', ...event };
    const insert = plan.inserted[this.insert];
    // What is added at a time meets all that happened then.
    if (insert !== undefined && (step === null || comparePlaces(insert, step) < 0)) step = insert;
    if (step === null || comparePlaces(step, this.upTo) > 0) return null;
    if (step === insert) this.insert += 1;
    else if (step.kind === 'pair') this.pair += 1;
    else this.call += 1;
    return step;
  }
}

const at = <Item>(items: readonly Item[], index: number): Item => {
  const item = items[index];
  if (item === undefined) throw new RangeError(`There is nothing at ${index}.`);
  return item;
};

/** The first number below the length for which it holds; the length where there is none. It must hold from one on. */
function firstAfter(length: number, holds: (index: number) => boolean): number {
  let [first, beyond] = [0, length];
  while (first < beyond) {
    const middle = (first + beyond) >>> 1;
    if (holds(middle)) beyond = middle;
    else first = middle + 1;
  }
  return first;
}
