import type { JsonObject } from '../../../events/envelope.js';
import { callStream, pairStream } from '../../../events/streams.js';
import { callList, callView, type CallFilter } from '../../../projections/call-status/calls.js';
import { callHistory } from '../../../projections/call-status/history.js';
import { callIn } from '../../../projections/call-status/state.js';
import type { EventStore } from '../../store/port.js';
import type { ProjectionRunner } from '../projections/projection-runner.js';
import { isAfter, type Moment } from '../moment.js';
import { unknownProblem, type Reply } from '../reply.js';
import type { AnyProjectionInstance } from '../projections/state/projection-instance.js';
import type { HistoricalState } from '../projections/state/historical-state.js';
import type { Calls, CallArchive } from '../projections/calls/call-archive.js';
import type { CallFinder } from '../projections/calls/call-finder.js';
import { CallPages } from './call-pages.js';
import { json, noSuchPool, notYetRegistered } from './pool-queries.js';
import { staleness, withStaleness } from './staleness.js';
import type { QueryService, ViewQuery } from './query-service.js';

/** Single calls and pages of them: open ones from the live state, those that are over from the log. */
export class CallQueries {
  private readonly pages: CallPages;

  constructor(
    private readonly store: EventStore,
    private readonly runner: ProjectionRunner,
    private readonly historicalState: HistoricalState,
    private readonly archive: CallArchive,
    private readonly finder: CallFinder,
    private readonly service: QueryService,
  ) {
    this.pages = new CallPages(store, archive);
  }

  /** Calls of the response groups that a pool owns. */
  async list(fqdn: string, query: ViewQuery, filter: CallFilter): Promise<Reply> {
    return await this.service.answer(query, async () => {
      const { state } = this.runner;
      const pairId = state.pairIdOfPool.get(fqdn);
      const live = pairId === undefined ? undefined : state.pairs.get(pairId)?.callStatus;
      if (pairId === undefined || live === undefined) return noSuchPool(fqdn);
      const { asOf } = query;
      if (filter.status === 'in-progress' || filter.status === 'connected') {
        const instance = asOf === null ? live : await this.historicalState.at(live.projection, pairId, asOf);
        const { position } = instance.checkpoint;
        const body = json(callList(instance.state, fqdn, filter) ?? notYetRegistered(fqdn)) as JsonObject;
        const answer = { body, etag: position, ...(asOf === null ? {} : { position }) };
        return withStaleness(answer, staleness(instance));
      }
      const { position: etag } = live.checkpoint;
      const upTo = asOf === null ? state.position : await this.positionOf(asOf);
      const page = (await this.isRegistered(pairId, upTo))
        ? await this.pages.page(pairId, fqdn, filter, upTo)
        : notYetRegistered(fqdn);
      const body = json(page) as JsonObject;
      const answer = asOf === null ? { body, etag } : { body, etag: upTo, position: upTo };
      return withStaleness(answer, parkedBy(live, upTo));
    });
  }

  /** One call with its history. */
  async call(callId: string, query: ViewQuery): Promise<Reply> {
    return await this.service.answer(query, async () => {
      const { asOf } = query;
      const missing = (detail: string): Reply => unknownProblem([{ pointer: '/callId', detail }]);
      const pairId = await this.finder.pairOf(callId);
      if (pairId === null) return missing(`No call "${callId}" has been reported.`);
      const { state, position } = await this.callsAt(pairId, callId, asOf);
      const call = callView(state, callId);
      if (call === null) return missing(`No call "${callId}" had been reported at that moment.`);
      const stored = (await this.store.readStream(callStream(pairId, callId))).filter((event) =>
        asOf === null ? event.position <= position : !isAfter(asOf, event),
      );
      const facts = this.archive.understood(pairId, stored);
      const alsoInPairs = this.finder.alsoOpenIn(callId, pairId);
      const body = json({
        ...call,
        history: callHistory(state, callId, facts),
        ...(alsoInPairs.length === 0 ? {} : { alsoInPairs }),
      }) as JsonObject;
      const answer = { body, etag: position, ...(asOf === null ? {} : { position }) };
      const upTo = asOf === null ? this.runner.state.position : await this.positionOf(asOf);
      return withStaleness(answer, parkedBy(this.runner.state.viewsOf(pairId).callStatus, upTo));
    });
  }

  private async callsAt(pairId: string, callId: string, asOf: Moment | null): Promise<Calls> {
    const live = this.runner.state.viewsOf(pairId).callStatus;
    if (asOf === null && live.staleVersion === null && callIn(live.state, callId) !== undefined) {
      return { state: live.state, position: live.checkpoint.position };
    }
    return asOf === null
      ? await this.archive.now(pairId, callId)
      : await this.archive.read(pairId, [callId], asOf);
  }

  private async isRegistered(pairId: string, by: bigint): Promise<boolean> {
    const [registration] = await this.store.readStream(pairStream(pairId), { maxCount: 1 });
    return registration !== undefined && registration.position <= by;
  }

  /** Where the store cannot tell, by the fold of the pair. */
  private async positionOf(asOf: Moment): Promise<bigint> {
    const moment = await this.historicalState.positionOf(asOf);
    if (moment.kind === 'position') return moment.position;
    let position = 0n;
    for await (const page of this.store.readAll()) {
      for (const event of page) {
        if (isAfter(moment, event)) return position;
        position = event.position;
      }
    }
    return position;
  }
}

/** What is read back from the log is never stale, and is parked only where the moment lies beyond. */
function parkedBy(live: AnyProjectionInstance, upTo: bigint): JsonObject {
  const { parked = null } = staleness(live);
  const [first] = live.parked.values();
  return parked === null || first === undefined || first.event.position > upTo ? {} : { parked };
}
