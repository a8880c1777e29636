import { Injectable } from '@nestjs/common';
import type { Command, CommandBodies, CommandName } from '../../domain/commands.js';
import type { GivenExport } from '../../runtime/commands/export-service.js';
import type { Reply } from '../../runtime/reply.js';
import { Poolkeeper } from '../../runtime/poolkeeper.js';
import { InvalidRequestError } from '../http/errors.js';
import { Metrics } from '../operations/metrics/metrics.js';
import type { HeaderContext } from '../http/command-context.js';
import { utcOf } from '../http/time.js';

/** Clocks of reporters may run ahead of ours by this much, in milliseconds. */
const clockTolerance = 5_000;

/** Hands a checked body to the desk, with what came in the headers. */
@Injectable()
export class Submission {
  constructor(
    private readonly poolkeeper: Poolkeeper,
    private readonly metrics: Metrics,
  ) {}

  async submit<Name extends CommandName>(
    name: Name,
    dto: CommandBodies[Name] & { readonly occurredAt?: string },
    headers: HeaderContext,
  ): Promise<Reply> {
    const { occurredAt, ...rest } = dto;
    const body = Object.fromEntries(
      Object.entries(rest).filter(([, value]) => value !== undefined && value !== null),
    );
    const command = { name, body } as { name: CommandName; body: object } as Command;
    const context = { ...headers, occurredAt: this.checked(occurredAt) };
    const reply = await this.poolkeeper.commands.submit(command, context);
    this.metrics.replied(reply);
    return reply;
  }

  async addExport(
    given: GivenExport,
    occurredAt: string | undefined,
    headers: HeaderContext,
  ): Promise<Reply> {
    const context = { ...headers, occurredAt: this.checked(occurredAt) };
    const reply = await this.poolkeeper.exportService.add(given, context);
    this.metrics.replied(reply);
    return reply;
  }

  private checked(occurredAt: string | null | undefined): string | null {
    if (occurredAt === undefined || occurredAt === null) return null;
    const at = utcOf('/occurredAt', occurredAt);
    const now = this.poolkeeper.clock();
    if (Date.parse(at) > now.getTime() + clockTolerance) {
      throw new InvalidRequestError([
        { pointer: '/occurredAt', detail: `lies in the future; allowed: up to now, ${now.toISOString()}.` },
      ]);
    }
    return at;
  }
}
