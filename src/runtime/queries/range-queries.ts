import type { JsonObject } from '../../../events/envelope.js';
import { callStatus } from '../../../projections/call-status/fold.js';
import { diffBetween, EventGathering } from '../../../projections/diff/diff.js';
import { viewSetOf } from '../../../projections/view-set/view-set.js';
import type { ReplayStep } from '../../../projections/replay/step.js';
import { ReplayWalk } from '../../../projections/replay/walk.js';
import type { EventStore, LogRange, StoredEvent } from '../../store/port.js';
import type { ProjectionRunner } from '../projections/projection-runner.js';
import { momentText, type Moment } from '../moment.js';
import { invalidProblem, Reply } from '../reply.js';
import type { AnyProjectionInstance } from '../projections/state/projection-instance.js';
import type { HistoricalState } from '../projections/state/historical-state.js';
import { noSuchPool } from './pool-queries.js';
import type { QueryService } from './query-service.js';

/** A stretch of the log: what came after a moment, up to and including another. */
export interface TimeRange {
  readonly from: Moment;
  /** Null: up to now. */
  readonly to: Moment | null;
  /** Wait until the views have folded this position. */
  readonly minPosition: bigint | null;
}

/** Pages of steps, read as they are asked for. */
export type Replay = AsyncIterable<readonly ReplayStep[]>;

/** What happened to a pool between two moments: in sum, or event by event. */
export class RangeQueries {
  constructor(
    private readonly store: EventStore,
    private readonly runner: ProjectionRunner,
    private readonly historicalState: HistoricalState,
    private readonly service: QueryService,
  ) {}

  /** What changed in between, and which events did it. */
  async diff(fqdn: string, range: TimeRange): Promise<Reply> {
    const asked = await this.askedFor(fqdn, range);
    if (asked instanceof Reply) return asked;
    const { pairId, to } = asked;
    const instance = await this.historicalState.at(callStatus, pairId, range.from);
    const before = viewSetOf(instance.state, fqdn);
    const began = instance.checkpoint.position;
    const events = new EventGathering();
    for await (const page of this.historicalState.eventsOf(instance, began, to)) {
      for (const event of page) {
        instance.fold(event);
        events.add(event);
      }
    }
    const after = viewSetOf(instance.state, fqdn);
    const { position } = instance.checkpoint;
    const body = {
      position: String(to.kind === 'position' ? to.position : position),
      from: momentText(range.from),
      to: momentText(to),
      ...diffBetween(fqdn, before, after, events.gathered()),
    };
    return new Reply(200, body as object as JsonObject, `${began}-${position}`);
  }

  /** Every event of the pair and its calls, with what it did. The log is read as the steps are taken. */
  async replay(fqdn: string, range: TimeRange): Promise<Replay | Reply> {
    const asked = await this.askedFor(fqdn, range);
    if (asked instanceof Reply) return asked;
    const { pairId, to } = asked;
    const instance = await this.historicalState.at(callStatus, pairId, range.from);
    return this.steps(new ReplayWalk(instance.state, fqdn), instance, instance.checkpoint.position, to);
  }

  private async *steps(
    walk: ReplayWalk,
    from: AnyProjectionInstance,
    after: bigint,
    to: Moment,
  ): AsyncGenerator<readonly ReplayStep[]> {
    for await (const page of this.historicalState.eventsOf(from, after, to)) {
      yield page.map((event) => walk.step(event));
    }
  }

  private async askedFor(
    fqdn: string,
    { from, to, minPosition }: TimeRange,
  ): Promise<{ readonly pairId: string; readonly to: Moment } | Reply> {
    const refusal = await this.service.refusalOf(minPosition, { from, to });
    if (refusal !== null) return refusal;
    const { state } = this.runner;
    const pairId = state.pairIdOfPool.get(fqdn);
    if (pairId === undefined) return noSuchPool(fqdn);
    const end = to ?? { kind: 'position', position: state.position };
    if (!(await this.isLater(from, end))) return { pairId, to: end };
    return invalidProblem([
      { pointer: '/from', detail: `${momentText(from)} lies after ${momentText(end)}; allowed: up to /to.` },
      {
        pointer: '/to',
        detail: `${momentText(end)} lies before ${momentText(from)}; allowed: /from or later.`,
      },
    ]);
  }

  /** Between a time and a position the log decides: whether an event lies in the one moment and not in the other. */
  private async isLater(from: Moment, to: Moment): Promise<boolean> {
    if (from.kind === 'position') {
      if (to.kind === 'position') return from.position > to.position;
      const last = await this.first({ direction: 'backward', upTo: from.position });
      return last !== null && last.recordedAt > to.time;
    }
    if (to.kind === 'time') return from.time > to.time;
    const next = await this.first({ after: to.position });
    return next !== null && next.recordedAt <= from.time;
  }

  private async first(range: Pick<LogRange, 'direction' | 'after' | 'upTo'>): Promise<StoredEvent | null> {
    for await (const page of this.store.readAll({ ...range, maxCount: 1 })) return page[0] ?? null;
    return null;
  }
}
