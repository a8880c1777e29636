/** What a walk notes of its span besides calls. */
import type { Stage } from '../../policy/stages.js';
import type { HistoryEvent } from '../histories/history.js';

/** A part of the span in one stage, in milliseconds since 1970. */
export interface StageSpan {
  readonly stage: Stage;
  readonly from: number;
  to: number;
}

/** The calls that the beginning of a stage cut off at a time. */
export interface CutOffAtOnce {
  readonly at: number;
  readonly position: bigint;
  readonly calls: readonly number[];
}

/** An event of the pair that makes sense where it stands. */
export interface HappenedToPair {
  /** In milliseconds since 1970. */
  readonly at: number;
  readonly event: HistoryEvent;
}
