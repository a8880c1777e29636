/** Calls that were cut off, span by span, by what they were when it happened. */
import type { AnswerOf } from '../../../src/contract/answers.js';

type Entry = AnswerOf<'audit-trail'>['entries'][number];
type Spans = AnswerOf<'incident'>['cutOff']['overTime'];

export const causes = ['new-calls', 'in-progress-calls', 'connected-calls', 'other'] as const;
export type Cause = (typeof causes)[number];

export interface CutOffSpan {
  /** Milliseconds since 1970. */
  readonly from: number;
  readonly to: number;
  readonly calls: number;
  readonly byCause: Readonly<Record<Cause, number>>;
}

/** A stage cuts off open calls as it begins, which the trail counts by statement; whatever else was cut off was, as it arrived. */
export function cutOffSpans(spans: Spans, entries: readonly Entry[]): readonly CutOffSpan[] {
  return spans.map((span) => {
    const from = Date.parse(span.from);
    const to = Date.parse(span.to);
    const byCause: Record<Cause, number> = {
      'new-calls': 0,
      'in-progress-calls': 0,
      'connected-calls': 0,
      other: 0,
    };
    for (const { type, occurredAt, data } of entries) {
      const time = Date.parse(occurredAt);
      if (type !== 'CallsCutOff' || time < from || time >= to) continue;
      for (const [statement, calls] of Object.entries(countsIn(data))) byCause[causeOf(statement)] += calls;
    }
    const counted = causes.reduce((sum, cause) => sum + byCause[cause], 0);
    byCause['new-calls'] += Math.max(0, span.calls - counted);
    return { from, to, calls: Math.max(span.calls, counted), byCause };
  });
}

/** `outage/connected-calls/2`: the row of the document. */
export function causeOf(statement: string): Cause {
  const row = statement.split('/')[1] ?? '';
  return causes.find((cause) => cause === row) ?? 'other';
}

function countsIn(data: unknown): Readonly<Record<string, number>> {
  if (typeof data !== 'object' || data === null || !('cutOff' in data)) return {};
  return data.cutOff as Readonly<Record<string, number>>;
}
