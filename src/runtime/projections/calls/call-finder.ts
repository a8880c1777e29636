import { callStream } from '../../../../events/streams.js';
import { callIn } from '../../../../projections/call-status/state.js';
import { inForce } from '../../../../facts/in-force.js';
import type { EventStore, StoredEvent } from '../../../store/port.js';
import type { ProjectionRunner } from '../projection-runner.js';

/** Whether it brings a call on record. */
const isReport = ({ type }: StoredEvent): boolean => type === 'CallArrived' || type === 'OnBehalfCallPlaced';

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
    return await this.firstPair(
      async (pairId) => pairId !== except && (await this.isOnRecord(pairId, callId)),
    );
  }

  /** The pair of a call, also where its arrival was retracted since. @throws StoreUnavailableError */
  async everPairOf(callId: string): Promise<string | null> {
    const pairId = await this.pairOf(callId);
    if (pairId !== null) return pairId;
    if (!this.runner.state.directory.state.callIds.mayHold(callId)) return null;
    return await this.firstPair((one) => this.hasStream(one, callId));
  }

  /** Another pair to which a call of this id was reported first, and was retracted; null where there is none. */
  formerPairOf(callId: string, pairId: string): string | null {
    const corrected = new Set(this.runner.corrections.all.map(({ correction }) => correction.stream));
    const pairIds = [...this.runner.state.pairs.keys()];
    return pairIds.find((one) => one !== pairId && corrected.has(callStream(one, callId))) ?? null;
  }

  private async hasStream(pairId: string, callId: string): Promise<boolean> {
    return (await this.store.headOf(callStream(pairId, callId))) !== null;
  }

  private async firstPair(has: (pairId: string) => Promise<boolean>): Promise<string | null> {
    for (const pairId of this.runner.state.pairs.keys()) if (await has(pairId)) return pairId;
    return null;
  }

  private async isOnRecord(pairId: string, callId: string): Promise<boolean> {
    const stream = callStream(pairId, callId);
    if ((await this.store.headOf(stream)) === null) return false;
    const isCorrected = this.runner.corrections.all.some(({ correction }) => correction.stream === stream);
    return !isCorrected || inForce(await this.store.readStream(stream)).some(isReport);
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
