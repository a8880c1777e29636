import { callStream } from '../../../events/streams.js';
import { callView } from '../../../projections/call-status/calls.js';
import { isOnRecordInPart } from '../../../projections/call-status/going-on.js';
import { callHistory } from '../../../projections/call-status/history.js';
import { callIn } from '../../../projections/call-status/state.js';
import type { AnswerOf } from '../../contract/answers.js';
import type { EventStore } from '../../store/port.js';
import type { PositionMoment, Vantage } from '../moment.js';
import type { CallArchive, Calls } from '../projections/calls/call-archive.js';
import type { CallFinder } from '../projections/calls/call-finder.js';
import type { ProjectionRunner } from '../projections/projection-runner.js';
import { Failed, unknown, type Result } from '../result.js';
import { CallsAsItHappened } from './calls-as-it-happened.js';
import type { MomentScope } from './moments.js';
import { parkedBy } from './parked-by.js';
import type { QueryService, ViewQuery } from './query-service.js';

/** A call by its id: an open one from the live state, one that is over from the log. */
export class OneCall {
  private readonly asItHappened: CallsAsItHappened;

  constructor(
    private readonly store: EventStore,
    private readonly runner: ProjectionRunner,
    private readonly archive: CallArchive,
    private readonly finder: CallFinder,
    private readonly service: QueryService,
  ) {
    this.asItHappened = new CallsAsItHappened(service);
  }

  /** One call with its history. */
  async answer(callId: string, query: ViewQuery): Promise<Result<AnswerOf<'call'>>> {
    // Of a moment that is over the sentence is the same for good, whatever is reported later.
    const isPast = query.asOf !== null || (query.at ?? null) !== null;
    const find = async (): Promise<string | Failed> =>
      (await this.finder.everPairOf(callId)) ??
      (isPast ? notYet(callId) : unknownCall(`No call "${callId}" has been reported.`));
    const scope = async (): Promise<MomentScope | Failed> => {
      const pairId = await find();
      return pairId instanceof Failed ? pairId : { pairId, fqdn: null };
    };
    return await this.service.answer(
      query,
      async (at) => {
        const pairId = await find();
        if (pairId instanceof Failed) return pairId;
        const found = await this.callIn(pairId, callId, at, query);
        if (found !== null) return found;
        // Its id may have been given to another call since, of another pair.
        const former = at === null ? null : this.finder.formerPairOf(callId, pairId);
        const then = former === null ? null : await this.callIn(former, callId, at, query);
        return then ?? notYet(callId);
      },
      scope,
    );
  }

  /** Null where nothing is on record of it at the moment. */
  private async callIn(pairId: string, callId: string, at: Vantage | null, query: ViewQuery) {
    if (at?.happened !== undefined) {
      const vantage = { place: at.happened.place, asOf: at.position };
      return await this.asItHappened.call(pairId, callId, vantage, query);
    }
    const { state, position } = await this.callsAt(pairId, callId, at);
    const call = callView(state, callId);
    if (call === null) return null;
    const stored = (await this.store.readStream(callStream(pairId, callId))).filter(
      (event) => event.position <= position,
    );
    const corrections = await this.archive.correctionsAt({ kind: 'position', position });
    const history = callHistory(state, callId, this.archive.understood(pairId, stored, corrections));
    const alsoInPairs = at === null ? this.finder.alsoOpenIn(callId, pairId) : [];
    return {
      view: { ...call, history, ...(alsoInPairs.length === 0 ? {} : { alsoInPairs }) },
      version: position,
      position,
      staleness: parkedBy(this.runner.state.viewsOf(pairId).callStatus, this.endOf(at)),
    };
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

  private endOf(at: PositionMoment | null): bigint {
    return at?.position ?? this.runner.state.position;
  }
}

const notYet = (callId: string): Failed =>
  unknownCall(`No call "${callId}" had been reported at that moment.`);

const unknownCall = (detail: string): Failed => unknown([{ pointer: '/callId', detail }]);
