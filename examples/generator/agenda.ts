type Action = () => Promise<void>;

interface Entry {
  readonly time: number;
  readonly order: number;
  readonly action: Action;
}

const isBefore = (one: Entry, other: Entry): boolean =>
  one.time < other.time || (one.time === other.time && one.order < other.order);

/** Planned events by time; those of the same time in the order of planning. A binary heap. */
export class Agenda {
  private readonly heap: Entry[] = [];
  private planned = 0;
  now = 0;

  plan(time: number, action: Action): void {
    this.planned += 1;
    const entry = { time: Math.max(time, this.now), order: this.planned, action };
    let index = this.heap.push(entry) - 1;
    for (;;) {
      const above = (index - 1) >> 1;
      const parent = this.heap[above];
      if (index === 0 || parent === undefined || !isBefore(entry, parent)) break;
      this.heap[index] = parent;
      index = above;
    }
    this.heap[index] = entry;
  }

  /** Until nothing is planned any more. */
  async run(): Promise<void> {
    for (let entry = this.take(); entry !== undefined; entry = this.take()) {
      this.now = entry.time;
      await entry.action();
    }
  }

  private take(): Entry | undefined {
    const first = this.heap[0];
    const last = this.heap.pop();
    if (last === undefined || last === first) return first;
    let index = 0;
    for (;;) {
      const [left, right] = [2 * index + 1, 2 * index + 2];
      const [one, two] = [this.heap[left], this.heap[right]];
      const below = two !== undefined && one !== undefined && isBefore(two, one) ? right : left;
      const child = this.heap[below];
      if (child === undefined || !isBefore(child, last)) break;
      this.heap[index] = child;
      index = below;
    }
    this.heap[index] = last;
    return first;
  }
}
