import { callStatus } from '../../../projections/call-status/fold.js';
import type { CallStatusState } from '../../../projections/call-status/state.js';
import { diffBetween, EventCollector } from '../../../projections/diff/diff.js';
import type { ReplayStep } from '../../../projections/replay/step.js';
import { ReplayWalk } from '../../../projections/replay/walk.js';
import { viewSetOf } from '../../../projections/view-set/view-set.js';
import type { AnswerOf } from '../../contract/answers.js';
import type { EventStore } from '../../store/port.js';
import { momentText, type Moment, type PositionMoment } from '../moment.js';
import type { ProjectionRunner } from '../projections/projection-runner.js';
import type { HistoricalState } from '../projections/state/historical-state.js';
import type { ProjectionInstance } from '../projections/state/projection-instance.js';
import { Failed, invalid, Ok, type Result } from '../result.js';
import type { QueryService } from './query-service.js';

/** The events after one moment, up to and including another. */
export interface TimeRange {
  readonly from: Moment;
  /** Null: up to now. */
  readonly to: Moment | null;
  /** Wait until the views have reached this position. */
  readonly minPosition: bigint | null;
}

/** Pages of steps, read from the log on demand. */
export type Replay = AsyncIterable<readonly ReplayStep[]>;

/** The state of a pair at the beginning of a range, and the moment of its end. */
interface OpenRange {
  readonly instance: ProjectionInstance<CallStatusState>;
  readonly to: PositionMoment;
  /** How the request names the end. */
  readonly end: Moment;
}

/** What happened to a pool between two moments: in sum, or event by event. */
export class RangeQueries {
  constructor(
    private readonly store: EventStore,
    private readonly runner: ProjectionRunner,
    private readonly historicalState: HistoricalState,
    private readonly service: QueryService,
  ) {}

  /** The differences between the two moments, and the events that made them. */
  async diff(fqdn: string, range: TimeRange): Promise<Result<AnswerOf<'diff'>>> {
    const opened = await this.open(fqdn, range);
    if (opened instanceof Failed) return opened;
    const { instance, to, end } = opened;
    const before = viewSetOf(instance.state, fqdn);
    const began = instance.checkpoint.position;
    const events = new EventCollector();
    for await (const page of this.historicalState.eventsOf(instance, began, to)) {
      for (const event of page) {
        instance.fold(event);
        events.add(event);
      }
    }
    const after = viewSetOf(instance.state, fqdn);
    const { position } = instance.checkpoint;
    const answer = {
      position: String(to.position),
      from: momentText(range.from),
      to: momentText(end),
      ...diffBetween(fqdn, before, after, events.collected()),
    };
    return new Ok(answer, `${began}-${position}`);
  }

  /** Every event of the pair and its calls, with its effects. */
  async replay(fqdn: string, range: TimeRange): Promise<Result<Replay>> {
    const opened = await this.open(fqdn, range);
    return opened instanceof Failed ? opened : new Ok(this.steps(fqdn, opened));
  }

  private async *steps(fqdn: string, { instance, to }: OpenRange): AsyncGenerator<readonly ReplayStep[]> {
    const walk = new ReplayWalk(instance.state, fqdn);
    for await (const page of this.historicalState.eventsOf(instance, instance.checkpoint.position, to)) {
      yield page.map((event) => walk.step(event));
    }
  }

  private async open(fqdn: string, { from, to, minPosition }: TimeRange): Promise<OpenRange | Failed> {
    const refusal = await this.service.freshness.refusalOf(minPosition, { from, to });
    if (refusal !== null) return refusal;
    const found = this.service.pairOf(fqdn);
    if (found instanceof Failed) return found;
    const end = to ?? { kind: 'position', position: this.runner.state.position };
    const { times } = this.runner;
    const [start, stop] = [await times.positionOf(from), await times.positionOf(end)];
    if (isLater(from, end) || (await this.isBehind(start, stop))) return reversed(from, end);
    return { instance: await this.historicalState.at(callStatus, found.pairId, start), to: stop, end };
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

/** Whether two moments of a kind are in the wrong order. */
const isLater = (from: Moment, to: Moment): boolean =>
  from.kind === 'position'
    ? to.kind === 'position' && from.position > to.position
    : to.kind === 'time' && from.time > to.time;

const reversed = (from: Moment, to: Moment): Failed =>
  invalid([
    { pointer: '/from', detail: `${momentText(from)} lies after ${momentText(to)}; allowed: up to /to.` },
    { pointer: '/to', detail: `${momentText(to)} lies before ${momentText(from)}; allowed: /from or later.` },
  ]);
