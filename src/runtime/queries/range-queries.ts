import { isCorrection } from '../../../facts/in-force.js';
import { callStatus } from '../../../projections/call-status/fold.js';
import type { CallStatusState } from '../../../projections/call-status/state.js';
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
import type { EventStore } from '../../store/port.js';
import { momentText, type AskedMoment, type Moment, type PositionMoment } from '../moment.js';
import type { ProjectionRunner } from '../projections/projection-runner.js';
import type { HistoricalState } from '../projections/state/historical-state.js';
import type { ProjectionInstance } from '../projections/state/projection-instance.js';
import type { DearRequests } from '../dear-requests.js';
import type { Requester } from '../requester.js';
import { Failed, Ok, type Result } from '../result.js';
import { endedIn, lastOf, type EndOfPool } from './end-of-pool.js';
import type { QueryService } from './query-service.js';
import { RangesAsTheyHappened, reversedMoments } from './ranges-as-they-happened.js';

/** The events after one moment, up to and including another. */
export interface TimeRange {
  readonly from: AskedMoment;
  /** Null: up to now. */
  readonly to: AskedMoment | null;
  /** By which both moments and the events between them go; `recorded` where absent. */
  readonly order?: 'recorded' | 'happened';
  /** Wait until the views have reached this position. */
  readonly minPosition: bigint | null;
  /** Work for it ends when it goes. */
  readonly requester?: Requester;
}

/** Pages of steps, read from the log on demand. */
export type Replay = AsyncIterable<readonly ReplayStep[]>;

/** A range of a pair's events, and the moment of its end as it was asked for. */
interface Bounds {
  readonly pairId: string;
  readonly from: PositionMoment;
  readonly to: PositionMoment;
  readonly begin: Moment;
  readonly end: Moment;
  /** Where the range goes beyond the last of a pool whose place another took: it ends there. */
  readonly last: EndOfPool | null;
}

/** What happened to a pool between two moments: in sum, or event by event. */
export class RangeQueries {
  private readonly happened: RangesAsTheyHappened;

  constructor(
    private readonly store: EventStore,
    private readonly runner: ProjectionRunner,
    private readonly historicalState: HistoricalState,
    private readonly service: QueryService,
    private readonly streams: DearRequests,
  ) {
    this.happened = new RangesAsTheyHappened(service, streams, () => runner.state.position);
  }

  /** The differences between the two moments, and the events that made them. */
  async diff(fqdn: string, range: TimeRange): Promise<Result<AnswerOf<'diff'>>> {
    if (range.order === 'happened') return await this.happened.diff(fqdn, range);
    const bounds = await this.boundsOf(fqdn, range);
    if (bounds instanceof Failed) return bounds;
    const { from, to } = bounds;
    const { began, ended, differences } = await this.service.dearly(
      ['diff', fqdn, from.position, to.position],
      (signal) => this.differences(fqdn, bounds, signal),
      range.requester,
    );
    const answer = {
      position: String(to.position),
      from: momentText(bounds.begin),
      to: momentText(bounds.end),
      ...differences,
      ...(differences.stage.after === null ? await this.service.begins(fqdn) : {}),
      ...endedIn(bounds.last),
    };
    return new Ok(answer, `${began}-${ended}${bounds.last === null ? '' : '-ended'}`);
  }

  /** Every event of the pair and its calls, with its effects. */
  async replay(fqdn: string, range: TimeRange): Promise<Result<Replay>> {
    if (range.order === 'happened') return await this.happened.replay(fqdn, range);
    const bounds = await this.boundsOf(fqdn, range);
    if (bounds instanceof Failed) return bounds;
    const { requester } = range;
    const { pairId, from, to } = bounds;
    return await this.streams.stream(async () => {
      const instance = await this.historicalState.at(callStatus, pairId, from, requester?.signal);
      return new Ok(this.steps(fqdn, instance, to, requester));
    }, requester);
  }

  /** Why there would be no answer; null where there would be one. */
  async refusal(fqdn: string, range: TimeRange): Promise<Failed | null> {
    if (range.order === 'happened') return await this.happened.refusal(fqdn, range);
    const bounds = await this.boundsOf(fqdn, range);
    return bounds instanceof Failed ? bounds : null;
  }

  private async differences(fqdn: string, { pairId, from, to }: Bounds, signal: AbortSignal) {
    const turns = new Turns(signal);
    const instance = await this.historicalState.at(callStatus, pairId, from, signal);
    const before = viewSetOf(instance.state, fqdn);
    const configured = configurationOf(instance.state.pair);
    const began = instance.checkpoint.position;
    const events = new EventCollector();
    for await (const page of this.historicalState.eventsOf(instance, began, to)) {
      for (const event of page) {
        if (turns.isOver) await turns.next();
        await this.historicalState.step(instance, event, signal);
        events.add(event);
      }
      turns.check();
    }
    await turns.next();
    const after = viewSetOf(instance.state, fqdn);
    const configuration = configurationDifferences(configured, configurationOf(instance.state.pair));
    const differences = diffBetween(fqdn, before, after, events.collected(), configuration);
    return { began, ended: instance.checkpoint.position, differences };
  }

  /** At most a page of steps at a time, and no more than leave the event loop to others in between. */
  private async *steps(
    fqdn: string,
    instance: ProjectionInstance<CallStatusState>,
    to: PositionMoment,
    requester?: Requester,
  ): AsyncGenerator<readonly ReplayStep[]> {
    const turns = new Turns(requester?.signal);
    const walk = new ReplayWalk(instance.state, fqdn);
    let steps: ReplayStep[] = [];
    for await (const page of this.historicalState.eventsOf(instance, instance.checkpoint.position, to)) {
      turns.check();
      for (const event of page) {
        if (turns.isOver) {
          yield steps;
          steps = [];
          await turns.next();
        }
        if (isCorrection(event)) {
          await this.historicalState.step(instance, event, requester?.signal);
          steps.push(walk.corrected(event, instance.state));
        } else steps.push(walk.step(event));
      }
      // Before the next page is read: a reader who stops has read no further than it took.
      yield steps;
      steps = [];
    }
  }

  private async boundsOf(fqdn: string, range: TimeRange): Promise<Bounds | Failed> {
    const { sights } = this.service;
    const scope = () => this.service.scopeOf(fqdn);
    const moments = await sights.range(range.from, range.to, range.minPosition, scope);
    if (moments instanceof Failed) return moments;
    const begin = moments.from;
    const now: Moment = { kind: 'position', position: this.runner.state.position };
    const end = moments.to ?? now;
    const { times } = this.runner;
    const [start, stop] = [await times.positionOf(begin), await times.positionOf(end)];
    if (isLater(begin, end) || (await this.isBehind(start, stop))) return reversed(begin, end);
    const ending = this.service.endOf(fqdn);
    const last = ending === null || stop.position < ending.until ? null : ending;
    const [from, to] = last === null ? [start, stop] : [upTo(last, start), upTo(last, stop)];
    const found = this.service.pairOf(fqdn, to);
    if (found instanceof Failed) return found;
    return { pairId: found.pairId, from, to, begin, end: moments.to ?? (last === null ? now : to), last };
  }

  /** Positions leave gaps: some event must lie between them. */
  private async isBehind(
    { position: from }: PositionMoment,
    { position: to }: PositionMoment,
  ): Promise<boolean> {
    if (from <= to) return false;
    for await (const page of this.store.readAll({ after: to, upTo: from, maxCount: 1 }))
      return page.length > 0;
    return false;
  }
}

/** After the last of a pool it stays as it was. */
const upTo = (last: EndOfPool, moment: PositionMoment): PositionMoment =>
  moment.position < last.until ? moment : lastOf(last, null);

/** Whether two moments of a kind are in the wrong order. */
const isLater = (from: Moment, to: Moment): boolean =>
  from.kind === 'position'
    ? to.kind === 'position' && from.position > to.position
    : to.kind === 'time' && from.time > to.time;

const reversed = (from: Moment, to: Moment): Failed => reversedMoments(momentText(from), momentText(to));
