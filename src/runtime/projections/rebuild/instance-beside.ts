import { isCorrectionType } from '../../../../events/correction.js';
import { describeStream } from '../../../../events/streams.js';
import type { StoredEvent } from '../../../store/port.js';
import { isCorrectedBy } from '../state/correction-index.js';
import { applyTo, type HistoricalState } from '../state/historical-state.js';
import type { AnyProjectionInstance } from '../state/projection-instance.js';
import type { StateBeside } from './beside.js';

/** One instance of a projection, built beside the live one. */
export class InstanceBeside implements StateBeside {
  built: AnyProjectionInstance;
  private isOutdated = false;

  constructor(
    private readonly live: AnyProjectionInstance,
    private readonly historicalState: HistoricalState,
  ) {
    this.built = live.fresh();
  }

  async replayTo(position: bigint): Promise<void> {
    this.built = this.live.fresh();
    this.isOutdated = false;
    await this.historicalState.replayTo(this.built, { kind: 'position', position });
  }

  apply(event: StoredEvent): void {
    if (reads(this.live, event.stream)) applyTo(this.built, event);
    if (isCorrectionType(event.type) && isCorrectedBy(this.live, event.stream)) this.isOutdated = true;
  }

  get isUsable(): boolean {
    return !this.built.corrupted && !this.isOutdated;
  }
}

/** Whether a stream is of a family that the projection reads, and of the pair of the instance. */
function reads({ projection, key }: AnyProjectionInstance, stream: string): boolean {
  const { family, pairId } = describeStream(stream);
  return family !== null && projection.reads.includes(family) && (key === '' || key === pairId);
}
