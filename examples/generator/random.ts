/** A random source that repeats itself: the same seed gives the same day, on every machine. */
export class Random {
  private state: number;

  constructor(seed: number) {
    this.state = seed >>> 0;
  }

  /** From 0 up to 1: mulberry32, which needs integer arithmetic only. */
  next(): number {
    this.state = (this.state + 0x6d2b79f5) >>> 0;
    let mixed = this.state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  }

  /** A whole number from `low` to `high`, both included. */
  between(low: number, high: number): number {
    return low + Math.floor(this.next() * (high - low + 1));
  }

  chance(probability: number): boolean {
    return this.next() < probability;
  }

  pick<Item>(items: readonly Item[]): Item {
    const item = items[this.between(0, items.length - 1)];
    if (item === undefined) throw new Error('There is nothing to pick from.');
    return item;
  }

  /** One of the items, each as likely as its weight says. */
  weighted<Item extends { readonly weight: number }>(items: readonly Item[]): Item {
    let rest = this.next() * items.reduce((sum, { weight }) => sum + weight, 0);
    for (const item of items) {
      rest -= item.weight;
      if (rest < 0) return item;
    }
    return this.pick(items);
  }

  shuffled<Item>(items: readonly Item[]): Item[] {
    const mixed = [...items];
    for (let index = mixed.length - 1; index > 0; index -= 1) {
      const other = this.between(0, index);
      const [one, two] = [mixed[index], mixed[other]];
      if (one === undefined || two === undefined) continue;
      mixed[index] = two;
      mixed[other] = one;
    }
    return mixed;
  }

  /**
   * A duration in whole seconds with about this mean, seldom very long: the mean of three even draws, stretched.
   * No logarithm, whose last digit may differ from machine to machine.
   */
  duration(mean: number): number {
    const even = (this.next() + this.next() + this.next()) / 3;
    return Math.max(5, Math.round(mean * (0.2 + 1.2 * even + (this.chance(0.1) ? 2 * this.next() : 0))));
  }
}
