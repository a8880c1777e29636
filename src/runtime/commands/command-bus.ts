import type { JsonObject } from '../../../events/envelope.js';
import type { Command } from '../../domain/commands.js';
import { StoreUnavailableError, type EventStore } from '../../store/port.js';
import type { Follower } from '../projections/projection-runner.js';
import type { IdSource } from '../identifiers.js';
import type { CallArchive } from '../projections/calls/call-archive.js';
import type { CallFinder } from '../projections/calls/call-finder.js';
import { NotUnderstoodError, notUnderstood } from './not-understood.js';
import { fingerprintOf, keyReused, Receipts } from './idempotency-store.js';
import { overloaded, problem, replyToMistake, type Reply } from '../reply.js';
import { UnderRepairError } from '../projections/state/parked.js';
import type { CommandContext, Run } from './execution-context.js';
import { Executor } from './executor.js';
import { PairingTargets } from './pairing-handlers.js';
import { declareSiteOutage } from './site-outage.js';
import { Targets } from './command-handlers.js';

export interface DeskOptions {
  readonly store: EventStore;
  readonly follower: Follower;
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
export class CommandDesk {
  private readonly executor: Executor;
  private readonly targets: Targets;
  private readonly pairings: PairingTargets;
  private readonly receipts: Receipts;
  private readonly underWay = new Map<
    string,
    { readonly fingerprint: string; readonly reply: Promise<Reply> }
  >();
  private pending = 0;

  constructor(private readonly options: DeskOptions) {
    const { store, follower } = options;
    this.executor = new Executor(store, follower);
    this.targets = new Targets(store, follower, options.archive, options.finder);
    this.pairings = new PairingTargets(store, this.targets);
    this.receipts = new Receipts(store);
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

  private runOf(context: CommandContext, commandId: string): Run {
    const at = context.occurredAt ?? this.options.clock().toISOString();
    return { ...context, commandId, at, reserve: async () => null, resumed: () => false };
  }

  /** With an idempotency key: overlapping repeats share one run, later ones get the kept answer. */
  private async runOnce(command: Command, context: CommandContext, key: string): Promise<Reply> {
    const fingerprint = fingerprintOf(command.name, recordedBody(command), context.occurredAt);
    const other = this.underWay.get(key);
    if (other !== undefined) return other.fingerprint === fingerprint ? await other.reply : keyReused();
    const reply = this.runThroughReceipts(command, context, key, fingerprint);
    this.underWay.set(key, { fingerprint, reply });
    try {
      return await reply;
    } finally {
      this.underWay.delete(key);
    }
  }

  private async runThroughReceipts(
    command: Command,
    context: CommandContext,
    key: string,
    fingerprint: string,
  ): Promise<Reply> {
    const receipt = await this.receipts.find(key, fingerprint);
    if (receipt.state === 'other-request') return keyReused();
    if (receipt.state === 'answered') return receipt.reply;
    let resumed = receipt.state === 'received';
    let ours = resumed;
    const reserve = async (): Promise<Reply | null> => {
      if (ours) return null;
      if (!(await this.receipts.receive(key, command.name, fingerprint))) {
        const theirs = await this.receipts.find(key, fingerprint);
        if (theirs.state === 'other-request') return keyReused();
        if (theirs.state === 'answered') return theirs.reply;
        resumed = true;
      }
      ours = true;
      return null;
    };
    const run = this.runOf(context, this.receipts.commandIdOf(key));
    const reply = await this.run(command, { ...run, reserve, resumed: () => resumed });
    return ours && reply.status < 429 ? await this.receipts.answer(key, fingerprint, reply) : reply;
  }

  private async run(command: Command, run: Run): Promise<Reply> {
    if (command.name === 'declare-site-outage') {
      // The pools of a site are read from the live state.
      await this.options.follower.catchUp();
      const { site, ...rest } = command.body;
      return await declareSiteOutage(command, this.options.follower, run, (pool, part) =>
        this.run({ name: 'declare-outage', body: { ...rest, pool, site } }, part),
      );
    }
    let target = await this.targetOf(command, run);
    if ('outcome' in target) {
      // Unknown to the live state, which may be behind the log.
      await this.options.follower.catchUp();
      target = await this.targetOf(command, run);
    }
    if ('outcome' in target) return replyToMistake(target);
    try {
      return await this.executor.execute(target, command.name, recordedBody(command), run);
    } catch (error) {
      if (error instanceof NotUnderstoodError) return notUnderstood(error);
      throw error;
    }
  }

  private async targetOf(
    command: Exclude<Command, { name: 'declare-site-outage' }>,
    run: Run,
  ): Promise<ReturnType<Targets['ofPair']>> {
    switch (command.name) {
      case 'register-pair':
        return this.pairings.of(command, run);
      case 'register-agent':
      case 'sign-in-agent':
      case 'sign-out-agent':
        return this.targets.ofAgent(command);
      case 'report-call-arrived':
      case 'report-call-connected':
      case 'report-call-ended':
      case 'place-call-on-behalf':
        return await this.targets.ofCall(command, run.commandId);
      default:
        return this.targets.ofPair(command, run.commandId);
    }
  }
}
