import { setTimeout as pause } from 'node:timers/promises';
import type { Recorded } from '../../../../events/envelope.js';
import type { PoolkeeperEvent } from '../../../../events/registry.js';
import { describeStream } from '../../../../events/streams.js';
import type { ProjectionRunner } from '../projection-runner.js';
import { KeyedLock } from '../../../store/keyed-lock.js';
import type { AnyProjectionInstance } from '../state/projection-instance.js';
import type { HistoricalState } from '../state/historical-state.js';
import { buildBeside } from '../rebuild/beside.js';
import { InstanceBeside } from '../rebuild/instance-beside.js';
import { currentNameOf } from '../state/projections.js';
import { deadLetterId, type DeadLetter } from './dead-letter.js';

/** How often an event is tried before it is a dead letter, and the pauses between. */
export interface RetryOptions {
  /** At least 1. */
  readonly attempts: number;
  /** Before the second attempt, in milliseconds; doubled for each further one. */
  readonly backoff: number;
  readonly pause: (milliseconds: number) => Promise<void>;
}

export const usualRetries: RetryOptions = {
  attempts: 3,
  backoff: 200,
  pause: (milliseconds) => pause(milliseconds),
};

/** The longest pause between attempts, also while the store is unreachable; in milliseconds. */
const longestWait = 2_000;

interface Tried {
  attempts: number;
  readonly since: string;
}

/** Retries events that could not be folded, and lists those that were given up. */
export class DeadLetters {
  private readonly tried = new Map<string, Tried>();
  private readonly lock = new KeyedLock();
  private readonly underWay = new Set<Promise<void>>();
  private readonly subscriptions: readonly (() => void)[];
  private stopped = false;

  constructor(
    private readonly runner: ProjectionRunner,
    private readonly historicalState: HistoricalState,
    private readonly retries: RetryOptions,
    private readonly clock: () => Date,
  ) {
    const { parkings, decisions } = runner.state;
    this.subscriptions = [
      parkings.subscribe((instance) => this.begin(this.retryLoop(instance))),
      decisions.subscribe((event) => this.begin(this.applyDecision(event))),
    ];
  }

  /** In the order of the log. */
  list(): readonly DeadLetter[] {
    const letters: DeadLetter[] = [];
    for (const instance of this.runner.state.instances()) {
      for (const [part, parked] of instance.parked) {
        const id = deadLetterId(instance.projection, parked);
        const tried = this.tried.get(id);
        if (tried === undefined || tried.attempts < this.retries.attempts) continue;
        const { name: projection, version } = instance.projection;
        letters.push({ id, projection, version, part, ...parked, ...tried });
      }
    }
    return letters.sort((one, other) => Number(one.event.position - other.event.position));
  }

  find(id: string): DeadLetter | null {
    return this.list().find((letter) => letter.id === id) ?? null;
  }

  /** Resolves when the instance of a letter is not being retried or repaired. */
  async idle({ projection, event }: Pick<DeadLetter, 'projection' | 'event'>): Promise<void> {
    const instance = this.instanceFor(projection, event.stream);
    await this.lock.run(keyOf(instance), () => Promise.resolve());
  }

  /** Waits for the current attempts. */
  async stop(): Promise<void> {
    this.stopped = true;
    for (const unsubscribe of this.subscriptions) unsubscribe();
    await Promise.all(this.underWay);
  }

  private begin(work: Promise<void>): void {
    // The store may become unreachable: parked parts stay parked, and are tried again at the next start.
    const idle = work.catch(() => undefined).finally(() => this.underWay.delete(idle));
    this.underWay.add(idle);
  }

  /** Retries the newly parked parts of an instance until they are folded or given up. */
  private async retryLoop(instance: AnyProjectionInstance): Promise<void> {
    const since = this.clock().toISOString();
    for (const id of idsIn(instance)) if (!this.tried.has(id)) this.tried.set(id, { attempts: 1, since });
    await this.lock.run(keyOf(instance), async () => {
      // The state is unusable until this attempt, so it is not delayed.
      if (instance.corrupted) await this.tryAgain(instance);
      for (
        let wait = this.retries.backoff;
        this.isToBeTried(instance);
        wait = Math.min(wait * 2, longestWait)
      ) {
        await this.retries.pause(wait);
        if (this.stopped) return;
        await this.tryAgain(instance);
      }
    });
  }

  /** Carries out a retry or discard that was recorded here or by another service on the same log. */
  private async applyDecision(event: Recorded<PoolkeeperEvent>): Promise<void> {
    if (event.type !== 'DeadLetterDiscarded' && event.type !== 'DeadLetterRetried') return;
    const { projection, stream, eventId } = event.data;
    const instance = this.instanceFor(currentNameOf(projection), stream);
    await this.lock.run(keyOf(instance), async () => {
      if ([...instance.parked.values()].some((parked) => parked.event.id === eventId))
        await this.again(instance);
    });
  }

  /** An unreachable store counts as an attempt. */
  private async tryAgain(instance: AnyProjectionInstance): Promise<void> {
    await this.again(instance).catch(() => undefined);
  }

  /** Rebuilds the instance beside the live one and swaps it in. */
  private async again(instance: AnyProjectionInstance): Promise<void> {
    const before = idsIn(instance);
    for (const id of before) {
      const tried = this.tried.get(id);
      if (tried !== undefined) tried.attempts += 1;
    }
    const beside = new InstanceBeside(instance, this.historicalState);
    await buildBeside(this.runner, beside, () => instance.swapIn(beside.built));
    const after = idsIn(instance);
    for (const id of before) if (!after.includes(id)) this.tried.delete(id);
  }

  private isToBeTried(instance: AnyProjectionInstance): boolean {
    const { attempts } = this.retries;
    if (this.stopped || instance.corrupted) return !this.stopped;
    return idsIn(instance).some((id) => (this.tried.get(id)?.attempts ?? 0) < attempts);
  }

  private instanceFor(projection: string, stream: string): AnyProjectionInstance {
    const { state } = this.runner;
    const { pairId } = describeStream(stream);
    const isOfNoPair = [state.directory, state.console].some(
      (instance) => instance.projection.name === projection,
    );
    return state.instanceFor(projection, isOfNoPair ? '' : (pairId ?? ''));
  }
}

const idsIn = (instance: AnyProjectionInstance): readonly string[] =>
  [...instance.parked.values()].map((parked) => deadLetterId(instance.projection, parked));

const keyOf = ({ projection, key }: AnyProjectionInstance): string => `${projection.name} ${key}`;
