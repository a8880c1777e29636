import { types } from 'node:util';

/** The two promises of a subscription, as the port has them. */
export class SubscriptionOutcome {
  readonly caughtUp: Promise<void>;
  readonly ended: Promise<Error | null>;
  resolveCaughtUp!: () => void;
  rejectCaughtUp!: (error: Error) => void;
  resolveEnded!: (error: Error | null) => void;

  constructor() {
    this.caughtUp = new Promise((resolve, reject) => {
      this.resolveCaughtUp = resolve;
      this.rejectCaughtUp = reject;
    });
    this.caughtUp.catch(() => undefined);
    this.ended = new Promise((resolve) => {
      this.resolveEnded = resolve;
    });
  }
}

/** Keeps what a handler threw apart from what the connection did. */
export class HandlerFailure extends Error {
  readonly thrown: Error;

  constructor(thrown: unknown) {
    super('The handler of a subscription failed.');
    this.name = 'HandlerFailure';
    this.thrown = types.isNativeError(thrown) ? thrown : new Error(String(thrown));
  }
}
