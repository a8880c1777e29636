import { setTimeout } from 'node:timers/promises';
import type { FieldError } from '../../domain/decision.js';
import { momentText, type Moment, type PositionMoment, type TimeMoment } from '../moment.js';
import type { ProjectionRunner } from '../projections/projection-runner.js';
import { failed, invalid, type Failed } from '../result.js';

/** Milliseconds. Most clocks advance every millisecond, some only every sixteen. */
const longestTick = 25;

/** Waits until the views are as new as a query asks, and refuses moments that lie in the future. */
export class Freshness {
  constructor(
    private readonly runner: ProjectionRunner,
    private readonly clock: () => Date,
    /** The longest wait, in milliseconds. */
    readonly patience: number,
    /** Resolves when nothing more will be recorded up to a time by this process. */
    private readonly settled: (time: string) => Promise<void>,
  ) {}

  /**
   * Null once the views have reached the position and every moment is over; the moments go by the names of their
   * fields. Else why there can be no answer: the position is not reached in time, or a moment lies in the future.
   */
  async refusalOf(
    minPosition: bigint | null,
    moments: Readonly<Record<string, Moment | null>>,
  ): Promise<Failed | null> {
    const late = await this.waitFor(minPosition);
    if (late !== null) return late;
    const errors = Object.entries(moments).flatMap(([field, moment]) => this.future(field, moment) ?? []);
    if (errors.length > 0) return invalid(errors);
    for (const moment of Object.values(moments)) await this.waitForEndOfTick(moment);
    return null;
  }

  /** Null once the views have reached the position; a failure where they do not in time. */
  async waitFor(minPosition: bigint | null): Promise<Failed | null> {
    if (minPosition === null || (await this.runner.reached(minPosition, this.patience))) return null;
    const { position } = this.runner.state;
    return failed({ kind: 'not-there-yet', position, wanted: minPosition, waited: this.patience });
  }

  /**
   * Events recorded in the same tick of the clock still belong to the moment. The wait is bounded, because a clock may
   * stand still.
   */
  private async waitForEndOfTick(moment: Moment | null): Promise<void> {
    if (moment?.kind !== 'time') return;
    // Not for a time that only a log can reach whose clock was ahead.
    const longest = this.clock().toISOString() < moment.time ? 0 : longestTick;
    for (let waited = 0; waited < longest && this.clock().toISOString() <= moment.time; waited += 1) {
      await setTimeout(1);
    }
    // An event gets its time before it is in the log.
    await this.settled(moment.time);
  }

  private future(field: string, moment: Moment | null): FieldError | null {
    if (moment === null) return null;
    const limit = moment.kind === 'position' ? this.limitOfPositions(moment) : this.limitOfTimes(moment);
    if (limit === null) return null;
    const detail = `${momentText(moment)} lies in the future; allowed: up to ${limit}.`;
    return { pointer: `/${field}`, detail };
  }

  /** Null where the position is within it. */
  private limitOfPositions(moment: PositionMoment): string | null {
    const { position } = this.runner.state;
    return moment.position <= position ? null : `now, position ${position}`;
  }

  /** Null where the time is within it. The log reaches further than now where a clock was ahead. */
  private limitOfTimes({ time }: TimeMoment): string | null {
    const now = this.clock().toISOString();
    const { latest } = this.runner.times;
    if (time <= now || time <= latest) return null;
    return latest > now ? `the last event, which was recorded at ${latest}` : `now, ${now}`;
  }
}
