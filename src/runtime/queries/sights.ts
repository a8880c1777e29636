import type { AskedMoment, HappenedMoment, Moment, Vantage } from '../moment.js';
import type { ProjectionRunner } from '../projections/projection-runner.js';
import { Failed, invalid } from '../result.js';
import type { Freshness } from './freshness.js';
import type { Moments, MomentScope } from './moments.js';
import type { ViewQuery } from './query-service.js';
import { Unresolved } from './unresolved.js';

/** A span of what happened, as it is asked for. */
export interface AskedSpan {
  readonly from?: AskedMoment | undefined;
  readonly to?: AskedMoment | undefined;
}

const emptySpan = (begin: string, end: string): Failed =>
  invalid([{ pointer: '/from', detail: `${begin} lies after ${end}; allowed: up to /to.` }]);

/** The moments of a query. */
export interface Sight {
  readonly asOf: Moment | null;
  /** Null where neither moment was asked for. */
  readonly vantage: Vantage | null;
}

const EARLIEST = '0000-01-01T00:00:00.000Z';

/** Where moments that have to be looked up are looked for. */
export type Scope = () => MomentScope | Failed | Promise<MomentScope | Failed>;

const EVERYWHERE: MomentScope = { pairId: null, fqdn: null };
export const everywhere: Scope = () => EVERYWHERE;

/** Null where it has to be looked up. */
const ofLog = (asked: AskedMoment | null): Moment | null =>
  asked?.kind === 'position' || asked?.kind === 'time' ? asked : null;

/** Before everything that is on record, the earliest time that there is. */
export const timeOf = ({ time }: HappenedMoment): string => time ?? EARLIEST;

/** Turns the moments of queries into those of the log, and refuses what lies in the future or cannot be told. */
export class Sights {
  constructor(
    private readonly runner: ProjectionRunner,
    readonly moments: Moments,
    private readonly freshness: Freshness,
  ) {}

  /** Which moments a query means, once the views are as new as it asks. */
  async of({ asOf, at = null, minPosition }: ViewQuery, scope: Scope = everywhere): Promise<Sight | Failed> {
    const refusal = await this.freshness.refusalOf(minPosition, { asOf: ofLog(asOf), at: ofLog(at) });
    if (refusal !== null) return refusal;
    const known = asOf === null ? null : await this.recorded('asOf', asOf, scope);
    if (known instanceof Failed) return known;
    const upTo = known === null ? null : await this.runner.times.positionOf(known);
    const time = known?.kind === 'time' ? known.time : null;
    if (at === null) return { asOf: known, vantage: upTo && { ...upTo, time } };
    const position = upTo?.position ?? this.runner.state.position;
    const happened = await this.happened('at', at, scope, position);
    if (happened instanceof Failed) return happened;
    return { asOf: known, vantage: { kind: 'position', position, time, happened } };
  }

  /** The moments of a range of the log, once the views are as new as is asked. */
  async range(
    from: AskedMoment,
    to: AskedMoment | null,
    minPosition: bigint | null,
    scope: Scope,
  ): Promise<{ readonly from: Moment; readonly to: Moment | null } | Failed> {
    const refusal = await this.freshness.refusalOf(minPosition, { from: ofLog(from), to: ofLog(to) });
    if (refusal !== null) return refusal;
    const begin = await this.recorded('from', from, scope);
    if (begin instanceof Failed) return begin;
    const end = to === null ? null : await this.recorded('to', to, scope);
    return end instanceof Failed ? end : { from: begin, to: end };
  }

  /** A moment of the log. @param field the parameter that asks for it */
  private async recorded(field: string, asked: AskedMoment, scope: Scope): Promise<Moment | Failed> {
    if (asked.kind === 'position' || asked.kind === 'time') return asked;
    const where = await scope();
    if (where instanceof Failed) return where;
    const moment = await this.moments.recorded(field, asked, where);
    if (moment instanceof Unresolved) return invalid([moment.error]);
    // A while after something may lie in the future.
    return (await this.freshness.refusalOf(null, { [field]: moment })) ?? moment;
  }

  /** A moment of what happened, by what was known as of a position. @param field the parameter that asks for it */
  async happened(
    field: string,
    asked: AskedMoment,
    scope: Scope,
    asOf: bigint,
  ): Promise<HappenedMoment | Failed> {
    const where = asked.kind === 'time' ? EVERYWHERE : await scope();
    if (where instanceof Failed) return where;
    const happened = await this.moments.happened(field, asked, where, asOf);
    if (happened instanceof Unresolved) return invalid([happened.error]);
    const { time } = happened;
    const moment: Moment | null = time === null ? null : { kind: 'time', time };
    return (await this.freshness.refusalOf(null, { [field]: moment })) ?? happened;
  }

  /** When the moments of a span were that is asked for, by what is known now: RFC 3339. */
  async spanOf(
    { from, to }: AskedSpan,
    { minPosition }: Pick<ViewQuery, 'minPosition'>,
    scope: Scope,
  ): Promise<{ readonly from?: string; readonly to?: string } | Failed> {
    const late = await this.freshness.waitFor(minPosition);
    if (late !== null) return late;
    const [begin, end] = [await this.timeOf('from', from, scope), await this.timeOf('to', to, scope)];
    if (begin instanceof Failed) return begin;
    if (end instanceof Failed) return end;
    if (begin !== undefined && end !== undefined && begin > end) return emptySpan(begin, end);
    return { ...(begin === undefined ? {} : { from: begin }), ...(end === undefined ? {} : { to: end }) };
  }

  private async timeOf(
    field: string,
    asked: AskedMoment | undefined,
    scope: Scope,
  ): Promise<string | Failed | undefined> {
    if (asked === undefined) return undefined;
    if (asked.kind === 'time') return asked.time;
    const happened = await this.happened(field, asked, scope, this.runner.state.position);
    return happened instanceof Failed ? happened : timeOf(happened);
  }
}
