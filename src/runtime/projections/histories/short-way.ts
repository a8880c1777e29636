import { timeOfPlace } from '../../../../events/places.js';
import { callStream, describeStream } from '../../../../events/streams.js';
import { isCorrection } from '../../../../facts/in-force.js';
import { callStatus } from '../../../../projections/call-status/fold.js';
import type { Lateness } from '../../../../projections/call-status/lateness.js';
import type { CallStatusState } from '../../../../projections/call-status/state.js';
import { exports } from '../../../../projections/exports/fold.js';
import { CallOrderAfter, goesOn } from '../../../../projections/histories/call-order.js';
import { historyOfPair, type HistoryState } from '../../../../projections/histories/fold.js';
import { byPosition, inPlace, type HistoryEvent } from '../../../../projections/histories/history.js';
import type { EventStore } from '../../../store/port.js';
import { Turns } from '../../../store/turns.js';
import { decode } from '../../decode.js';
import type { CorrectionIndex } from '../state/correction-index.js';
import { prefixesOf, type HistoricalState } from '../state/historical-state.js';
import type { LiveState } from '../state/live-state.js';
import type { LogTimes } from '../state/log-times.js';
import type { PairBeginnings } from '../state/pair-beginnings.js';
import type { ProjectionInstance } from '../state/projection-instance.js';
import type { HistoryVantage } from './folded-history.js';

/** What the short way is found by. */
export interface Ways {
  readonly store: Pick<EventStore, 'readAll'>;
  readonly live: Pick<LiveState, 'pairs' | 'discards'>;
  readonly times: Pick<LogTimes, 'positionOf'>;
  readonly historicalState: Pick<HistoricalState, 'at' | 'isCorrectedBetween'>;
  readonly corrections: Pick<CorrectionIndex, 'at'>;
  readonly beginnings: Pick<PairBeginnings, 'before'>;
}

export interface ShortAnswer {
  readonly state: HistoryState;
  /** The position of the last event of the pair. */
  readonly position: bigint;
}

/** What a state of the log has to be followed by. */
interface Start {
  /** The state holds nothing that was recorded later. */
  readonly position: bigint;
  /** Up to which position, or time if that comes later, the log has what happened before the moment. */
  readonly lastLate: bigint;
  readonly until: number;
}

const PAGE = 2_000;

/**
 * A state of what happened, from a state of the log: up to where everything was recorded in the order in which it happened
 * the two are the same, and only what comes after is folded. As dear as a view as of a moment where little is late.
 */
export class ShortWay {
  constructor(private readonly ways: Ways) {}

  /**
   * Null where the whole history has to be folded, as it has for what was known in the past.
   * @throws StoreUnavailableError, UnderRepairError, and the reason of the aborted signal
   */
  async at(pairId: string, vantage: HistoryVantage, signal?: AbortSignal): Promise<ShortAnswer | null> {
    const live = this.ways.live.pairs.get(pairId)?.callStatus;
    const lateness = live?.state.lateness ?? null;
    if (live === undefined || lateness === null || vantage.place === 0n || this.isPartial(live)) return null;
    const { position } = live.checkpoint;
    if (position > vantage.asOf) return null;
    const start = await this.startFor(lateness, vantage);
    const calls = await this.callsAsOf(pairId, start.position, vantage, signal);
    if (calls === null) return null;
    const folded = await this.followed(pairId, calls, start, vantage, signal);
    return folded === null ? null : { state: folded, position };
  }

  private isPartial({ parked, staleVersion }: ProjectionInstance<CallStatusState>): boolean {
    const { discards } = this.ways.live;
    const discarded = historyOfPair.standsFor.some((name) => discards.of(name).size > 0);
    return parked.size > 0 || staleVersion !== null || discarded;
  }

  private async startFor(
    { runs, overtaken, ahead }: Lateness,
    { place, asOf }: HistoryVantage,
  ): Promise<Start> {
    const time = timeOfPlace(place);
    const late = runs.filter(({ earliest }) => earliest <= time);
    const inOrder = Math.min(time, ...late.map(({ earliest }) => earliest));
    const moment = { kind: 'time', time: new Date(inOrder - ahead).toISOString() } as const;
    const { position } = await this.ways.times.positionOf(moment);
    return {
      position: position < asOf ? position : asOf,
      lastLate: late.at(-1)?.last ?? 0n,
      until: time + overtaken,
    };
  }

  /** Null where it does not hold all that happened, in that order, as is known now. */
  private async callsAsOf(
    pairId: string,
    position: bigint,
    { place, asOf }: HistoryVantage,
    signal?: AbortSignal,
  ): Promise<CallStatusState | null> {
    const { historicalState } = this.ways;
    const moment = { kind: 'position', position } as const;
    const instance = await historicalState.at(callStatus, pairId, moment, signal);
    const { state, parked } = instance;
    const { lateness } = state;
    if (parked.size > 0 || lateness === null || lateness.runs.length > 0) return null;
    if (lateness.latest > timeOfPlace(place)) return null;
    const known = { kind: 'position', position: asOf } as const;
    return (await historicalState.isCorrectedBetween(instance, moment, known)) ? null : state;
  }

  private async followed(
    pairId: string,
    calls: CallStatusState,
    start: Start,
    vantage: HistoryVantage,
    signal?: AbortSignal,
  ): Promise<HistoryState | null> {
    const turns = new Turns(signal);
    const rest = await this.rest(pairId, start, vantage, turns);
    if (rest === null) return null;
    const order = new CallOrderAfter([...calls.calls.keys()].map((callId) => callStream(pairId, callId)));
    for (const event of rest) order.add(event);
    if (rest.some((event) => describeStream(event.stream).family === 'call' && !order.knows(event)))
      return null;
    const outlines = await this.ways.historicalState.at(
      exports,
      pairId,
      { kind: 'position', position: start.position },
      signal,
    );
    if (outlines.parked.size > 0) return null;
    const state: HistoryState = {
      ...historyOfPair.initial(new Set()),
      calls: Object.assign(calls, { lateness: null }),
      exports: outlines.state,
    };
    for (const event of rest) {
      if (turns.isOver) await turns.next();
      historyOfPair.next(state, event, order);
    }
    return state;
  }

  /** What happened up to the moment and was recorded after the start, in the order in which it happened. */
  private async rest(
    pairId: string,
    { position, lastLate, until }: Start,
    { place, asOf }: HistoryVantage,
    turns: Turns,
  ): Promise<readonly HistoryEvent[] | null> {
    const corrections = await this.ways.corrections.at(asOf);
    const beginning = await this.ways.beginnings.before(pairId);
    const after = position > beginning ? position : beginning;
    const range = {
      streamPrefixes: prefixesOf(historyOfPair.reads, pairId),
      after,
      upTo: asOf,
      pageSize: PAGE,
    };
    const found: HistoryEvent[] = [];
    for await (const page of this.ways.store.readAll(range)) {
      for (const stored of page) {
        if (turns.isOver) await turns.next();
        const counted = corrections.inForce(stored);
        if (counted === null) continue;
        const event = decode(counted);
        if (isCorrection(event)) continue;
        // Such a call has to be held from its arrival on, also where it was cut off.
        if (goesOn(event)) return null;
        const placed = inPlace(event);
        if (placed.position <= place) found.push(placed);
        else if (event.position > lastLate && timeOfPlace(placed.position) > until)
          return found.sort(byPosition);
      }
    }
    return found.sort(byPosition);
  }
}
