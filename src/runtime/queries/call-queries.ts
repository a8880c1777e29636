import { copyKey } from '../../../facts/pair.js';
import { identifierPattern, identifierSentence } from '../../../policy/ids.js';
import { callStream } from '../../../events/streams.js';
import { callList, callView, type CallFilter } from '../../../projections/call-status/calls.js';
import { callHistory } from '../../../projections/call-status/history.js';
import { isOnRecordInPart } from '../../../projections/call-status/going-on.js';
import { callIn } from '../../../projections/call-status/state.js';
import type { AnswerOf } from '../../contract/answers.js';
import type { Staleness } from '../../contract/words.js';
import type { EventStore } from '../../store/port.js';
import type { PositionMoment } from '../moment.js';
import type { Calls, CallArchive } from '../projections/calls/call-archive.js';
import type { CallFinder } from '../projections/calls/call-finder.js';
import type { ProjectionRunner } from '../projections/projection-runner.js';
import type { PairBeginnings } from '../projections/state/pair-beginnings.js';
import type { AnyProjectionInstance } from '../projections/state/projection-instance.js';
import { Failed, invalid, unknown, type Result } from '../result.js';
import { notYetRegistered, stalenessOf } from './answer.js';
import { CallPages } from './call-pages.js';
import type { QueryService, ViewQuery } from './query-service.js';

/** Single calls and pages of them: open ones from the live state, those that are over from the log. */
export class CallQueries {
  private readonly pages: CallPages;

  constructor(
    private readonly store: EventStore,
    private readonly runner: ProjectionRunner,
    private readonly archive: CallArchive,
    private readonly finder: CallFinder,
    private readonly service: QueryService,
    private readonly beginnings: PairBeginnings,
  ) {
    this.pages = new CallPages(store, archive, beginnings);
  }

  /** Calls of the response groups that a pool owns. `next` is the position of the last call on the page. */
  async list(fqdn: string, query: ViewQuery, filter: CallFilter): Promise<Result<AnswerOf<'calls'>>> {
    const mistake = this.idThatNoneHas(fqdn, filter.responseGroup);
    if (mistake !== null) return mistake;
    return filter.status === 'in-progress' || filter.status === 'connected'
      ? await this.service.ofPool(
          fqdn,
          query,
          (views) => views.callStatus,
          (state) => callList(state, fqdn, filter) ?? notYetRegistered(fqdn),
        )
      : await this.listFromLog(fqdn, query, filter);
  }

  /** Why there would be no page; null where there would be one. */
  async refusal(fqdn: string, { minPosition, asOf }: ViewQuery): Promise<Failed | null> {
    return await this.service.refusal(fqdn, minPosition, { asOf });
  }

  /** One call with its history. */
  async call(callId: string, query: ViewQuery): Promise<Result<AnswerOf<'call'>>> {
    return await this.service.answer(query, async (at) => {
      const pairId = await this.finder.pairOf(callId);
      if (pairId === null) return unknownCall(`No call "${callId}" has been reported.`);
      const { state, position } = await this.callsAt(pairId, callId, at);
      const call = callView(state, callId);
      if (call === null) return unknownCall(`No call "${callId}" had been reported at that moment.`);
      const stored = (await this.store.readStream(callStream(pairId, callId))).filter(
        (event) => event.position <= position,
      );
      const history = callHistory(state, callId, this.archive.understood(pairId, stored));
      const alsoInPairs = this.finder.alsoOpenIn(callId, pairId);
      return {
        view: { ...call, history, ...(alsoInPairs.length === 0 ? {} : { alsoInPairs }) },
        version: position,
        position,
        staleness: parkedBy(this.runner.state.viewsOf(pairId).callStatus, this.endOf(at)),
      };
    });
  }

  /** A file may bring a workflow with an id that the API gives none; any other such id is a mistake. */
  private idThatNoneHas(fqdn: string, id: string | undefined): Failed | null {
    if (id === undefined || identifierPattern.test(id)) return null;
    const found = this.service.pairOf(fqdn);
    if (found instanceof Failed) return null;
    const pair = found.views.pair.state;
    const keys = pair?.pools.map((pool) => copyKey(pool.fqdn, 'workflow', id)) ?? [];
    return keys.some((key) => pair?.copies.has(key) === true || pair?.removed.has(key) === true)
      ? null
      : invalid([{ pointer: '/responseGroup', detail: `${identifierSentence}.` }]);
  }

  private async listFromLog(
    fqdn: string,
    query: ViewQuery,
    filter: CallFilter,
  ): Promise<Result<AnswerOf<'calls'>>> {
    return await this.service.answer(query, async (at) => {
      const found = this.service.pairOf(fqdn);
      if (found instanceof Failed) return found;
      const { pairId, views } = found;
      const live = views.callStatus;
      const { position: version } = live.checkpoint;
      const position = this.endOf(at);
      const view = (await this.isRegistered(pairId, position))
        ? await this.service.dearly(
            ['calls', fqdn, position, filter],
            (signal) => this.pages.page(pairId, fqdn, filter, position, signal),
            query.requester,
          )
        : notYetRegistered(fqdn);
      return {
        view,
        version: at === null ? version : position,
        position,
        staleness: parkedBy(live, position),
      };
    });
  }

  private async callsAt(pairId: string, callId: string, at: PositionMoment | null): Promise<Calls> {
    const live = this.runner.state.viewsOf(pairId).callStatus;
    if (
      at === null &&
      live.staleVersion === null &&
      callIn(live.state, callId) !== undefined &&
      !isOnRecordInPart(live.state, callId)
    ) {
      return { state: live.state, position: live.checkpoint.position };
    }
    return at === null
      ? await this.archive.now(pairId, callId)
      : await this.archive.read(pairId, [callId], at);
  }

  private async isRegistered(pairId: string, by: bigint): Promise<boolean> {
    const registration = await this.beginnings.registration(pairId);
    return registration !== null && registration <= by;
  }

  private endOf(at: PositionMoment | null): bigint {
    return at?.position ?? this.runner.state.position;
  }
}

const unknownCall = (detail: string): Failed => unknown([{ pointer: '/callId', detail }]);

/** A state read from the log is never stale, and is parked only if the moment lies after the parked event. */
function parkedBy(live: AnyProjectionInstance, upTo: bigint): Staleness {
  const { parked } = stalenessOf(live);
  const [first] = live.parked.values();
  return parked === undefined || first === undefined || first.event.position > upTo ? {} : { parked };
}
