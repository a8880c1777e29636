import type { status } from '@grpc/grpc-js';
export type Operation = 'append' | 'read' | 'subscribe';

/** When an append is cut off: before a word of it is taken, when its first part is there, or when it is written. */
export type CutMoment = 'before' | 'during' | 'after';

/** What the server does wrong, as a test orders it. */
export class Faults {
  /** Operations that are taken and never answered. */
  readonly hanging = new Set<Operation>();
  /** Answers to appends that are kept back, in milliseconds; the events are written at once. */
  appendDelay = 0;
  /** What a filtered subscription takes from one checkpoint to the next, in milliseconds. */
  scanDelay = 0;
  /** Appends from now on that are written and whose answer is lost: the call fails as unavailable. */
  lostAnswers = 0;
  /** Operations from now on that fail with this gRPC status before anything is done. */
  failing: { readonly code: status; times: number } | null = null;
  /** The next append to reach this moment meets the cut, which is to close every connection. */
  nextCut: { readonly moment: CutMoment; readonly cut: () => void } | null = null;
  /** Whether the server tells what it supports; where not, clients append the classic way. */
  featuresImplemented = true;
  /** Names of the ways that appends came, in order. */
  readonly appended: ('classic' | 'batch')[] = [];

  /** Where subscriptions began, exclusive, in order; -1 for the start of the log. */
  readonly subscribedAfter: bigint[] = [];

  /** True where the append was cut off at this moment. */
  takeCut(moment: CutMoment): boolean {
    if (this.nextCut?.moment !== moment) return false;
    const { cut } = this.nextCut;
    this.nextCut = null;
    cut();
    return true;
  }

  /** The status that this operation fails with; null where it may go on. */
  takeFailure(): status | null {
    if (this.failing === null || this.failing.times <= 0) return null;
    this.failing.times -= 1;
    return this.failing.code;
  }
}
