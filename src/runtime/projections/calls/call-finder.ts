import { callStream } from '../../../../events/streams.js';
import { callIn } from '../../../../projections/call-status/state.js';
import type { EventStore } from '../../../store/port.js';
import type { ProjectionRunner } from '../projection-runner.js';

/** Finds the pair that a call belongs to. */
export class CallFinder {
  constructor(
    private readonly store: EventStore,
    private readonly runner: ProjectionRunner,
  ) {}

  /**
   * The pair that a call was reported to; null where no such call was reported. Open calls are found in the live state;
   * other calls are looked up in the log, unless the directory knows that none has this id.
   * @throws StoreUnavailableError
   */
  async pairOf(callId: string, except?: string): Promise<string | null> {
    const { pairs, directory } = this.runner.state;
    for (const [pairId, { callStatus }] of pairs) {
      if (pairId === except || callStatus.corrupted) continue;
      if (callIn(callStatus.state, callId) !== undefined) return pairId;
    }
    if (!directory.state.callIds.mayHold(callId)) return null;
    for (const pairId of pairs.keys()) {
      if (pairId !== except && (await this.store.headOf(callStream(pairId, callId))) !== null) return pairId;
    }
    return null;
  }

  /** The other pairs in which the live state holds a call of this id: two instances may have accepted it at the same moment. */
  alsoOpenIn(callId: string, pairId: string): readonly string[] {
    return [...this.runner.state.pairs]
      .filter(
        ([other, { callStatus }]) =>
          other !== pairId && !callStatus.corrupted && callIn(callStatus.state, callId) !== undefined,
      )
      .map(([other]) => other);
  }
}
