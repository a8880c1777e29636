import { Turns } from '../../store/turns.js';
import type { EventStore, StoredEvent } from '../../store/port.js';
import { InstanceBeside } from './rebuild/instance-beside.js';
import type { SnapshotCache } from './snapshots/snapshot-cache.js';
import type { CorrectionIndex } from './state/correction-index.js';
import { HistoricalState } from './state/historical-state.js';
import type { LiveState } from './state/live-state.js';
import type { AnyProjectionInstance } from './state/projection-instance.js';

/**
 * Takes corrections into the live state. What was folded cannot be taken out of a state: the instances that have it are
 * folded again without it, beside the live ones, which answer as of before the correction until then.
 */
export class Refolding {
  readonly historicalState: HistoricalState;

  constructor(
    private readonly store: EventStore,
    private readonly snapshots: SnapshotCache,
    private readonly state: LiveState,
    private readonly corrections: CorrectionIndex,
  ) {
    this.historicalState = new HistoricalState(store, snapshots, state.discards, corrections);
  }

  /**
   * Reads which corrections there are. What they retract is left out from the beginning, where nothing of it is in the
   * snapshots that the live state begins with.
   * @param from the next event that the live state folds is the first after it
   * @throws StoreUnavailableError
   */
  async begin(from: bigint): Promise<void> {
    await this.corrections.begin(from);
    let restored = from;
    for (const { checkpoint } of this.state.instances())
      if (checkpoint.position > restored) restored = checkpoint.position;
    const expected = this.corrections.all.filter(
      ({ correction, corrected }) => correction.position <= from || corrected > restored,
    );
    this.state.expect(expected.map(({ correction }) => correction));
  }

  /** States as they would be after a correction that nobody stores. @throws StoreUnavailableError */
  async imagining(correction: StoredEvent): Promise<HistoricalState> {
    const corrections = await this.corrections.imagining(correction);
    return new HistoricalState(this.store, this.snapshots, this.state.discards, corrections);
  }

  /**
   * Prepares what a correction changes, which is the next event of the live state.
   * @returns what puts it into the live state: call it before that folds the event
   * @throws StoreUnavailableError
   */
  async corrected(event: StoredEvent): Promise<() => void> {
    await this.corrections.add(event);
    const { position } = event;
    const folded = this.state.isSurprisedBy(event) ? this.state.correctedBy(event.stream) : [];
    const turns = new Turns();
    const built: (readonly [AnyProjectionInstance, AnyProjectionInstance])[] = [];
    for (const live of folded) {
      if (!isToRefold(live, position)) continue;
      const beside = new InstanceBeside(live, this.historicalState);
      await beside.replayTo(position);
      built.push([live, beside.built]);
      if (turns.isOver) await turns.next();
    }
    return () => {
      // One that was repaired meanwhile has the state of before the correction all the same.
      for (const [live, other] of built) if (live.staleVersion === null) live.swapIn(other);
      const known = this.corrections.all.find(({ correction }) => correction.id === event.id);
      if (known !== undefined) this.state.expect([known.correction]);
    };
  }
}

/** One that is of an earlier version is being rebuilt; one that has folded nothing has nothing to take out. */
const isToRefold = ({ checkpoint, staleVersion }: AnyProjectionInstance, position: bigint): boolean =>
  staleVersion === null && checkpoint.position > 0n && checkpoint.position < position;
