import type { EventRetracted } from '../../../events/correction.js';
import type { Recorded } from '../../../events/envelope.js';
import type { PoolkeeperEvent } from '../../../events/registry.js';
import type { Corrections } from '../../../facts/in-force.js';
import { callStatus } from '../../../projections/call-status/fold.js';
import type { KeptChanges } from '../../../projections/pair/changes.js';
import { pair, type PairState } from '../../../projections/pair/fold.js';
import type { CallStatusState, Consequence } from '../../../projections/call-status/state.js';
import { consequenceId } from '../../../projections/audit-trail/consequence.js';
import type { StoredEvent } from '../../store/port.js';
import type { PositionMoment } from '../moment.js';
import type { ProjectionRunner } from '../projections/projection-runner.js';

/** What a trail says besides its events goes by what was believed at its end: of incidents, and of calls cut off. */
export class TrailBelief {
  private readonly consequences: ReadonlyMap<string, readonly Consequence[]>;
  /** By the id of a retraction: what was believed before it. */
  private readonly earlier = new Map<string, Promise<Earlier>>();

  private constructor(
    private readonly runner: ProjectionRunner,
    /** The pair as it is now. */
    readonly now: PairState,
    /** Null where the pair had not been registered. */
    private readonly then: PairState | null,
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
    now: PairState,
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
    const { historicalState } = runner.refolding;
    const { state } = await historicalState.at(callStatus, pairId, upTo, signal);
    const then = await historicalState.at(pair, pairId, upTo, signal);
    return new TrailBelief(runner, now, then.state, corrections, state);
  }

  get incidents(): PairState['incidents'] {
    return this.then?.incidents ?? [];
  }

  /** What followed from an event: as is believed, or where it was retracted, as was believed until then. */
  async consequencesOf(
    event: Pick<Recorded<PoolkeeperEvent>, 'id' | 'metadata'>,
  ): Promise<readonly Consequence[]> {
    const { retracted } = this.corrections.of(event);
    if (retracted === null) return this.consequences.get(event.id) ?? [];
    return (await this.before(retracted)).consequences.get(event.id) ?? [];
  }

  /** What is kept of the changes that an event made, likewise. */
  async changesAround(
    event: Pick<Recorded<PoolkeeperEvent>, 'id' | 'metadata'>,
  ): Promise<KeptChanges | undefined> {
    const { retracted } = this.corrections.of(event);
    return retracted === null ? this.then?.changes : (await this.before(retracted)).changes;
  }

  private async before({ id, position }: Recorded<EventRetracted>): Promise<Earlier> {
    let earlier = this.earlier.get(id);
    if (earlier === undefined) {
      earlier = this.read(position - 1n);
      this.earlier.set(id, earlier);
    }
    return await earlier;
  }

  private async read(position: bigint): Promise<Earlier> {
    const { historicalState } = this.runner.refolding;
    const moment = { kind: 'position', position } as const;
    const calls = await historicalState.at(callStatus, this.now.pairId, moment);
    const facts = await historicalState.at(pair, this.now.pairId, moment);
    return { consequences: byEvent(calls.state), changes: facts.state?.changes };
  }
}

interface Earlier {
  readonly consequences: ReadonlyMap<string, readonly Consequence[]>;
  readonly changes: KeptChanges | undefined;
}

const byEvent = ({ consequences }: CallStatusState): ReadonlyMap<string, readonly Consequence[]> =>
  Map.groupBy(consequences, ({ began }) => began.eventId);

/** The ids of the entries that follow from an event, and of those that it brought about. */
export const causesOf = (
  { id }: { readonly id: string },
  derived: readonly unknown[],
  caused: readonly StoredEvent[],
): readonly string[] => [
  ...derived.map((_, index) => consequenceId(id, index + 1)),
  ...caused.map((event) => event.id),
];
