/** What a search finds, the best first and no more than is wanted. */
import type { ObjectKind } from '../../events/vocabulary.js';

export const hitKinds = ['pool', 'object', 'agent', 'call', 'event', 'statement'] as const;
export type HitKind = (typeof hitKinds)[number];

export interface Hit {
  readonly kind: HitKind;
  readonly id: string;
  readonly name: string;
  /** Null for a statement, which is of no pool. */
  readonly pool: string | null;
  /** Of an object. */
  readonly objectKind?: ObjectKind;
}

/** How well a text fits: it is what was looked for, begins with it, holds it, or holds each of its words. */
export const fits = { exact: 0, beginning: 1, part: 2, words: 3 } as const;
export type Fit = (typeof fits)[keyof typeof fits];

interface Ranked {
  readonly hit: Hit;
  readonly fit: Fit;
}

export class BestHits {
  private best: Ranked[] = [];
  private found = 0;

  constructor(private readonly limit: number) {}

  add(hit: Hit, fit: Fit): void {
    this.found += 1;
    this.best.push({ hit, fit });
    // Sorted now and then, so that many hits cost little each.
    if (this.best.length >= 4 * this.limit + 100) this.best = this.sorted();
  }

  /** Whether something is what was looked for. */
  get hasExact(): boolean {
    return this.best.some(({ fit }) => fit === fits.exact);
  }

  get hits(): readonly Hit[] {
    return this.sorted().map(({ hit }) => hit);
  }

  get hasMore(): boolean {
    return this.found > this.limit;
  }

  private sorted(): Ranked[] {
    return this.best.toSorted(byFit).slice(0, this.limit);
  }
}

const inOrder = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0);

const byFit = (one: Ranked, other: Ranked): number =>
  one.fit - other.fit ||
  hitKinds.indexOf(one.hit.kind) - hitKinds.indexOf(other.hit.kind) ||
  inOrder(one.hit.name, other.hit.name) ||
  inOrder(one.hit.pool ?? '', other.hit.pool ?? '') ||
  inOrder(one.hit.id, other.hit.id);
