import { isInPlaceOfStruck } from '../../../facts/in-force.js';
import type { CallOrder } from '../../../projections/histories/call-order.js';
import { eventsUpTo, type HistoryEvent } from '../../../projections/histories/history.js';
import type { HistoryState } from '../../../projections/histories/fold.js';
import {
  configurationDifferences,
  configurationOf,
} from '../../../projections/differences/configurations.js';
import { diffBetween, EventCollector } from '../../../projections/diff/diff.js';
import type { ReplayStep } from '../../../projections/replay/step.js';
import { ReplayWalk } from '../../../projections/replay/walk.js';
import { viewSetOf } from '../../../projections/view-set/view-set.js';
import type { AnswerOf } from '../../contract/answers.js';
import { Turns } from '../../store/turns.js';
import type { DearRequests } from '../dear-requests.js';
import type { HappenedMoment } from '../moment.js';
import type { Requester } from '../requester.js';
import { Failed, invalid, Ok, type Result } from '../result.js';
import { contradictedIn } from './answer.js';
import { endedIn, lastOf, type EndOfPool } from './end-of-pool.js';
import type { QueryService } from './query-service.js';
import type { Replay, TimeRange } from './range-queries.js';
import { timeOf } from './sights.js';

/** A range of a history. */
interface Bounds {
  readonly pairId: string;
  readonly from: HappenedMoment;
  /** Null: to the end. */
  readonly to: HappenedMoment | null;
  /** What is known: the last position in the log, or the last of a pool whose place another took. */
  readonly asOf: bigint;
  readonly last: EndOfPool | null;
}

/** The facts of a range, and the state before them. */
interface Between {
  readonly before: HistoryState;
  readonly events: readonly HistoryEvent[];
  readonly calls: CallOrder;
  readonly whyLeftOut: (event: HistoryEvent) => string | null;
}

const STEPS_PER_PAGE = 500;

/** The same between two moments of what happened, by what is known now. */
export class RangesAsTheyHappened {
  constructor(
    private readonly service: QueryService,
    private readonly streams: DearRequests,
    /** What is known now: the last position in the log. */
    private readonly known: () => bigint,
  ) {}

  async diff(fqdn: string, range: TimeRange): Promise<Result<AnswerOf<'diff'>>> {
    const bounds = await this.boundsOf(fqdn, range);
    if (bounds instanceof Failed) return bounds;
    const { from, to, asOf } = bounds;
    const { known, ...differences } = await this.service.dearly(
      ['diff as it happened', fqdn, from.place, to?.place ?? null, asOf],
      (signal) => this.differences(fqdn, bounds, signal),
      range.requester,
    );
    const answer = { position: String(asOf), ...differences, ...endedIn(bounds.last) };
    return new Ok(answer, `happened-${known}${bounds.last === null ? '' : '-ended'}`);
  }

  async replay(fqdn: string, range: TimeRange): Promise<Result<Replay>> {
    const bounds = await this.boundsOf(fqdn, range);
    if (bounds instanceof Failed) return bounds;
    const { requester } = range;
    return await this.streams.stream(async () => {
      const between = await this.between(bounds, requester?.signal);
      return new Ok(steps(fqdn, between, requester));
    }, requester);
  }

  /** Why there would be no answer; null where there would be one. */
  async refusal(fqdn: string, range: TimeRange): Promise<Failed | null> {
    const bounds = await this.boundsOf(fqdn, range);
    return bounds instanceof Failed ? bounds : null;
  }

  private async differences(fqdn: string, bounds: Bounds, signal: AbortSignal) {
    const { pairId, from, asOf } = bounds;
    return await this.service.histories.pairs.use(pairId, signal, async (history, turns) => {
      const facts = history.happenedAsOf(asOf);
      const last = facts.at(-1);
      const end = bounds.to ?? { place: last?.position ?? 0n, time: last?.metadata.occurredAt ?? null };
      const before = await history.at({ place: from.place, asOf }, turns);
      const after = await history.at({ place: end.place, asOf }, turns);
      const events = new EventCollector();
      const between = facts.slice(eventsUpTo(facts, from.place), eventsUpTo(facts, end.place));
      for (const event of between) if (!isInPlaceOfStruck(event)) events.add(event);
      const ids = new Set(between.map(({ id }) => id));
      const [then, now] = [configurationOf(before.calls.pair), configurationOf(after.calls.pair)];
      return {
        known: history.lastUpTo(asOf),
        from: timeOf(from),
        to: timeOf(end),
        ...diffBetween(
          fqdn,
          viewSetOf(before.calls, fqdn),
          viewSetOf(after.calls, fqdn),
          events.collected(),
          configurationDifferences(then, now),
        ),
        ...contradictedIn(after.contradicted.filter(({ event }) => ids.has(event))),
      };
    });
  }

  private async between({ pairId, from, to, asOf }: Bounds, signal?: AbortSignal): Promise<Between> {
    return await this.service.histories.pairs.use(pairId, signal, async (history, turns) => {
      const before = await history.at({ place: from.place, asOf }, turns);
      const facts = history.happenedAsOf(asOf);
      const end = to === null ? facts.length : eventsUpTo(facts, to.place);
      return {
        before,
        events: facts.slice(eventsUpTo(facts, from.place), end),
        calls: history.callsAsOf(asOf),
        whyLeftOut: (event) => history.whyLeftOut(event),
      };
    });
  }

  private async boundsOf(fqdn: string, { from, to, minPosition }: TimeRange): Promise<Bounds | Failed> {
    const late = await this.service.freshness.waitFor(minPosition);
    if (late !== null) return late;
    const asOf = this.known();
    const found = this.service.pairOf(fqdn);
    if (found instanceof Failed) return found;
    const { sights } = this.service;
    const scope = () => this.service.scopeOf(fqdn);
    const begin = await sights.happened('from', from, scope, asOf);
    if (begin instanceof Failed) return begin;
    const end = to === null ? null : await sights.happened('to', to, scope, asOf);
    if (end instanceof Failed) return end;
    if (end !== null && begin.place > end.place) return reversedMoments(timeOf(begin), timeOf(end));
    const { pairId } = found;
    const last = this.service.endOf(fqdn);
    return last === null || (end !== null && timeOf(end) < last.untilTime)
      ? { pairId, from: begin, to: end, asOf, last: null }
      : { pairId, from: begin, to: end, asOf: lastOf(last, null).position, last };
  }
}

async function* steps(
  fqdn: string,
  { before, events, calls, whyLeftOut }: Between,
  requester?: Requester,
): AsyncGenerator<readonly ReplayStep[]> {
  const turns = new Turns(requester?.signal);
  const walk = new ReplayWalk(before.calls, fqdn);
  let page: ReplayStep[] = [];
  for (const event of events) {
    if (page.length >= STEPS_PER_PAGE || turns.isOver) {
      yield page;
      page = [];
      await turns.next();
    }
    const step = walk.stepAsItHappened(event, calls, whyLeftOut(event));
    if (!isInPlaceOfStruck(event)) page.push(step);
  }
  yield page;
}

export const reversedMoments = (from: string, to: string): Failed =>
  invalid([
    { pointer: '/from', detail: `${from} lies after ${to}; allowed: up to /to.` },
    { pointer: '/to', detail: `${to} lies before ${from}; allowed: /from or later.` },
  ]);
