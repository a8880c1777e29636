import {
  StoreUnavailableError,
  type EventStore,
  type StoredEvent,
  type Subscription,
} from '../store/port.js';
import { decode } from './decode.js';
import { LiveState } from './live-state.js';

/** How long a command waits for the live state, in milliseconds. */
const patience = 5_000;

interface Waiter {
  readonly position: bigint;
  readonly reached: () => void;
}

/** Carries the log into the live state, from its first event on, and tells who waits for a position. */
export class Follower {
  readonly state = new LiveState();
  private waiters: Waiter[] = [];
  private subscription: Subscription | null = null;
  private fault: unknown = null;

  constructor(private readonly store: EventStore) {}

  /**
   * Resolves when everything that was in the log has been folded. A store outside this process may be unreachable for
   * long: it delivers when it can, and its subscription ends with the handler only.
   * @throws UnknownEventTypeError | UnknownSchemaVersionError: a log that is not understood is not shown
   */
  async start(): Promise<void> {
    this.subscription = this.store.subscribe({}, (events) => this.fold(events));
    void this.subscription.ended.then((error) => (this.fault ??= error));
    await this.subscription.caughtUp;
  }

  async stop(): Promise<void> {
    await this.subscription?.close();
  }

  /** Why following ended by itself; null while all is well. */
  get failure(): unknown {
    return this.fault;
  }

  /** False where the position was not reached in time. `milliseconds` of patience. */
  async reached(position: bigint, milliseconds: number): Promise<boolean> {
    if (this.state.position >= position) return true;
    return await new Promise<boolean>((resolve) => {
      const timer = setTimeout(() => {
        this.waiters = this.waiters.filter((other) => other !== waiter);
        resolve(false);
      }, milliseconds);
      const waiter: Waiter = {
        position,
        reached: () => {
          clearTimeout(timer);
          resolve(true);
        },
      };
      this.waiters.push(waiter);
    });
  }

  /**
   * Waits until the live state is as new as what was read from a stream: another process may have written it.
   * @throws StoreUnavailableError where that takes too long
   */
  async catchUpTo(position: bigint): Promise<void> {
    if (await this.reached(position, patience)) return;
    throw new StoreUnavailableError(
      `The live state stands at position ${this.state.position}; ${position} was not reached within ${patience} ms.`,
    );
  }

  /**
   * Waits until the live state is as new as the log.
   * @throws StoreUnavailableError
   */
  async catchUp(): Promise<void> {
    await this.catchUpTo((await this.store.lastPosition()) ?? 0n);
  }

  private fold(events: readonly StoredEvent[]): void {
    try {
      for (const event of events) this.state.apply(decode(event));
    } catch (error) {
      this.fault = error;
      throw error;
    }
    if (this.waiters.length === 0) return;
    const { position } = this.state;
    for (const waiter of this.waiters) if (waiter.position <= position) waiter.reached();
    this.waiters = this.waiters.filter((waiter) => waiter.position > position);
  }
}
