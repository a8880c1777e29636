import { CallOrder, goesOn } from '../../../../projections/histories/call-order.js';
import { contradictionOf } from '../../../../projections/histories/contradictions.js';
import type { Folded, HistoryFold } from '../../../../projections/histories/history-fold.js';
import {
  asItHappened,
  eventsUpTo,
  factsIn,
  inPlace,
  type HistoryEvent,
} from '../../../../projections/histories/history.js';
import { logPositionOf } from '../../../../events/places.js';
import { isCorrection } from '../../../../facts/in-force.js';
import type { Turns } from '../../../store/turns.js';
import { Checkpoints } from './checkpoints.js';

/** States are kept along a history this many events apart at least, and this many of them at most. */
export interface Spacing {
  readonly events: number;
  readonly states: number;
}

const usualSpacing: Spacing = { events: 500, states: 60 };

/** From where a history is seen. */
export interface HistoryVantage {
  /** The last place that is in sight. */
  readonly place: bigint;
  /** What was known: the last position in the log that counts. */
  readonly asOf: bigint;
}

/** How a history is walked by a fold. */
interface Walk<State extends Folded> {
  readonly fold: HistoryFold<State>;
  readonly events: readonly HistoryEvent[];
  readonly order: CallOrder;
  /** How many events are folded. */
  readonly end: number;
  /** From which it may begin; null where none are of this fold, or where other facts are in force. */
  readonly checkpoints: Checkpoints<State> | null;
  /** Whether states are kept along the way. */
  readonly keeps: boolean;
  readonly asOf: bigint;
  readonly isWanted: (event: HistoryEvent) => boolean;
}

const everything = (): boolean => true;

/**
 * A history as it happened that grows with the log, with states kept along it. What is appended mostly comes last in both
 * orders: then it is folded on from where it was.
 */
export class FoldedHistory<State extends Folded> {
  /** In the order of the log. */
  private readonly recorded: HistoryEvent[] = [];
  private happened: HistoryEvent[] = [];
  private order = new CallOrder();
  private readonly wentOn = new Set<string>();
  private hasCorrections = false;
  private readonly checkpoints: Checkpoints<State>;
  /** Why the fold has to do without some events, by their ids. */
  private readonly skipped = new Map<string, string>();

  /** @param discarded ids of events that are left out */
  constructor(
    private readonly fold: HistoryFold<State>,
    private readonly discarded: ReadonlySet<string>,
    private readonly spacing = usualSpacing,
  ) {
    this.checkpoints = new Checkpoints(fold.copy);
  }

  /** How many events it holds. */
  get size(): number {
    return this.recorded.length;
  }

  /** In the order of the log. */
  get events(): readonly HistoryEvent[] {
    return this.recorded;
  }

  /** The position in the log of the last event that was recorded up to another; 0 where there is none. */
  lastUpTo(position: bigint): bigint {
    return this.recorded[eventsUpTo(this.recorded, position) - 1]?.position ?? 0n;
  }

  /** The fold does without an event. */
  skip(event: Pick<HistoryEvent, 'id'>, why: string): void {
    this.skipped.set(event.id, why);
  }

  /** The facts that were known as of a position, in the order in which they happened. */
  happenedAsOf(asOf: bigint): readonly HistoryEvent[] {
    return asOf >= (this.recorded.at(-1)?.position ?? 0n)
      ? this.happened
      : asItHappened(this.recorded.slice(0, eventsUpTo(this.recorded, asOf))).events;
  }

  /** The order of the calls among the facts that were known as of a position. */
  callsAsOf(asOf: bigint): CallOrder {
    const events = this.happenedAsOf(asOf);
    return events === this.happened ? this.order : new CallOrder(events);
  }

  /** Why the folds do without an event; null where they have it. */
  whyLeftOut({ id }: Pick<HistoryEvent, 'id'>): string | null {
    return this.discarded.has(id) ? 'It was discarded.' : (this.skipped.get(id) ?? null);
  }

  /** Takes the next events of the log. */
  add(events: readonly HistoryEvent[]): void {
    if (events.length === 0) return;
    for (const event of events) this.recorded.push(event);
    this.hasCorrections ||= events.some(isCorrection);
    const late = this.hasCorrections || !this.followAll(events);
    if (late) this.sortAll();
    this.noteCallsThatWentOn(events);
  }

  /** The state as seen from a vantage; it belongs to the caller. @throws the reason of the aborted signal */
  async at(vantage: HistoryVantage, turns: Turns): Promise<State> {
    return await this.foldedBy(this.fold, vantage, turns, this.checkpoints);
  }

  /** The same by another fold, from the beginning on where it has no states along the history. */
  async foldedBy<Other extends Folded>(
    fold: HistoryFold<Other>,
    vantage: HistoryVantage,
    turns: Turns,
    checkpoints: Checkpoints<Other> | null = null,
    isWanted: (event: HistoryEvent) => boolean = everything,
  ): Promise<Other> {
    for (;;) {
      const events = this.happenedAsOf(vantage.asOf);
      const isWhole = events === this.happened;
      const walk = {
        fold,
        events,
        order: isWhole ? this.order : new CallOrder(events),
        end: eventsUpTo(events, vantage.place),
        checkpoints: isWhole || !this.hasCorrections ? checkpoints : null,
        keeps: isWhole,
        asOf: vantage.asOf,
        isWanted,
      };
      const state = await this.walked(walk, turns);
      if (state !== null) return state;
      // The fold gave up at an event and may have applied half of it: it begins again, and does without.
    }
  }

  /** Null where an event could not be folded, which is skipped from now on. */
  private async walked<Other extends Folded>(walk: Walk<Other>, turns: Turns): Promise<Other | null> {
    const { fold, events, order, end, checkpoints, keeps, asOf, isWanted } = walk;
    const from = checkpoints?.before(end, asOf) ?? null;
    const state = from === null ? fold.initial(this.wentOn) : fold.copy(from.state);
    const spacing = Math.max(this.spacing.events, Math.ceil(events.length / this.spacing.states));
    let latest = from?.latest ?? 0n;
    for (let index = from?.index ?? 0; index < end; index += 1) {
      if (turns.isOver) await turns.next();
      const event = events[index];
      if (event === undefined) break;
      if (isWanted(event) && !this.next(fold, state, event, order)) return null;
      const position = logPositionOf(event.position);
      if (position > latest) latest = position;
      if (keeps && (index + 1) % spacing === 0) checkpoints?.keep({ index: index + 1, latest, state });
    }
    return state;
  }

  private next<Other extends Folded>(
    fold: HistoryFold<Other>,
    state: Other,
    event: HistoryEvent,
    order: CallOrder,
  ): boolean {
    if (this.discarded.has(event.id)) return true;
    const skipped = this.skipped.get(event.id);
    if (skipped !== undefined) {
      state.contradicted.push(contradictionOf(event, skipped));
      return true;
    }
    try {
      fold.next(state, event, order);
      return true;
    } catch (error) {
      this.skip(event, `It could not be folded: ${error instanceof Error ? error.message : String(error)}`);
      return false;
    }
  }

  /** Whether all of these follow what is there. */
  private followAll(events: readonly HistoryEvent[]): boolean {
    const placed = factsIn(events).map(inPlace);
    let last = this.happened.at(-1)?.position ?? 0n;
    for (const { position } of placed) {
      if (position < last) return false;
      last = position;
    }
    for (const event of placed) {
      this.happened.push(event);
      this.order.add(event);
    }
    return true;
  }

  private sortAll(): void {
    const before = this.happened;
    const after = [...asItHappened(this.recorded).events];
    let same = 0;
    while (same < before.length && before[same]?.position === after[same]?.position) same += 1;
    this.checkpoints.dropFrom(same);
    this.happened = after;
    this.order = new CallOrder(after);
  }

  /** The states have to hold on to such calls from their arrival on. */
  private noteCallsThatWentOn(events: readonly HistoryEvent[]): void {
    for (const event of events) {
      if (!goesOn(event) || this.wentOn.has(event.data.callId)) continue;
      this.wentOn.add(event.data.callId);
      const arrival = this.order.arrivalOf(event.stream);
      if (arrival !== null) this.checkpoints.dropFrom(eventsUpTo(this.happened, arrival) - 1);
    }
  }
}
