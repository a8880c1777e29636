import { setTimeout as pause } from 'node:timers/promises';
import type { Occasion } from '../../seals/checkpoint.js';
import { StoreUnavailableError, type EventStore } from '../../store/port.js';
import type { ProjectionRunner } from '../projections/projection-runner.js';
import { departureFrom } from './departure.js';
import { ofTheLifecycle } from './lifecycle-events.js';
import type { NewSigner } from './seal-keys.js';
import { LogDepartedError, SealedLog } from './sealed-log.js';
import type { SealRecord } from './seal-record.js';
import type { SealSinks } from './seal-sinks.js';

export interface SealingOptions {
  /** DATA_DIR. */
  readonly folder: string;
  /** Between two seals of a log that grows, in milliseconds. */
  readonly interval: number;
  readonly sinks: SealSinks;
  /** Where keys come from; random where absent. */
  readonly newSigner?: NewSigner;
  /** Says what an operator must know. */
  readonly notify: (level: 'info' | 'warn' | 'error', sentence: string) => void;
}

export interface SealingStatus {
  readonly origin: string;
  readonly last: SealRecord | null;
  /** Why nothing is sealed any more; null while all is well. */
  readonly onHold: string | null;
  /** Why the last seal could not be made or sent; null where it could. */
  readonly fault: string | null;
  /** To how many places seals cannot be sent. */
  readonly sinksFailing: number;
}

/** Events of one command, and of those that follow it at once, have one seal; in milliseconds. */
const SOON = 500;
/** How often the tree is brought up to the log between seals, in milliseconds. */
const GROWTH = 5_000;
const RETRY = 1_000;
/** How long the last seal may keep a stop waiting, in milliseconds. */
const LAST_MOMENT = 2_000;

/** Keeps the tree up with the log and signs it, beside the commands: none of them waits for it. */
export class Sealing {
  readonly log: SealedLog;
  private readonly stopping = new AbortController();
  private readonly timers: NodeJS.Timeout[] = [];
  private soon: NodeJS.Timeout | null = null;
  private stopListening: () => void = () => undefined;
  private work: Promise<unknown> = Promise.resolve();
  private begun: Promise<void> | null = null;
  /** Whether the tree is that of the log. */
  private isReady = false;
  private held: string | null = null;
  private problem: string | null = null;

  /** @throws Error where the key cannot be read, or the folder cannot be written */
  constructor(
    private readonly store: EventStore,
    private readonly runner: ProjectionRunner,
    private readonly clock: () => Date,
    private readonly options: SealingOptions,
  ) {
    this.log = new SealedLog(options.folder, clock().toISOString(), options.newSigner);
  }

  get status(): SealingStatus {
    const { sinks } = this.options;
    return {
      origin: this.log.keys.origin,
      last: this.log.last,
      onHold: this.held,
      fault: this.problem ?? sinks.fault,
      sinksFailing: sinks.failing,
    };
  }

  /** Returns at once: the log is read beside everything else. */
  start(): void {
    this.begun ??= this.begin();
    this.stopListening = this.runner.applied.subscribe(({ type }) => {
      if (ofTheLifecycle.has(type)) this.sealSoon();
    });
    this.every(GROWTH, () => this.grow());
    this.every(this.options.interval, () => this.seal('interval'));
  }

  /** Seals what is left, if that takes no longer than a moment. The store must still be open. */
  async stop(): Promise<void> {
    this.stopListening();
    for (const timer of this.timers) clearInterval(timer);
    if (this.soon !== null) clearTimeout(this.soon);
    const sealed = this.isReady ? this.attempt(() => this.seal('stop', true)) : Promise.resolve();
    await Promise.race([sealed, pause(LAST_MOMENT, undefined, { ref: false })]);
    this.stopping.abort(new Error('The service is stopping.'));
    await Promise.race([Promise.all([this.begun, this.work]), pause(LAST_MOMENT, undefined, { ref: false })]);
    this.log.close();
    await this.options.sinks.close();
  }

  /** Replaces the key; gives the note that the old and the new one have signed. */
  async rotate(reason: string): Promise<string> {
    return await this.inTurn(() => {
      const note = this.log.keys.rotate(this.now(), reason);
      if (this.isReady) this.sign('rotation', true);
      return note;
    });
  }

  /** Begins a new series of seals under another name, after the log was replaced on purpose. */
  async renew(reason: string): Promise<string> {
    const before = await this.inTurn(() => {
      const folder = this.log.renew(this.now(), reason);
      this.held = null;
      this.isReady = true;
      return folder;
    });
    this.options.notify(
      'warn',
      `The seals begin again as ${this.log.keys.origin}: ${reason}. Those before are in ${before}.`,
    );
    await this.seal('renewal', true);
    return before;
  }

  /** Brings the tree up to the log. */
  async grow(): Promise<void> {
    // A store outside this process is not asked where the views have seen nothing new.
    if (this.runner.state.position <= this.log.position) return;
    await this.inTurn(() => this.grown());
  }

  /** The same, and what fails is said where the other faults of sealing are. */
  async catchUp(): Promise<void> {
    await this.attempt(() => this.grow());
  }

  /** Resolves when a seal covers what the log had at the call; does nothing while sealing is on hold. */
  async seal(occasion: Occasion, always = false): Promise<void> {
    await this.inTurn(async () => {
      if (await this.grown()) this.sign(occasion, always);
    });
  }

  private sign(occasion: Occasion, always: boolean): void {
    const seal = this.log.sign(occasion, this.now(), always);
    if (seal !== null) this.options.sinks.send(seal);
  }

  private sealSoon(): void {
    this.soon ??= setTimeout(() => {
      this.soon = null;
      void this.attempt(() => this.seal('lifecycle'));
    }, SOON);
  }

  /** Tries until it is clear whether the log is the one that was sealed. */
  private async begin(): Promise<void> {
    const { signal } = this.stopping;
    for (let wait = RETRY; !signal.aborted && !this.isSettled(); wait = Math.min(wait * 2, GROWTH)) {
      await this.attempt(() => this.inTurn(() => this.resumed()));
      if (!this.isSettled()) await pause(wait, undefined, { signal, ref: false }).catch(() => undefined);
    }
  }

  private isSettled(): boolean {
    return this.isReady || this.held !== null;
  }

  private async resumed(): Promise<void> {
    const { last } = this.log;
    try {
      await this.log.resume(this.store, this.stopping.signal);
    } catch (error) {
      if (!(error instanceof LogDepartedError)) throw error;
      await this.hold(error);
      return;
    }
    await this.log.grow(this.store, this.stopping.signal);
    this.isReady = true;
    const grown = this.log.tree.size - (last?.size ?? 0);
    if (last?.occasion === 'stop' && grown > 0 && this.store.status === undefined) {
      this.options.notify(
        'warn',
        `${grown} events after position ${last.position} were stored while this service did not run: it sealed the end of the log when it stopped.`,
      );
    }
    this.sign('start', last?.occasion === 'stop');
  }

  /** A log that does not continue its last seal is never sealed as if nothing had happened. */
  private async hold({ last, message }: LogDepartedError): Promise<void> {
    const where = await departureFrom(last, this.store, this.options.folder, this.stopping.signal);
    this.held = `${message}${where} Nothing is sealed until that is settled: put the right log back, or begin again with "poolkeeper seal renew --reason …".`;
    this.options.notify(
      'error',
      `The log does not continue the seal of ${last.at} over ${last.size} events. ${this.held}`,
    );
  }

  /** Whether the tree may be signed. */
  private async grown(): Promise<boolean> {
    if (!this.isReady || this.held !== null) return false;
    await this.log.grow(this.store, this.stopping.signal);
    return true;
  }

  /** What fails is said and tried again later; a store that is away says so itself. */
  private async attempt(work: () => Promise<void>): Promise<void> {
    try {
      await work();
      this.problem = null;
    } catch (error) {
      if (this.stopping.signal.aborted) return;
      const sentence = error instanceof Error ? error.message : String(error);
      if (this.problem === null && !(error instanceof StoreUnavailableError)) {
        this.options.notify('error', `The log could not be sealed: ${sentence}`);
      }
      this.problem = sentence;
    }
  }

  /** One piece of work at a time. */
  private async inTurn<Value>(work: () => Value | Promise<Value>): Promise<Value> {
    const turn = this.work.then(work);
    this.work = turn.catch(() => undefined);
    return await turn;
  }

  private every(milliseconds: number, work: () => Promise<void>): void {
    const timer = setInterval(() => void this.attempt(work), milliseconds);
    timer.unref();
    this.timers.push(timer);
  }

  private now(): string {
    return this.clock().toISOString();
  }
}
