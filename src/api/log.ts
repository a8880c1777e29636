import type { LoggerService } from '@nestjs/common';
import type { Logger } from 'pino';

/** Writes Nest's messages into the same structured log. */
export class NestLog implements LoggerService {
  constructor(private readonly pino: Logger) {}

  log(message: unknown, ...context: unknown[]): void {
    this.pino.debug({ context }, String(message));
  }
  error(message: unknown, ...context: unknown[]): void {
    this.pino.error({ err: message instanceof Error ? message : undefined, context }, String(message));
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
