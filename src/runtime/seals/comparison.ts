/** Compares a log with seals that were kept of it, and finds the first event that is not what was sealed. */
import { TreeEdge, type Hash } from '../../seals/merkle-tree.js';
import type { StoredEvent } from '../../store/port.js';
import { Turns } from '../../store/turns.js';
import { leafOf } from './leaf-of.js';
import type { TreeReader } from './tree-file.js';

/** What a seal says of the log. */
export interface Sealed {
  readonly size: number;
  readonly root: Hash;
}

/** Where an event is. */
export type Place = Pick<StoredEvent, 'id' | 'type' | 'stream' | 'revision' | 'position'>;

export type DifferenceKind = 'changed' | 'inserted' | 'missing' | 'swapped' | 'cut' | 'different';

/** The first event that is not what was sealed. */
export interface Difference {
  readonly kind: DifferenceKind;
  /** Which event of the log, from 1. Between `from` and `to` where only seals tell: inclusive. */
  readonly from: number;
  readonly to: number;
  /** What stands there now; where the log ends before it, the last event of the log. Null for an empty log. */
  readonly at: Place | null;
}

export interface Comparison {
  readonly events: number;
  readonly root: Hash;
  /** Sizes of the seals that the log bears out. */
  readonly holding: ReadonlySet<number>;
  readonly difference: Difference | null;
  /** The first event that none of the seals covers, and how many there are. */
  readonly unsealed: { readonly events: number; readonly first: Place | null };
}

export type Log = AsyncIterable<readonly StoredEvent[]>;

/**
 * @param seals at least one; those of one size have one root, or the log cannot bear them all out
 * @param index the leaves that were sealed, where somebody has kept them: believed as far as a seal proves them
 */
export async function compare(
  log: Log,
  seals: readonly Sealed[],
  index: TreeReader | null,
  signal?: AbortSignal,
): Promise<Comparison> {
  const turns = new Turns(signal);
  const last = Math.max(...seals.map(({ size }) => size));
  const proven = index === null ? 0 : await provenSize(index, seals, turns);
  const walk = new Walk(seals, proven === 0 ? null : index, proven, last);
  for await (const page of log) {
    for (const event of page) {
      if (turns.isOver) await turns.next();
      walk.add(event);
    }
  }
  return walk.end();
}

/** The largest seal whose root the leaves of an index have. Its inner nodes are not believed. */
export async function provenSize(index: TreeReader, seals: readonly Sealed[], turns: Turns): Promise<number> {
  const edge = new TreeEdge();
  let proven = 0;
  const inOrder = [...seals].sort((one, other) => one.size - other.size);
  for (const { size, root } of inOrder) {
    if (size > index.size) break;
    while (edge.size < size) {
      if (turns.isOver) await turns.next();
      edge.add(index.leaf(edge.size));
    }
    if (edge.root().equals(root)) proven = size;
  }
  return proven;
}

class Walk {
  private readonly edge = new TreeEdge();
  private readonly sealed: ReadonlyMap<number, readonly Sealed[]>;
  private readonly holding = new Set<number>();
  private readonly broken = new Set<number>();
  /** Where the log first departs from the index: the leaf there, and the next one. */
  private departure: { readonly number: number; readonly at: Place; readonly leaves: Hash[] } | null = null;
  private lastEvent: Place | null = null;
  private firstUnsealed: Place | null = null;
  /** The event after the largest seal that holds so far: where only seals tell, the difference is not before it. */
  private places = new Map<number, Place>();

  constructor(
    seals: readonly Sealed[],
    private readonly index: TreeReader | null,
    private readonly proven: number,
    private readonly last: number,
  ) {
    this.sealed = Map.groupBy(seals, ({ size }) => size);
    this.checkSeals();
  }

  add(event: StoredEvent): void {
    const number = this.edge.size + 1;
    const { id, type, stream, revision, position } = event;
    const place = { id, type, stream, revision, position };
    const leaf = leafOf(event);
    if (this.departure?.leaves.length === 1) this.departure.leaves.push(leaf);
    if (this.departure === null && number <= this.proven && !this.leafOfIndex(number)?.equals(leaf)) {
      this.departure = { number, at: place, leaves: [leaf] };
    }
    if (number === this.last + 1) this.firstUnsealed = place;
    if (this.sealed.has(number - 1)) this.places.set(number, place);
    this.lastEvent = place;
    this.edge.add(leaf);
    this.checkSeals();
  }

  end(): Comparison {
    return {
      events: this.edge.size,
      root: this.edge.root(),
      holding: this.holding,
      difference: this.difference(),
      unsealed: { events: Math.max(0, this.edge.size - this.last), first: this.firstUnsealed },
    };
  }

  private checkSeals(): void {
    const seals = this.sealed.get(this.edge.size);
    if (seals === undefined) return;
    const root = this.edge.root();
    (seals.every((seal) => seal.root.equals(root)) ? this.holding : this.broken).add(this.edge.size);
  }

  private difference(): Difference | null {
    if (this.departure !== null) {
      const { number, at } = this.departure;
      return { kind: this.kindOf(this.departure), from: number, to: number, at };
    }
    const events = this.edge.size;
    if (this.broken.size > 0) {
      const to = Math.min(...this.broken);
      const from = Math.max(this.proven, ...[0, ...this.holding].filter((size) => size < to)) + 1;
      return { kind: 'different', from, to, at: this.places.get(from) ?? null };
    }
    return events < this.last ? { kind: 'cut', from: events + 1, to: this.last, at: this.lastEvent } : null;
  }

  private kindOf({
    number,
    leaves,
  }: {
    readonly number: number;
    readonly leaves: readonly Hash[];
  }): DifferenceKind {
    const [here, next] = leaves;
    const [due, dueNext] = [this.leafOfIndex(number), this.leafOfIndex(number + 1)];
    const same = (one: Hash | undefined, other: Hash | undefined): boolean =>
      one !== undefined && other !== undefined && one.equals(other);
    if (same(here, dueNext)) return same(next, due) ? 'swapped' : 'missing';
    if (same(next, due)) return 'inserted';
    return next === undefined || dueNext === undefined || same(next, dueNext) ? 'changed' : 'different';
  }

  private leafOfIndex(number: number): Hash | undefined {
    return number <= this.proven ? this.index?.leaf(number - 1) : undefined;
  }
}
