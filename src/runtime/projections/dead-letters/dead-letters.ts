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

/** How often an event is tried before it is a dead letter, and how long is waited in between. */
export interface RetryOptions {
  /** At least 1. */
  readonly attempts: number;
  /** Before the second try, in milliseconds; each further one waits twice as long. */
  readonly backoff: number;
  readonly pause: (milliseconds: number) => Promise<void>;
}

export const usualRetries: RetryOptions = {
  attempts: 3,
  backoff: 200,
  pause: (milliseconds) => pause(milliseconds),
};

/** While the store is away; in milliseconds. */
const longestWait = 2_000;

interface Tried {
  attempts: number;
  readonly since: string;
}

/** Tries again what could not be folded, and knows what was given up. */
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
    for (const fold of this.runner.state.instances()) {
      for (const [part, parked] of fold.parked) {
        const id = deadLetterId(fold.projection, parked);
        const tried = this.tried.get(id);
        if (tried === undefined || tried.attempts < this.retries.attempts) continue;
        const { name: projection, version } = fold.projection;
        letters.push({ id, projection, version, part, ...parked, ...tried });
      }
    }
    return letters.sort((one, other) => Number(one.event.position - other.event.position));
  }

  find(id: string): DeadLetter | null {
    return this.list().find((letter) => letter.id === id) ?? null;
  }

  /** Whether the fold that a letter keeps back is being tried, or put right: resolves when it is not. */
  async idle({ projection, event }: Pick<DeadLetter, 'projection' | 'event'>): Promise<void> {
    const fold = this.instanceFor(projection, event.stream);
    await this.lock.run(keyOf(fold), async () => undefined);
  }

  /** Waits for what is under way. */
  async stop(): Promise<void> {
    this.stopped = true;
    for (const unsubscribe of this.subscriptions) unsubscribe();
    await Promise.all(this.underWay);
  }

  private begin(work: Promise<void>): void {
    // The store may be lost meanwhile: what is parked stays parked, and is tried again at the next start.
    const idle = work.catch(() => undefined).finally(() => this.underWay.delete(idle));
    this.underWay.add(idle);
  }

  /** Tries what is new among the parked parts of a fold, until it goes or is given up. */
  private async retryLoop(fold: AnyProjectionInstance): Promise<void> {
    const since = this.clock().toISOString();
    for (const id of idsIn(fold)) if (!this.tried.has(id)) this.tried.set(id, { attempts: 1, since });
    await this.lock.run(keyOf(fold), async () => {
      // There is nothing to show before this try, which puts right what is half changed.
      if (fold.corrupted) await this.tryAgain(fold);
      for (let wait = this.retries.backoff; this.isToBeTried(fold); wait = Math.min(wait * 2, longestWait)) {
        await this.retries.pause(wait);
        if (this.stopped) return;
        await this.tryAgain(fold);
      }
    });
  }

  /** Somebody has retried or discarded a letter, here or on another instance. */
  private async applyDecision(event: Recorded<PoolkeeperEvent>): Promise<void> {
    if (event.type !== 'DeadLetterDiscarded' && event.type !== 'DeadLetterRetried') return;
    const { projection, stream, eventId } = event.data;
    const fold = this.instanceFor(currentNameOf(projection), stream);
    await this.lock.run(keyOf(fold), async () => {
      if ([...fold.parked.values()].some((parked) => parked.event.id === eventId)) await this.again(fold);
    });
  }

  /** Where the store is away, that was a try too. */
  private async tryAgain(fold: AnyProjectionInstance): Promise<void> {
    await this.again(fold).catch(() => undefined);
  }

  /** Folds all of it once more, from where it was whole, and the live one goes on from there. */
  private async again(fold: AnyProjectionInstance): Promise<void> {
    const before = idsIn(fold);
    for (const id of before) {
      const tried = this.tried.get(id);
      if (tried !== undefined) tried.attempts += 1;
    }
    const beside = new InstanceBeside(fold, this.historicalState);
    await buildBeside(this.runner, beside, () => fold.swapIn(beside.built));
    const after = idsIn(fold);
    for (const id of before) if (!after.includes(id)) this.tried.delete(id);
  }

  private isToBeTried(fold: AnyProjectionInstance): boolean {
    const { attempts } = this.retries;
    if (this.stopped || fold.corrupted) return !this.stopped;
    return idsIn(fold).some((id) => (this.tried.get(id)?.attempts ?? 0) < attempts);
  }

  private instanceFor(projection: string, stream: string): AnyProjectionInstance {
    const { state } = this.runner;
    const { pairId } = describeStream(stream);
    const isOfNoPair = [state.directory, state.console].some((fold) => fold.projection.name === projection);
    return state.instanceFor(projection, isOfNoPair ? '' : (pairId ?? ''));
  }
}

const idsIn = (fold: AnyProjectionInstance): readonly string[] =>
  [...fold.parked.values()].map((parked) => deadLetterId(fold.projection, parked));

const keyOf = ({ projection, key }: AnyProjectionInstance): string => `${projection.name} ${key}`;
