/** In which stage a pool was, from when to when, in the course of an incident. */
import { stageChangeOf, type Stage } from '../../../policy/stages.js';

export interface StageSpan {
  readonly stage: Stage;
  /** Milliseconds since 1970. */
  readonly from: number;
  readonly to: number;
}

export interface Happened {
  readonly type: string;
  readonly pool: string | null;
  readonly occurredAt: string;
  readonly position: string;
}

/** As it happened: by when, then by the place in the log. */
export const inTime = <Entry extends Happened>(entries: readonly Entry[]): readonly Entry[] =>
  entries.toSorted(
    (one, other) =>
      Date.parse(one.occurredAt) - Date.parse(other.occurredAt) ||
      Number(BigInt(one.position) - BigInt(other.position)),
  );

export function stageSpans(
  entries: readonly Happened[],
  pool: string,
  from: number,
  to: number,
): readonly StageSpan[] {
  const spans: StageSpan[] = [];
  let stage: Stage = 'normal';
  let before: Stage = 'normal';
  let since = from;
  for (const entry of inTime(entries)) {
    const change = entry.pool === pool ? stageChangeOf(entry.type) : undefined;
    if (change === undefined) continue;
    const time = Math.max(since, Math.min(to, Date.parse(entry.occurredAt)));
    if (time > since) spans.push({ stage, from: since, to: time });
    const next: Stage = change.to === 'back' ? before : change.to;
    before = stage;
    stage = next;
    since = time;
  }
  if (to > since) spans.push({ stage, from: since, to });
  return spans;
}
