import type { JsonObject } from '../../../events/envelope.js';
import type { PreviewAnswer } from '../../contract/preview.js';
import type { Command } from '../../domain/commands.js';
import type { Unknown } from '../../domain/decision.js';
import { InvalidAppendError, StoreUnavailableError, type EventStore } from '../../store/port.js';
import type { ProjectionRunner } from '../projections/projection-runner.js';
import type { IdSource } from '../identifiers.js';
import type { AcceptedCommand } from './accepted-command.js';
import type { CallArchive } from '../projections/calls/call-archive.js';
import { EventsById } from '../projections/state/events-by-id.js';
import type { CallFinder } from '../projections/calls/call-finder.js';
import { NotUnderstoodError } from './not-understood.js';
import { notStorable } from './not-storable.js';
import { fingerprintOf, IdempotencyStore } from './idempotency-store.js';
import { keyReused } from './keyed-run.js';
import { KeyedRuns } from './keyed-runs.js';
import { failed, mistake, Ok, type AnswerFormat, type Failed, type Result } from '../result.js';
import { UnderRepairError } from '../projections/state/parked.js';
import { reportedBy, type CommandContext, type ExecutionContext } from './execution-context.js';
import type { CommandHandler } from './command-handler.js';
import { Executor, type ExecutionResult } from './executor.js';
import { CorrectionHandlers } from './correction-handlers.js';
import { needingPool } from './needing-pool.js';
import { PairingHandlers } from './pairing-handlers.js';
import { Previewer, repeated, type OneStreamCommand } from './preview/previewer.js';
import { declareSiteOutage } from './site-outage.js';
import { CommandHandlers } from './command-handlers.js';

export interface CommandBusOptions {
  readonly store: EventStore;
  readonly runner: ProjectionRunner;
  readonly archive: CallArchive;
  readonly finder: CallFinder;
  readonly clock: () => Date;
  readonly newId: IdSource;
  /** Commands that may be pending at once; more are turned away. */
  readonly maxPending: number;
  readonly answerFormat: AnswerFormat;
  /** Days after which a receipt is not honoured any more; 0: it always is. */
  readonly receiptDays: number;
  /** Why nothing can be stored now; null where it can. */
  readonly whyNotNow: () => string | null;
}

/** The body as it is recorded; the hash stands for the content of a file. */
function recordedBody(command: Command): JsonObject {
  if (command.name !== 'add-export') return command.body as JsonObject;
  const { content, ...recorded } = command.body;
  return recorded;
}

/** What makes a repeat the same request: not the times of the file, which may have been touched since. */
function requestedBody(command: Command): JsonObject {
  const { itsOwnTimes, ...requested } = recordedBody(command);
  return requested;
}

/** Takes commands, and gives each exactly one result. */
export class CommandBus {
  private readonly executor: Executor;
  private readonly handlers: CommandHandlers;
  private readonly pairingHandlers: PairingHandlers;
  private readonly correctionHandlers: CorrectionHandlers;
  readonly idempotency: IdempotencyStore;
  private readonly previewer: Previewer;
  private readonly keyedRuns: KeyedRuns<AcceptedCommand>;
  private pending = 0;

  constructor(private readonly options: CommandBusOptions) {
    const { store, runner } = options;
    this.executor = new Executor(store, runner);
    this.handlers = new CommandHandlers(store, runner, options.archive, options.finder);
    this.pairingHandlers = new PairingHandlers(store, this.handlers);
    this.correctionHandlers = new CorrectionHandlers(store, runner, new EventsById(store), this.handlers);
    this.idempotency = new IdempotencyStore(store, runner, options.clock, options.receiptDays);
    this.keyedRuns = new KeyedRuns(this.idempotency, runner, options.answerFormat);
    this.previewer = new Previewer(runner, (command, run) => this.found(command, run));
  }

  async submit(command: Command, context: CommandContext): Promise<ExecutionResult> {
    return await this.inTurn(async () => {
      const notNow = this.whyNotNow();
      if (notNow !== null) return notNow;
      const { idempotencyKey } = context;
      return await (idempotencyKey === null
        ? this.run(command, this.runOf(context, this.options.newId()))
        : this.runOnce(command, context, idempotencyKey));
    });
  }

  /**
   * What the command would do now, and what it would change. Nothing is stored: no event, no refusal, and no record of the
   * key, which only tells the ids that the command with this key would give what it creates.
   */
  async preview(command: Command, context: CommandContext): Promise<Result<PreviewAnswer>> {
    return await this.inTurn(async () => {
      const { idempotencyKey: key } = context;
      if (key === null)
        return await this.previewer.preview(command, this.runOf(context, this.options.newId()));
      await this.options.runner.catchUp();
      const fingerprint = fingerprintOf(command.name, requestedBody(command), context.occurredAt);
      const record = await this.idempotency.find({ key, command: command.name, fingerprint });
      if (record.state === 'other-request') return keyReused;
      return record.state === 'answered' || record.state === 'stored'
        ? new Ok(repeated)
        : await this.previewer.preview(command, this.runOf(context, record.commandId));
    });
  }

  /** Counts as pending while it is worked on. */
  async inTurn<Value>(work: () => Promise<Value>): Promise<Value | Failed> {
    if (this.pending >= this.options.maxPending) return failed({ kind: 'overloaded' });
    this.pending += 1;
    try {
      return await work();
    } catch (error) {
      if (error instanceof UnderRepairError) {
        return failed({ kind: 'under-repair', detail: `${error.message} Nothing was stored.` });
      }
      if (error instanceof StoreUnavailableError) {
        return failed({ kind: 'store-unavailable', reason: error.message });
      }
      throw error;
    } finally {
      this.pending -= 1;
    }
  }

  /** Null where something can be stored. */
  whyNotNow(): Failed | null {
    const reason = this.options.whyNotNow();
    return reason === null ? null : failed({ kind: 'store-unavailable', reason });
  }

  get pendingCommands(): number {
    return this.pending;
  }

  runOf(context: CommandContext, commandId: string): ExecutionContext {
    const now = this.options.clock().toISOString();
    const at = context.occurredAt ?? now;
    const never = async (): Promise<null> => null;
    return {
      ...context,
      commandId,
      idsFrom: commandId,
      at,
      now,
      recall: never,
      reserve: never,
      note: null,
      resumed: false,
    };
  }

  private async runOnce(command: Command, context: CommandContext, key: string): Promise<ExecutionResult> {
    const fingerprint = fingerprintOf(command.name, requestedBody(command), context.occurredAt);
    return await this.keyedRuns.once({ key, command: command.name, fingerprint }, (claim) =>
      this.run(command, { ...this.runOf(context, claim.commandId), ...claim }),
    );
  }

  /** Also as a part of a request that gives many, and has its own turn and key. */
  async run(command: Command, run: ExecutionContext): Promise<ExecutionResult> {
    if (command.name === 'declare-site-outage') {
      const recalled = await run.recall(null);
      if (recalled !== null) return recalled;
      // The pools of a site are read from the live state.
      await this.options.runner.catchUp();
      const { site, ...rest } = command.body;
      return await declareSiteOutage(command, this.options, run, (pool, part) =>
        this.run({ name: 'declare-outage', body: { ...rest, pool, site } }, part),
      );
    }
    let handler: CommandHandler | null = null;
    try {
      const found = await this.found(command, run);
      if ('outcome' in found) return (await run.recall(null)) ?? mistake(found);
      handler = found;
      return await this.executor.execute(handler, command.name, recordedBody(command), run);
    } catch (error) {
      // What was stored before is answered again, even if it could not be decided now; so is what was stored by this try
      // although the store did not say so.
      const recalled = await run.recall(handler);
      if (recalled !== null) return recalled;
      if (error instanceof InvalidAppendError) return notStorable(command, error);
      if (!(error instanceof NotUnderstoodError)) throw error;
      const { stream, position, message } = error;
      return failed({ kind: 'not-understood', stream, position, detail: `${message} Nothing was stored.` });
    }
  }

  private async found(command: OneStreamCommand, run: ExecutionContext): Promise<CommandHandler | Unknown> {
    const found = await this.handlerOf(command, run);
    if (!('outcome' in found)) return found;
    // Unknown to the live state, which may be behind the log.
    await this.options.runner.catchUp();
    return await this.handlerOf(command, run);
  }

  private async handlerOf(
    command: OneStreamCommand,
    run: ExecutionContext,
  ): Promise<CommandHandler | Unknown> {
    switch (command.name) {
      case 'register-pair':
        return this.pairingHandlers.of(command, run);
      case 'unregister-pair':
        return this.pairingHandlers.ofUnregistration(command, run, ({ pools }) => {
          const agents = [...this.options.runner.state.console.state.agents.values()];
          const wasThere = (pool: string): boolean => pools.some(({ fqdn }) => fqdn === pool);
          return agents.filter(({ homes }) => homes.some(({ pool }) => wasThere(pool))).length;
        });
      case 'choose-route':
        return this.pairingHandlers.ofRoute(command, run);
      case 'replace-pool':
        return this.pairingHandlers.ofReplacement(command, run);
      case 'unpair':
        return this.pairingHandlers.ofUnpairing(command, run);
      case 'retire-pool':
        return this.pairingHandlers.ofRetirement(command, run, (pool) =>
          needingPool(this.options.runner.state, pool),
        );
      case 'retract':
      case 'correct-time':
        return await this.correctionHandlers.of(command);
      case 'register-agent':
      case 'move-agent':
      case 'list-agent':
      case 'sign-in-agent':
      case 'sign-out-agent':
        return await this.handlers.ofAgent(command, reportedBy(run));
      case 'report-call-arrived':
      case 'report-call-connected':
      case 'report-call-ended':
      case 'place-call-on-behalf':
        return await this.handlers.ofCall(command, run);
      default:
        return this.handlers.ofPair(command, run.commandId, reportedBy(run));
    }
  }
}
