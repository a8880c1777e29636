import type { Requester } from './requester.js';
import { Failed, Ok, type Result } from './result.js';
import { bySystemClock, type Schedule } from './schedule.js';

export interface DearOptions {
  /** Dear requests of a kind that are worked on at once. */
  readonly atOnce: number;
  /** Those that may wait until there is a place for them; more are turned away. */
  readonly mostWaiting: number;
  readonly schedule: Schedule;
}

export const usualDearOptions: DearOptions = { atOnce: 4, mostWaiting: 100, schedule: bySystemClock };

/** Thrown to a request that is turned away. */
export class BusyError extends Error {
  constructor() {
    super('Too many requests that read much of the log are waiting.');
    this.name = 'BusyError';
  }
}

/**
 * A reader that takes no page for so many checks loses its place to one that waits. The time between two checks is in
 * milliseconds. Where nobody waits, a reader may be as slow as it likes.
 */
export const idleAtMost = { checks: 3, every: 10_000 } as const;

/** The right to be worked on. */
interface Place {
  /** How many checks have found that its reader has taken no page since; null while the next is worked on. */
  idle: number | null;
  isTaken: boolean;
  /** Ends the connection of its reader. */
  readonly cut: () => void;
}

interface Waiter {
  readonly admit: () => void;
}

/** Lets few requests at a time do what is dear, reading and folding much of the log, in the order in which they came. */
export class DearRequests {
  private readonly places = new Set<Place>();
  private readonly queue = new Set<Waiter>();
  private cancelCheck: (() => void) | null = null;

  constructor(private readonly options: DearOptions = usualDearOptions) {}

  /** How many wait for a place. */
  get waiting(): number {
    return this.queue.size;
  }

  /** How many have a place. */
  get underWay(): number {
    return this.places.size;
  }

  /**
   * Does the work once there is a place for it.
   * @throws BusyError, what the work throws, and the reason of the aborted signal
   */
  async run<Value>(work: () => Promise<Value>, signal?: AbortSignal): Promise<Value> {
    const place = await this.enter(signal);
    try {
      return await work();
    } finally {
      this.leave(place);
    }
  }

  /**
   * The same for an answer in pages, which has its place until its end.
   * @throws as `run`
   */
  async stream<Page>(
    open: () => Result<AsyncIterable<Page>> | Promise<Result<AsyncIterable<Page>>>,
    requester?: Requester,
  ): Promise<Result<AsyncIterable<Page>>> {
    const place = await this.enter(requester?.signal, requester?.cut);
    try {
      const opened = await open();
      if (opened instanceof Failed) {
        this.leave(place);
        return opened;
      }
      // Its reader may go before it has taken the first page.
      requester?.signal.addEventListener('abort', () => this.leave(place), { once: true });
      place.idle = 0;
      return new Ok(this.pagesOf(opened.value, place), opened.version);
    } catch (error) {
      this.leave(place);
      throw error;
    }
  }

  private async *pagesOf<Page>(
    pages: AsyncIterable<Page>,
    place: Place,
  ): AsyncGenerator<Page, void, undefined> {
    place.idle = null;
    try {
      for await (const page of pages) {
        place.idle = 0;
        yield page;
        if (!place.isTaken) throw new BusyError();
        place.idle = null;
      }
    } finally {
      this.leave(place);
    }
  }

  private async enter(signal?: AbortSignal, cut: () => void = () => undefined): Promise<Place> {
    signal?.throwIfAborted();
    if (this.places.size >= this.options.atOnce) {
      if (this.queue.size >= this.options.mostWaiting) throw new BusyError();
      return await this.turn(signal, cut);
    }
    return this.newPlace(cut);
  }

  private newPlace(cut: () => void): Place {
    const place: Place = { idle: null, isTaken: true, cut };
    this.places.add(place);
    return place;
  }

  private leave(place: Place): void {
    place.isTaken = false;
    if (!this.places.delete(place)) return;
    const [next] = this.queue;
    next?.admit();
  }

  private async turn(signal: AbortSignal | undefined, cut: () => void): Promise<Place> {
    const { promise, resolve, reject } = Promise.withResolvers<Place>();
    const waiter: Waiter = {
      admit: () => {
        this.queue.delete(waiter);
        resolve(this.newPlace(cut));
      },
    };
    const goAway = (): void => {
      // It may have been admitted just before.
      if (this.queue.delete(waiter)) reject(signal?.reason);
    };
    this.queue.add(waiter);
    this.checkLater();
    signal?.addEventListener('abort', goAway, { once: true });
    try {
      return await promise;
    } finally {
      signal?.removeEventListener('abort', goAway);
      if (this.queue.size === 0) this.stopChecking();
    }
  }

  private checkLater(): void {
    this.cancelCheck ??= this.options.schedule(idleAtMost.every, () => {
      this.cancelCheck = null;
      for (const place of this.places) this.check(place);
      if (this.queue.size > 0) this.checkLater();
    });
  }

  private check(place: Place): void {
    if (place.idle === null || this.queue.size === 0) return;
    place.idle += 1;
    if (place.idle < idleAtMost.checks) return;
    this.leave(place);
    place.cut();
  }

  private stopChecking(): void {
    this.cancelCheck?.();
    this.cancelCheck = null;
  }
}
