import { identifierPattern } from '../../../policy/ids.js';
import { few } from '../../../policy/texts/few.js';
import { formerNamesAt } from '../../../facts/former-names.js';
import { callList, type CallFilter } from '../../../projections/call-status/calls.js';
import { groupNamesLike, groupsMeant } from '../../../projections/call-status/group-names.js';
import { isInPart } from '../../../projections/call-status/going-on.js';
import type { CallStatusState } from '../../../projections/call-status/state.js';
import type { AnswerOf } from '../../contract/answers.js';
import type { EarlierPairs } from '../../contract/words.js';
import type { EventStore } from '../../store/port.js';
import type { AskedMoment, PositionMoment } from '../moment.js';
import type { CallArchive } from '../projections/calls/call-archive.js';
import type { CallFinder } from '../projections/calls/call-finder.js';
import type { ProjectionRunner } from '../projections/projection-runner.js';
import type { PairBeginnings } from '../projections/state/pair-beginnings.js';
import type { ProjectionInstance } from '../projections/state/projection-instance.js';
import { Failed, invalid, Ok, type Result } from '../result.js';
import { notYetRegistered } from './answer.js';
import { earlierPairsOf } from './earlier-pairs.js';
import { parkedBy } from './parked-by.js';
import { CallPages, type Since } from './call-pages.js';
import { CallsAsItHappened } from './calls-as-it-happened.js';
import { OneCall } from './one-call.js';
import type { QueryService, ViewQuery } from './query-service.js';

/** How far the clocks of reporters, instances and stores may be apart, in milliseconds. */
const CLOCKS_APART = 300_000;

/** What calls are asked for with: a response group by its id or its name, and moments however they are named. */
export type AskedCalls = Omit<CallFilter, 'responseGroup' | 'from' | 'to'> & {
  readonly responseGroup?: string;
  readonly from?: AskedMoment;
  readonly to?: AskedMoment;
};

/** Single calls and pages of them: open ones from the live state, those that are over from the log. */
export class CallQueries {
  private readonly pages: CallPages;
  private readonly asItHappened: CallsAsItHappened;
  private readonly single: OneCall;

  constructor(
    store: EventStore,
    private readonly runner: ProjectionRunner,
    archive: CallArchive,
    finder: CallFinder,
    private readonly service: QueryService,
    private readonly beginnings: PairBeginnings,
  ) {
    this.pages = new CallPages(store, archive, beginnings);
    this.asItHappened = new CallsAsItHappened(service);
    this.single = new OneCall(store, runner, archive, finder, service);
  }

  /**
   * Calls of the response groups that a pool owns. `next` is the position of the last call on the page.
   * @param asked its `responseGroup` is an id or a name
   */
  async list(fqdn: string, query: ViewQuery, asked: AskedCalls): Promise<Result<AnswerOf<'calls'>>> {
    const filter = await this.filterOf(fqdn, asked, query);
    if (filter instanceof Failed) return filter;
    const listed = await this.listed(fqdn, query, filter);
    if (listed instanceof Failed || 'stage' in listed.value) return listed;
    return new Ok({ ...listed.value, ...(await this.earlierPairsOf(fqdn, query)) }, listed.version);
  }

  private async listed(
    fqdn: string,
    query: ViewQuery,
    filter: CallFilter,
  ): Promise<Result<AnswerOf<'calls'>>> {
    if ((query.at ?? null) !== null) return await this.listAsItHappened(fqdn, query, filter);
    return (filter.status === 'in-progress' || filter.status === 'connected') && !this.hasCallsInPart(fqdn)
      ? await this.service.ofPool(
          fqdn,
          query,
          (views) => views.callStatus,
          (state) => callList(state, fqdn, filter) ?? notYetRegistered(fqdn),
        )
      : await this.listFromLog(fqdn, query, filter);
  }

  /** Calls do not move along with a pool: each is listed in the pair in which it arrived. */
  private async earlierPairsOf(fqdn: string, query: ViewQuery): Promise<EarlierPairs> {
    const { state } = this.runner.state.directory;
    // Of nearly every pool there are none, and its moment is not looked up a second time.
    if (!state.formerPairs.has(fqdn)) return {};
    const sight = await this.service.sights.of(query, () => this.service.scopeOf(fqdn));
    if (sight instanceof Failed) return {};
    const found = this.service.pairOf(fqdn, sight.vantage);
    return found instanceof Failed ? {} : earlierPairsOf(state, fqdn, found.pairId, sight.vantage);
  }

  /** Why there would be no page; null where there would be one. */
  async refusal(fqdn: string, query: ViewQuery): Promise<Failed | null> {
    return await this.service.refusal(fqdn, query);
  }

  /** One call with its history. */
  async call(callId: string, query: ViewQuery): Promise<Result<AnswerOf<'call'>>> {
    return await this.single.answer(callId, query);
  }

  /** A text that is no name of a response group, and that the API gives none as its id, is a mistake. */
  private async filterOf(
    fqdn: string,
    { responseGroup, from, to, ...rest }: AskedCalls,
    query: ViewQuery,
  ): Promise<CallFilter | Failed> {
    const span = await this.service.sights.spanOf({ from, to }, query, () => this.service.scopeOf(fqdn));
    if (span instanceof Failed) return span;
    const filter = { ...rest, ...span };
    if (responseGroup === undefined) return filter;
    const found = this.service.pairOf(fqdn);
    const pair = found instanceof Failed ? null : found.views.pair.state;
    const meant = pair === null ? [] : groupsMeant(pair, fqdn, responseGroup);
    if (meant.length > 0) return { ...filter, responseGroup: meant };
    if (pair === null || identifierPattern.test(responseGroup)) return { ...filter, responseGroup };
    const known = few(groupNamesLike(pair, fqdn, responseGroup), { word: (name) => `"${name}"` });
    return invalid([
      {
        pointer: '/responseGroup',
        detail: `No response group of ${fqdn} has the id or the name "${responseGroup}"; there are ${known || 'none'}.`,
      },
    ]);
  }

  /** Whether some open calls are on record by another event than their arrival. */
  private hasCallsInPart(fqdn: string): boolean {
    const found = this.service.pairOf(fqdn);
    if (found instanceof Failed) return false;
    const { callStatus } = found.views;
    return !callStatus.corrupted && callStatus.state.calls.values().some(isInPart);
  }

  private async listAsItHappened(
    fqdn: string,
    query: ViewQuery,
    filter: CallFilter,
  ): Promise<Result<AnswerOf<'calls'>>> {
    return await this.service.answer(
      query,
      async (at) => {
        const found = this.service.pairOf(fqdn, at);
        if (found instanceof Failed) return found;
        const vantage = { place: at?.happened?.place ?? 0n, asOf: this.endOf(at) };
        return await this.asItHappened.list(found.pairId, fqdn, vantage, filter, query);
      },
      () => this.service.scopeOf(fqdn),
    );
  }

  private async listFromLog(
    fqdn: string,
    query: ViewQuery,
    filter: CallFilter,
  ): Promise<Result<AnswerOf<'calls'>>> {
    return await this.service.answer(
      query,
      async (at) => {
        const found = this.service.pairOf(fqdn, at);
        if (found instanceof Failed) return found;
        const { pairId, views } = found;
        const live = views.callStatus;
        const { position: version } = live.checkpoint;
        const position = this.endOf(at);
        const isRegistered = await this.isRegistered(pairId, position);
        const formerly = formerNamesAt(views.pair.state, fqdn, position);
        const since = isRegistered ? await this.sinceOf(filter, position, live, query) : null;
        const view = isRegistered
          ? await this.service.dearly(
              ['calls', fqdn, position, filter],
              (signal) => this.pages.page({ pairId, fqdn, formerly, upTo: position, since }, filter, signal),
              query.requester,
            )
          : notYetRegistered(fqdn);
        return {
          view,
          version: at === null ? version : position,
          position,
          staleness: parkedBy(live, position),
        };
      },
      () => this.service.scopeOf(fqdn),
    );
  }

  /**
   * Where to begin to look for calls that were not over at a time: nothing is recorded before it happens, so whatever was
   * over by what was recorded then is over. Null where the clock of the log does not tell.
   */
  private async sinceOf(
    { from }: CallFilter,
    upTo: bigint,
    live: ProjectionInstance<CallStatusState>,
    query: ViewQuery,
  ): Promise<Since | null> {
    if (from === undefined) return null;
    const { times } = this.runner;
    const time = new Date(Date.parse(from) - CLOCKS_APART).toISOString();
    const recorded = await times.positionOf({ kind: 'time', time });
    if (await times.cannotTell({ kind: 'time', time }, recorded)) return null;
    const at: PositionMoment = recorded.position < upTo ? recorded : { kind: 'position', position: upTo };
    // What was over by what was known then may not be over by what is known now.
    if (await this.runner.corrections.isCorrectedBetween(live, at.position, upTo)) return null;
    const { state } = await this.service.atMoment(at, live, query);
    return state.pair === null ? null : { position: at.position, open: [...state.calls.values()] };
  }

  private async isRegistered(pairId: string, by: bigint): Promise<boolean> {
    const registration = await this.beginnings.registration(pairId);
    return registration !== null && registration <= by;
  }

  private endOf(at: PositionMoment | null): bigint {
    return at?.position ?? this.runner.state.position;
  }
}
