import type { LoggerService } from '@nestjs/common';
import type { Logger } from 'pino';

/** The context of Poolkeeper's own lines. */
export const POOLKEEPER_LOG = 'Poolkeeper';

/** Writes Nest's messages into the same structured log. */
export class NestLog implements LoggerService {
  constructor(private readonly pino: Logger) {}

  log(message: unknown, ...context: unknown[]): void {
    // What Poolkeeper says itself is for operators; what the framework says is not.
    if (context.at(-1) === POOLKEEPER_LOG) this.pino.info(String(message));
    else this.pino.debug({ context }, String(message));
  }
  error(message: unknown, ...context: unknown[]): void {
    const given = context.filter((part) => part !== undefined);
    this.pino.error({ err: message instanceof Error ? message : undefined, context: given }, String(message));
  }
  warn(message: unknown, ...context: unknown[]): void {
    this.pino.warn({ context }, String(message));
  }
  debug(message: unknown, ...context: unknown[]): void {
    this.pino.trace({ context }, String(message));
  }
  verbose(message: unknown, ...context: unknown[]): void {
    this.pino.trace({ context }, String(message));
  }
}
