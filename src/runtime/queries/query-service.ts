import { setTimeout } from 'node:timers/promises';
import type { JsonObject } from '../../../events/envelope.js';
import type { FieldError } from '../../domain/decision.js';
import type { ProjectionRunner } from '../projections/projection-runner.js';
import { invalidProblem, problem, Reply } from '../reply.js';
import { UnderRepairError } from '../projections/state/parked.js';
import { momentText, type Moment } from '../moment.js';

/** What every view can be asked with. */
export interface ViewQuery {
  readonly asOf: Moment | null;
  /** Wait until the views have folded this position. */
  readonly minPosition: bigint | null;
}

export interface ViewAnswer {
  readonly body: JsonObject;
  /** What the answer changes with: a revision or a position. */
  readonly etag: bigint | string;
  /** Position of the last event that the answer is made of, where it is one of the past. */
  readonly position?: bigint;
}

/** Milliseconds; clocks tick every one, some every sixteen. */
const longestTick = 25;

/** Waits for `minPosition`, refuses moments that have not been, and adds `position`, `asOf` and the entity tag. */
export class QueryService {
  constructor(
    private readonly runner: ProjectionRunner,
    private readonly clock: () => Date,
    /** Milliseconds. */
    private readonly patience: number,
    /** Resolves when the appends that are under way in this process are settled. */
    private readonly underWay: () => Promise<unknown>,
  ) {}

  async answer(
    query: ViewQuery,
    view: () => Promise<ViewAnswer | Reply> | ViewAnswer | Reply,
  ): Promise<Reply> {
    const refusal = await this.refusalOf(query.minPosition, { asOf: query.asOf });
    if (refusal !== null) return refusal;
    const answer = await this.onceRepaired(view);
    if (answer instanceof Reply) return answer;
    const { position, recordedAt } = this.runner.state;
    const reached = query.asOf?.kind === 'position' ? query.asOf.position : answer.position;
    const body = {
      position: String(query.asOf === null ? position : (reached ?? position)),
      asOf: query.asOf === null ? recordedAt : momentText(query.asOf),
      ...answer.body,
    };
    return new Reply(200, body, String(answer.etag));
  }

  /** What is being put right is waited for, which takes long only where the store is away. */
  private async onceRepaired(
    view: () => Promise<ViewAnswer | Reply> | ViewAnswer | Reply,
  ): Promise<ViewAnswer | Reply> {
    for (;;) {
      try {
        return await view();
      } catch (error) {
        if (!(error instanceof UnderRepairError)) throw error;
        const recovered = error.recovered.then(() => true);
        if (!(await Promise.race([recovered, setTimeout(this.patience, false, { ref: false })]))) {
          return problem(503, 'under-repair', error.message, { retryAfter: 1 });
        }
      }
    }
  }

  /**
   * Waits until the views are as new as is asked for and the moments, by the names of their fields, are over.
   * The reply is the problem of one that has not been, or of a position that is not reached in time.
   */
  async refusalOf(
    minPosition: bigint | null,
    moments: Readonly<Record<string, Moment | null>>,
  ): Promise<Reply | null> {
    const late = await this.waitFor(minPosition);
    if (late !== null) return late;
    const errors = Object.entries(moments).flatMap(([field, moment]) => this.future(field, moment) ?? []);
    if (errors.length > 0) return invalidProblem(errors);
    for (const moment of Object.values(moments)) await this.waitOutTheTick(moment);
    return null;
  }

  /** Null once the views have folded the position; else the problem that they do not get there in time. */
  async waitFor(minPosition: bigint | null): Promise<Reply | null> {
    if (minPosition === null || (await this.runner.reached(minPosition, this.patience))) return null;
    const { position } = this.runner.state;
    return problem(
      503,
      'not-there-yet',
      `The views stand at position ${position}; ${minPosition} was not reached within ${this.patience} ms.`,
      { position: String(position), retryAfter: 1 },
    );
  }

  /**
   * Until this tick of the clock is over, what is still recorded in it would change the answer.
   * A clock that stands still is not waited for.
   */
  private async waitOutTheTick(moment: Moment | null): Promise<void> {
    if (moment?.kind !== 'time') return;
    for (let waited = 0; waited < longestTick && this.clock().toISOString() <= moment.time; waited += 1) {
      await setTimeout(1);
    }
    // What was given its time before may still be on its way to the log.
    await this.underWay();
  }

  private future(field: string, moment: Moment | null): FieldError | null {
    const { position } = this.runner.state;
    const now = this.clock().toISOString();
    if (moment === null || (moment.kind === 'position' ? moment.position <= position : moment.time <= now))
      return null;
    const limit = moment.kind === 'position' ? `position ${position}` : now;
    const detail = `${momentText(moment)} lies in the future; allowed: up to now, ${limit}.`;
    return { pointer: `/${field}`, detail };
  }
}
