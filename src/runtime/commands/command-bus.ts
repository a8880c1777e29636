import type { JsonObject } from '../../../events/envelope.js';
import type { Command } from '../../domain/commands.js';
import { StoreUnavailableError, type EventStore } from '../../store/port.js';
import type { ProjectionRunner } from '../projections/projection-runner.js';
import type { IdSource } from '../identifiers.js';
import type { CallArchive } from '../projections/calls/call-archive.js';
import type { CallFinder } from '../projections/calls/call-finder.js';
import { NotUnderstoodError, notUnderstood } from './not-understood.js';
import { fingerprintOf, keyReused, IdempotencyStore } from './idempotency-store.js';
import { overloaded, problem, replyToMistake, type Reply } from '../reply.js';
import { UnderRepairError } from '../projections/state/parked.js';
import type { CommandContext, ExecutionContext } from './execution-context.js';
import { Executor } from './executor.js';
import { PairingHandlers } from './pairing-handlers.js';
import { declareSiteOutage } from './site-outage.js';
import { CommandHandlers } from './command-handlers.js';

export interface CommandBusOptions {
  readonly store: EventStore;
  readonly runner: ProjectionRunner;
  readonly archive: CallArchive;
  readonly finder: CallFinder;
  readonly clock: () => Date;
  readonly newId: IdSource;
  /** Commands taken on at once; more are answered 429. */
  readonly maxPending: number;
}

/** What is kept of a command; of a file its hash says enough. */
function recordedBody(command: Command): JsonObject {
  if (command.name !== 'add-export') return command.body as JsonObject;
  return Object.fromEntries(
    Object.entries(command.body).filter(([name]) => name !== 'content'),
  ) as JsonObject;
}

/** Takes commands, and gives each exactly one reply. */
export class CommandBus {
  private readonly executor: Executor;
  private readonly handlers: CommandHandlers;
  private readonly pairingHandlers: PairingHandlers;
  private readonly idempotency: IdempotencyStore;
  private readonly inFlight = new Map<
    string,
    { readonly fingerprint: string; readonly reply: Promise<Reply> }
  >();
  private pending = 0;

  constructor(private readonly options: CommandBusOptions) {
    const { store, runner } = options;
    this.executor = new Executor(store, runner);
    this.handlers = new CommandHandlers(store, runner, options.archive, options.finder);
    this.pairingHandlers = new PairingHandlers(store, this.handlers);
    this.idempotency = new IdempotencyStore(store);
  }

  async submit(command: Command, context: CommandContext): Promise<Reply> {
    if (this.pending >= this.options.maxPending) return overloaded();
    this.pending += 1;
    try {
      const { idempotencyKey } = context;
      return await (idempotencyKey === null
        ? this.run(command, this.runOf(context, this.options.newId()))
        : this.runOnce(command, context, idempotencyKey));
    } catch (error) {
      if (error instanceof UnderRepairError) {
        return problem(503, 'under-repair', `${error.message} Nothing was stored.`, { retryAfter: 1 });
      }
      if (!(error instanceof StoreUnavailableError)) throw error;
      return problem(503, 'store-unavailable', `The event store cannot be reached: ${error.message}`, {
        retryAfter: 5,
      });
    } finally {
      this.pending -= 1;
    }
  }

  /** Waits for the commands under way. */
  get idle(): boolean {
    return this.pending === 0;
  }

  get pendingCommands(): number {
    return this.pending;
  }

  private runOf(context: CommandContext, commandId: string): ExecutionContext {
    const at = context.occurredAt ?? this.options.clock().toISOString();
    return { ...context, commandId, at, reserve: async () => null, resumed: () => false };
  }

  /** With an idempotency key: overlapping repeats share one run, later ones get the kept answer. */
  private async runOnce(command: Command, context: CommandContext, key: string): Promise<Reply> {
    const fingerprint = fingerprintOf(command.name, recordedBody(command), context.occurredAt);
    const other = this.inFlight.get(key);
    if (other !== undefined) return other.fingerprint === fingerprint ? await other.reply : keyReused();
    const reply = this.runThroughIdempotencyStore(command, context, key, fingerprint);
    this.inFlight.set(key, { fingerprint, reply });
    try {
      return await reply;
    } finally {
      this.inFlight.delete(key);
    }
  }

  private async runThroughIdempotencyStore(
    command: Command,
    context: CommandContext,
    key: string,
    fingerprint: string,
  ): Promise<Reply> {
    const record = await this.idempotency.find(key, fingerprint);
    if (record.state === 'other-request') return keyReused();
    if (record.state === 'answered') return record.reply;
    let resumed = record.state === 'received';
    let ours = resumed;
    const reserve = async (): Promise<Reply | null> => {
      if (ours) return null;
      if (!(await this.idempotency.receive(key, command.name, fingerprint))) {
        const theirs = await this.idempotency.find(key, fingerprint);
        if (theirs.state === 'other-request') return keyReused();
        if (theirs.state === 'answered') return theirs.reply;
        resumed = true;
      }
      ours = true;
      return null;
    };
    const run = this.runOf(context, this.idempotency.commandIdOf(key));
    const reply = await this.run(command, { ...run, reserve, resumed: () => resumed });
    return ours && reply.status < 429 ? await this.idempotency.answer(key, fingerprint, reply) : reply;
  }

  private async run(command: Command, run: ExecutionContext): Promise<Reply> {
    if (command.name === 'declare-site-outage') {
      // The pools of a site are read from the live state.
      await this.options.runner.catchUp();
      const { site, ...rest } = command.body;
      return await declareSiteOutage(command, this.options.runner, run, (pool, part) =>
        this.run({ name: 'declare-outage', body: { ...rest, pool, site } }, part),
      );
    }
    let handler = await this.handlerOf(command, run);
    if ('outcome' in handler) {
      // Unknown to the live state, which may be behind the log.
      await this.options.runner.catchUp();
      handler = await this.handlerOf(command, run);
    }
    if ('outcome' in handler) return replyToMistake(handler);
    try {
      return await this.executor.execute(handler, command.name, recordedBody(command), run);
    } catch (error) {
      if (error instanceof NotUnderstoodError) return notUnderstood(error);
      throw error;
    }
  }

  private async handlerOf(
    command: Exclude<Command, { name: 'declare-site-outage' }>,
    run: ExecutionContext,
  ): Promise<ReturnType<CommandHandlers['ofPair']>> {
    switch (command.name) {
      case 'register-pair':
        return this.pairingHandlers.of(command, run);
      case 'register-agent':
      case 'sign-in-agent':
      case 'sign-out-agent':
        return this.handlers.ofAgent(command);
      case 'report-call-arrived':
      case 'report-call-connected':
      case 'report-call-ended':
      case 'place-call-on-behalf':
        return await this.handlers.ofCall(command, run.commandId);
      default:
        return this.handlers.ofPair(command, run.commandId);
    }
  }
}
