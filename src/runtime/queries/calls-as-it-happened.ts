import { logPositionOf } from '../../../events/places.js';
import { callStream, describeStream } from '../../../events/streams.js';
import { callList, callView, type CallFilter } from '../../../projections/call-status/calls.js';
import { callHistory } from '../../../projections/call-status/history.js';
import { historyOfAllCalls, type HistoryState } from '../../../projections/histories/fold.js';
import { eventsUpTo, type HistoryEvent } from '../../../projections/histories/history.js';
import type { HistoryVantage } from '../projections/histories/folded-history.js';
import { contradictedIn, notYetRegistered } from './answer.js';
import type { QueryService, ViewQuery } from './query-service.js';

/** Calls at a moment of what happened: all of them are folded, also those that are over. */
export class CallsAsItHappened {
  constructor(private readonly service: QueryService) {}

  /** Pages follow the order of arrival. `next` is the position in the log of the last call on the page. */
  async list(
    pairId: string,
    fqdn: string,
    vantage: HistoryVantage,
    { after, ...filter }: CallFilter,
    { requester }: ViewQuery,
  ) {
    const { state, known } = await this.fold(pairId, vantage, requester);
    const last = after === undefined ? undefined : placeOfCall(state, after);
    const page = callList(state.calls, fqdn, { ...filter, ...(last === undefined ? {} : { after: last }) });
    const next = page?.next ?? null;
    return {
      view:
        page === null
          ? notYetRegistered(fqdn)
          : { ...page, next: next === null ? null : String(logPositionOf(BigInt(next))) },
      version: known,
      position: known,
      staleness: contradictedIn(state.contradicted),
    };
  }

  /** Null where it had not arrived. */
  async call(pairId: string, callId: string, vantage: HistoryVantage, { requester }: ViewQuery) {
    const stream = callStream(pairId, callId);
    const isWanted = (event: HistoryEvent): boolean =>
      event.stream === stream || describeStream(event.stream).family === 'pair';
    const { state, known, events } = await this.fold(pairId, vantage, requester, stream, isWanted);
    const call = callView(state.calls, callId);
    if (call === null) return null;
    const ofCall = state.contradicted.filter((one) => one.stream === stream);
    return {
      view: { ...call, history: callHistory(state.calls, callId, events) },
      version: known,
      position: known,
      staleness: contradictedIn(ofCall),
    };
  }

  /** @param stream of which the events are given back */
  private async fold(
    pairId: string,
    vantage: HistoryVantage,
    requester: ViewQuery['requester'],
    stream: string | null = null,
    isWanted?: (event: HistoryEvent) => boolean,
  ): Promise<FoldedCalls> {
    return await this.service.dearly(
      ['calls as they happened', pairId, vantage.place, vantage.asOf, stream],
      (signal) =>
        this.service.histories.pairs.use(pairId, signal, async (history, turns) => {
          const state = await history.foldedBy(historyOfAllCalls, vantage, turns, null, isWanted);
          const facts = history.happenedAsOf(vantage.asOf);
          const events = facts
            .slice(0, eventsUpTo(facts, vantage.place))
            .filter((event) => event.stream === stream);
          return { state, known: history.lastUpTo(vantage.asOf), events };
        }),
      requester,
    );
  }
}

interface FoldedCalls {
  readonly state: HistoryState;
  /** Position of the last fact that was known. */
  readonly known: bigint;
  readonly events: readonly HistoryEvent[];
}

/** The place of the call that a position in the log brought; of none, where it has left the history since. */
function placeOfCall({ calls }: HistoryState, position: bigint): bigint | undefined {
  for (const call of calls.calls.values())
    if (logPositionOf(call.position) === position) return call.position;
  return undefined;
}
