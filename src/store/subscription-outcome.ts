import { StoreUnavailableError } from './port.js';

/** The two promises of a subscription (see `Subscription` of the port), and how they are settled. */
export class SubscriptionOutcome {
  readonly caughtUp: Promise<void>;
  readonly ended: Promise<Error | null>;
  readonly resolveCaughtUp: () => void;
  readonly rejectCaughtUp: (error: Error) => void;
  readonly resolveEnded: (error: Error | null) => void;

  constructor() {
    const caughtUp: PromiseWithResolvers<void> = Promise.withResolvers();
    this.caughtUp = caughtUp.promise;
    this.resolveCaughtUp = caughtUp.resolve;
    this.rejectCaughtUp = caughtUp.reject;
    // Without this, a rejection that nobody awaits would end the process.
    this.caughtUp.catch(() => undefined);
    const ended = Promise.withResolvers<Error | null>();
    this.ended = ended.promise;
    this.resolveEnded = ended.resolve;
  }
}

export const closedTooEarly = (): Error =>
  new StoreUnavailableError('The subscription was closed before it had caught up.');

/** The error that a handler threw, also where it threw something else or an error of another realm. */
export const errorOf = (thrown: unknown): Error =>
  Error.isError(thrown) ? thrown : new Error(String(thrown));
