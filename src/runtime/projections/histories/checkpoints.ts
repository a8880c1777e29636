/** A state along a history. */
export interface HistoryCheckpoint<State> {
  /** How many events are in it. */
  readonly index: number;
  /** The last position in the log of any of them. */
  readonly latest: bigint;
  readonly state: State;
}

/** States along a history, in its order. */
export class Checkpoints<State> {
  private list: HistoryCheckpoint<State>[] = [];

  constructor(private readonly copy: (state: State) => State) {}

  /** The last one with at most so many events, all of which were known as of a position; null where there is none. */
  before(index: number, asOf: bigint): HistoryCheckpoint<State> | null {
    return this.list.findLast((one) => one.index <= index && one.latest <= asOf) ?? null;
  }

  /** Keeps a copy where there is none yet. */
  keep(checkpoint: HistoryCheckpoint<State>): void {
    const at = this.list.findLastIndex(({ index }) => index <= checkpoint.index);
    if (this.list[at]?.index === checkpoint.index) return;
    this.list.splice(at + 1, 0, { ...checkpoint, state: this.copy(checkpoint.state) });
  }

  /** Forgets those that hold the event at an index. */
  dropFrom(index: number): void {
    this.list = this.list.filter((one) => one.index <= index);
  }
}
