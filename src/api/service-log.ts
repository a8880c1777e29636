import { pino, type Logger } from 'pino';
import { logLine } from '../../text/log.js';

export interface ServiceLog {
  readonly log: Logger;
  /** Resolves when everything so far is written, or its reader is gone. Await it before the process ends. */
  readonly written: () => Promise<void>;
}

/** The log of the service, on standard output. */
export function openLog(level: string): ServiceLog {
  // Written in the background, many lines at a time.
  const destination = pino.destination({ sync: false, minLength: 8_192, periodicFlush: 100 });
  return {
    log: pino({ level, base: null, hooks: { streamWrite: logLine } }, destination),
    // At the end of the process pino writes the rest synchronously, and retries endlessly on a pipe without a reader.
    written: () => new Promise((resolve) => destination.flush(() => resolve())),
  };
}
