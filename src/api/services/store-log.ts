import type { LoggerService } from '@nestjs/common';
import type { EventStore } from '../../store/port.js';

/**
 * Says once that the store is lost, and once that it is back. Returns the function that ends it.
 * @param log gets sentences
 */
export function logStore({ notices }: EventStore, log: Pick<LoggerService, 'log' | 'warn'>): () => void {
  const stop = notices?.subscribe((notice) => {
    if (notice.kind === 'lost') {
      log.warn(
        `The event store cannot be reached: ${notice.reason}. Views answer from what they have; commands are answered with 503.`,
      );
    }
    if (notice.kind === 'back') {
      log.log(`The event store is reached again, after ${(notice.milliseconds / 1_000).toFixed(1)} s.`);
    }
  });
  return stop ?? (() => undefined);
}
