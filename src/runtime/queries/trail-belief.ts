import type { Recorded } from '../../../events/envelope.js';
import type { PoolkeeperEvent } from '../../../events/registry.js';
import { describeStream } from '../../../events/streams.js';
import type { Corrections } from '../../../facts/in-force.js';
import type { PairFacts } from '../../../facts/pair.js';
import { callStatus } from '../../../projections/call-status/fold.js';
import type { CallStatusState, Consequence } from '../../../projections/call-status/state.js';
import type { PositionMoment } from '../moment.js';
import type { ProjectionRunner } from '../projections/projection-runner.js';

/** What a trail says besides its events goes by what was believed at its end: of incidents, and of calls cut off. */
export class TrailBelief {
  private readonly consequences: ReadonlyMap<string, readonly Consequence[]>;
  /** By the id of a retraction: what was believed before it. */
  private readonly earlier = new Map<string, Promise<ReadonlyMap<string, readonly Consequence[]>>>();

  private constructor(
    private readonly runner: ProjectionRunner,
    /** The pair as it is now. */
    readonly now: PairFacts,
    /** Null where the pair had not been registered. */
    private readonly then: PairFacts | null,
    readonly corrections: Corrections,
    state: CallStatusState,
  ) {
    this.consequences = byEvent(state);
  }

  /**
   * @param now the facts of the pair
   * @throws UnderRepairError, StoreUnavailableError, and the reason of the aborted signal
   */
  static async at(
    runner: ProjectionRunner,
    now: PairFacts,
    upTo: PositionMoment,
    signal?: AbortSignal,
  ): Promise<TrailBelief> {
    const { pairId } = now;
    const live = runner.state.viewsOf(pairId).callStatus;
    const corrections = await runner.corrections.at(upTo.position);
    const isCorrectedLater = await runner.corrections.isCorrectedBetween(
      live,
      upTo.position,
      runner.state.position,
    );
    if (!isCorrectedLater) return new TrailBelief(runner, now, now, corrections, live.state);
    const { state } = await runner.refolding.historicalState.at(callStatus, pairId, upTo, signal);
    return new TrailBelief(runner, now, state.pair, corrections, state);
  }

  get incidents(): PairFacts['incidents'] {
    return this.then?.incidents ?? [];
  }

  /** What followed from an event: as is believed, or where it was retracted, as was believed until then. */
  async consequencesOf(
    event: Pick<Recorded<PoolkeeperEvent>, 'id' | 'metadata'>,
  ): Promise<readonly Consequence[]> {
    const { retracted } = this.corrections.of(event);
    if (retracted === null) return this.consequences.get(event.id) ?? [];
    let earlier = this.earlier.get(retracted.id);
    if (earlier === undefined) {
      const before = { kind: 'position', position: retracted.position - 1n } as const;
      earlier = this.runner.refolding.historicalState
        .at(callStatus, this.now.pairId, before)
        .then(({ state }) => byEvent(state));
      this.earlier.set(retracted.id, earlier);
    }
    return (await earlier).get(event.id) ?? [];
  }

  /** The home pool of an agent, also of one whose registration was retracted. */
  readonly homePoolOf = (stream: string): string | undefined =>
    this.corrections.all.findLast(
      (correction) =>
        correction.stream === stream &&
        describeStream(stream).family === 'agent' &&
        correction.data.eventType === 'AgentRegistered',
    )?.data.pool;
}

const byEvent = ({ consequences }: CallStatusState): ReadonlyMap<string, readonly Consequence[]> =>
  Map.groupBy(consequences, ({ began }) => began.eventId);
