export type Operation = 'append' | 'read' | 'subscribe';

/** What the server does wrong, as a test orders it. */
export class Faults {
  /** Operations that are taken and never answered. */
  readonly hanging = new Set<Operation>();
  /** Answers to appends that are kept back, in milliseconds; the events are written at once. */
  appendDelay = 0;
  /** Appends from now on that are written and whose answer is lost: the call fails as unavailable. */
  lostAnswers = 0;
  /** Operations from now on that fail with this gRPC status before anything is done. */
  failing: { readonly code: number; times: number } | null = null;
  /** Whether the server tells what it supports; where not, clients append the classic way. */
  featuresImplemented = true;
  /** Names of the ways that appends came, in order. */
  readonly appended: ('classic' | 'batch')[] = [];

  /** Where subscriptions began, exclusive, in order; -1 for the start of the log. */
  readonly subscribedAfter: bigint[] = [];

  /** The status that this operation fails with; null where it may go on. */
  takeFailure(): number | null {
    if (this.failing === null || this.failing.times <= 0) return null;
    this.failing.times -= 1;
    return this.failing.code;
  }
}
