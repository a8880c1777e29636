import type { status } from '@grpc/grpc-js';
export type Operation = 'append' | 'read' | 'subscribe';

/** When a connection is cut: before an append is read, after its first part, or after it is written. */
export type CutMoment = 'before' | 'during' | 'after';

/** Faults of the server, set by a test. */
export class Faults {
  /** Operations that are accepted and never answered. */
  readonly hanging = new Set<Operation>();
  /** Delay of the answers to appends, in milliseconds; the events are written at once. */
  appendDelay = 0;
  /** Delay of a filtered subscription between two checkpoints, in milliseconds. */
  scanDelay = 0;
  /** Number of next appends that are written, but fail as unavailable because their answer is lost. */
  lostAnswers = 0;
  /** Number of next operations that fail with this gRPC status before they have an effect. */
  failing: { readonly code: status; times: number } | null = null;
  /** At this moment of the next append every connection is closed by `cut`. */
  nextCut: { readonly moment: CutMoment; readonly cut: () => void } | null = null;
  /** Whether the server reports its features; without them, clients append the classic way. */
  featuresImplemented = true;
  /** The call by which each append arrived, in order. */
  readonly appended: ('classic' | 'batch')[] = [];

  /** Reads of streams and of the log so far; subscriptions do not count. */
  reads = 0;

  /** The positions after which subscriptions began, in order; -1 for the start of the log. */
  readonly subscribedAfter: bigint[] = [];

  /** Whether the append is cut off at this moment. */
  takeCut(moment: CutMoment): boolean {
    if (this.nextCut?.moment !== moment) return false;
    const { cut } = this.nextCut;
    this.nextCut = null;
    cut();
    return true;
  }

  /** The status with which this operation fails; null if it succeeds. */
  takeFailure(): status | null {
    if (this.failing === null || this.failing.times <= 0) return null;
    this.failing.times -= 1;
    return this.failing.code;
  }
}
