import type { ConditionName } from '../../contract/health.js';
import type { EventStore } from '../../store/port.js';
import type { ProjectionRunner } from '../projections/projection-runner.js';
import type { Verified, Verifier } from '../projections/rebuild/verifier.js';
import { behindSentence } from './clock.js';
import { Conditions } from './conditions.js';
import type { DiskWatch } from './disk-watch.js';
import { problemOf } from './verification-result.js';
import type { Witness } from './witness.js';

/** Between two looks, in milliseconds. */
const PERIOD = 1_000;

/** The first verification after a start, in milliseconds: the start itself is over then. */
const FIRST_VERIFICATION = 5 * 60_000;

const doubts: readonly ConditionName[] = [
  'lost-events',
  'store-ended',
  'damaged-file',
  'verification-failed',
];

const HOUR = 3_600_000;

/** When it looks. A port, so that tests control the time. */
export interface WatchTimer {
  /** In milliseconds, from any moment on; never goes back. */
  readonly now: () => number;
  /** Runs something again and again; the function it returns ends that. */
  readonly every: (milliseconds: number, run: () => void) => () => void;
}

const usualTimer: WatchTimer = {
  now: () => performance.now(),
  every: (milliseconds, run) => {
    const timer = setInterval(run, milliseconds);
    timer.unref();
    return () => clearInterval(timer);
  },
};

export interface WatchOptions {
  readonly store: EventStore;
  readonly runner: ProjectionRunner;
  readonly verifier: Verifier;
  readonly witness: Witness;
  /** Null where the disk is not looked at. */
  readonly disk: DiskWatch | null;
  /** Whether commands need the disk: the log of an outside store is elsewhere. */
  readonly logIsOnDisk: boolean;
  readonly clock: () => Date;
  /** Hours between two verifications that nobody asks for; 0 for none. */
  readonly verifyEvery: number;
  /** What else is done every hour. */
  readonly hourly?: () => Promise<void>;
  readonly timer?: WatchTimer | undefined;
}

/** Looks after the service while it runs: what is wrong is in `conditions`, and what is over goes from there by itself. */
export class Watch {
  readonly conditions = new Conditions();
  private readonly timer: WatchTimer;
  private endLooks: () => void = () => undefined;
  private looking: Promise<void> | null = null;
  private nextVerification = Infinity;
  private nextHour = 0;

  constructor(private readonly options: WatchOptions) {
    this.timer = options.timer ?? usualTimer;
    options.verifier.results.subscribe((result) => this.noteVerification(result));
  }

  get disk(): DiskWatch | null {
    return this.options.disk;
  }

  /** Looks for the first time, and then every second. */
  async start(): Promise<void> {
    const { verifyEvery } = this.options;
    if (verifyEvery > 0) this.nextVerification = this.timer.now() + FIRST_VERIFICATION;
    await this.look();
    this.endLooks = this.timer.every(PERIOD, () => void this.look());
  }

  /** Compares the log with what is remembered of it. Called once, when the store is reached for the first time. */
  async compare(): Promise<void> {
    const { runner, witness, verifier } = this.options;
    const objection = runner.snapshotsObjection;
    this.note(
      'snapshots-discarded',
      objection &&
        `${objection} Everything was folded from the log again; this is told until the next start.`,
    );
    const lost = await witness.contradiction();
    this.note('lost-events', lost);
    verifier.knownLoss = lost;
  }

  async stop(): Promise<void> {
    this.endLooks();
    // A store outside this process may keep a look waiting.
    if (this.options.logIsOnDisk) await this.looking;
    await this.options.witness.remember(this.options.runner.state.position);
  }

  /** Why no command can be stored now; null where it can. */
  whyNoCommand(): string | null {
    return this.options.logIsOnDisk ? this.whyNoFile() : null;
  }

  /** Why no file can be kept now; null where it can. */
  whyNoFile(): string | null {
    return this.conditions.of('disk-full');
  }

  /** Whether nothing makes one doubt what the log says, such as an end that was lost. */
  get isRecordReliable(): boolean {
    return doubts.every((name) => this.conditions.of(name) === null);
  }

  /** Two looks at the same time are one. Never rejects. */
  async look(): Promise<void> {
    this.looking ??= this.lookOnce().finally(() => (this.looking = null));
    await this.looking;
  }

  private async lookOnce(): Promise<void> {
    const { store, runner, disk, witness, clock, hourly } = this.options;
    // Before it is tried again: a fault that is over by then was one.
    this.note('not-writable', store.condition?.().unwritable ?? null);
    await store.inspect?.();
    const { ended = null, damaged = null } = store.condition?.() ?? {};
    this.note('store-ended', ended);
    this.note('damaged-file', damaged);
    await disk?.look();
    this.note('disk-full', disk?.fullSentence ?? null);
    this.note('disk-low', disk?.lowSentence ?? null);
    this.note('clock-behind', behindSentence(runner.state, clock()));
    await witness.remember(runner.state.position);
    const now = this.timer.now();
    if (now >= this.nextVerification) this.beginVerification(now);
    if (hourly === undefined || now < this.nextHour) return;
    this.nextHour = now + HOUR;
    await hourly().catch(() => undefined);
  }

  private beginVerification(now: number): void {
    this.nextVerification = now + this.options.verifyEvery * HOUR;
    // Its result, also that it could not be made, is published.
    void this.options.verifier.verify().catch(() => undefined);
  }

  private noteVerification(result: Verified): void {
    const problem = problemOf(result);
    this.note('verification-failed', problem && `The verification of ${result.began} found: ${problem}`);
  }

  private note(name: ConditionName, sentence: string | null): void {
    this.conditions.note(name, sentence);
  }
}
