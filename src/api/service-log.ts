import { pino, type Logger } from 'pino';

export interface ServiceLog {
  readonly log: Logger;
  /** Resolves when everything so far is written, or nobody reads it any more. To be awaited before the process ends. */
  readonly written: () => Promise<void>;
}

/** The log of the service, on standard output. */
export function openLog(level: string): ServiceLog {
  // It is written beside the work, not before it, and many lines at once where there are many.
  const destination = pino.destination({ sync: false, minLength: 8_192, periodicFlush: 100 });
  return {
    log: pino({ level, base: null }, destination),
    // What is left when the process ends is written synchronously, and to a pipe without a reader again and again for ever.
    written: () => new Promise((resolve) => destination.flush(() => resolve())),
  };
}
