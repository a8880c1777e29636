import { Inject, Injectable } from '@nestjs/common';
import type { Command, CommandBodies, CommandName } from '../../domain/commands.js';
import { AgentListService, type GivenList } from '../../runtime/commands/agent-list-service.js';
import { CommandBus } from '../../runtime/commands/command-bus.js';
import { ExportService, type GivenExport } from '../../runtime/commands/export-service.js';
import type { AcceptedCommand } from '../../runtime/commands/accepted-command.js';
import type { CommandResult } from '../../runtime/result.js';
import type { AnswerOf } from '../../contract/answers.js';
import type { PreviewAnswer } from '../../contract/preview.js';
import { AccessGate } from '../access/access-gate.js';
import { InvalidRequestError } from '../http/errors.js';
import { Metrics } from '../operations/metrics/metrics.js';
import type { HeaderContext } from '../http/command-context.js';
import { utcOf } from '../http/time.js';
import { CLOCK } from '../services/tokens.js';

/** Clocks of reporters may run ahead of ours by this much, in milliseconds. */
const clockTolerance = 5_000;

/** The result of a command, or what it would be. */
export type Submitted = CommandResult<AcceptedCommand | PreviewAnswer>;

/** Hands a checked body to the command bus, with what came beside it. */
@Injectable()
export class Submission {
  constructor(
    private readonly commands: CommandBus,
    private readonly exports: ExportService,
    private readonly agentLists: AgentListService,
    private readonly metrics: Metrics,
    private readonly gate: AccessGate,
    @Inject(CLOCK) private readonly clock: () => Date,
  ) {}

  async submit<Name extends CommandName>(
    name: Name,
    dto: CommandBodies[Name] & { readonly occurredAt?: string },
    headers: HeaderContext,
  ): Promise<Submitted> {
    const { occurredAt, ...fields } = dto;
    const given = Object.fromEntries(
      Object.entries(fields).filter(([, value]) => value !== undefined && value !== null),
    );
    await this.gate.demand(headers.principal, name, given);
    const at = this.checked('/occurredAt', occurredAt);
    // There it is not when the command's own fact happened.
    const isOfBody = name === 'correct-time';
    const body = isOfBody ? { ...given, occurredAt: at } : given;
    const command = { name, body } as { name: CommandName; body: object } as Command;
    const context = { ...headers, occurredAt: isOfBody ? null : at };
    if (headers.preview) return await this.commands.preview(command, context);
    const result = await this.commands.submit(command, context);
    this.metrics.decided(result);
    return result;
  }

  async addExport(
    given: GivenExport,
    occurredAt: string | undefined,
    headers: HeaderContext,
  ): Promise<Submitted> {
    const context = { ...headers, occurredAt: this.checked('/occurredAt', occurredAt) };
    if (headers.preview) return await this.exports.preview(given, context);
    const result = await this.exports.add(given, context);
    this.metrics.decided(result);
    return result;
  }

  async listAgents(
    given: GivenList,
    occurredAt: string | undefined,
    headers: HeaderContext,
  ): Promise<CommandResult<AnswerOf<'list-agents'>>> {
    const context = { ...headers, occurredAt: this.checked('/occurredAt', occurredAt) };
    return await this.agentLists.take(given, context, headers.preview);
  }

  /**
   * A time of the past, in UTC; null where none was given.
   * @throws InvalidRequestError where it lies in the future, or no calendar has it
   */
  checked(pointer: string, given: string | null | undefined): string | null {
    if (given === undefined || given === null) return null;
    const at = utcOf(pointer, given);
    const now = this.clock();
    if (Date.parse(at) > now.getTime() + clockTolerance) {
      throw new InvalidRequestError([
        { pointer, detail: `lies in the future; allowed: up to now, ${now.toISOString()}.` },
      ]);
    }
    return at;
  }
}
