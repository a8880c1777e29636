import { terminalLines } from '../../text/terminal.js';
import type { ServiceLog } from './service-log.js';

/** An error that nothing catches ends the process, for its state can no longer be trusted; but not without a sentence. */
export function endInWords({ log, written }: ServiceLog): void {
  process.on('uncaughtException', (error) => {
    log.fatal({ err: error }, 'Poolkeeper ends: an error reached no handler');
    const reason = error instanceof Error ? error.message : String(error);
    process.stderr.write(
      `Poolkeeper ends, because of an error that it does not know how to handle: ${terminalLines(reason)}\n`,
    );
    // The log may be a pipe that nobody reads.
    setTimeout(() => process.exit(1), 1_000);
    void written().finally(() => process.exit(1));
  });
}
