import type { EventEmitter } from 'node:events';
import type { Logger } from 'pino';

/** Makes warnings of Node lines of the log. Node itself prints them as text, among lines that are JSON. */
export function logWarnings(ofProcess: EventEmitter, log: Pick<Logger, 'warn'>): void {
  ofProcess.removeAllListeners('warning');
  ofProcess.on('warning', ({ name, message, ...more }: Error) => {
    const code = 'code' in more ? { code: more.code } : {};
    log.warn({ name, ...code }, message);
  });
}
