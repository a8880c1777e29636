import { setTimeout as pause } from 'node:timers/promises';
import {
  END,
  ErrorType,
  START,
  type EventStoreDBClient,
  type ReadRevision,
  type RecordedEvent,
} from '@eventstore/db-client';
import { StreamNotFoundError, type StoredEvent } from '../port.js';
import type { Backoff } from './backoff.js';
import { isFinal, READ_LOG, readStream, typeOf, unavailable, type Right } from './errors.js';
import { backward, drain, forward } from './reading.js';
import { storedEventOf } from './recorded-event.js';
import type { ServerOptions } from './server-options.js';

/** Tries of a read before it fails. */
const TRIES = 3;

/** Highest revision that the wire can carry. */
const MAX_REVISION = 2n ** 63n - 1n;

export interface StreamRead {
  /** Inclusive; null for the start of the stream, or its end when reading backwards. */
  readonly from: bigint | null;
  readonly direction: 'forwards' | 'backwards';
  readonly count: number;
}

interface FailedRead {
  /** How many tries have failed. */
  readonly failures: number;
  readonly backoff: Backoff;
  readonly right: Right;
}

/** Reads from the server with a time limit and retries. Events that are read are added to the known streams. */
export class ServerReads {
  constructor(private readonly options: ServerOptions) {}

  /** @throws StreamNotFoundError | StoreUnavailableError */
  async stream(stream: string, { from, direction, count }: StreamRead): Promise<StoredEvent[]> {
    const { connection, names, deadline } = this.options;
    if (from !== null && from > MAX_REVISION) return [];
    return await this.retried(stream, async (client) => {
      const fromRevision: ReadRevision = from ?? (direction === 'forwards' ? START : END);
      const read = client.readStream(names.stored(stream), {
        fromRevision,
        direction,
        maxCount: Math.min(count, Number.MAX_SAFE_INTEGER),
        requiresLeader: connection.settings.requiresLeader,
      });
      const events: StoredEvent[] = [];
      for await (const { event } of drain(read, deadline, 'a read of a stream')) this.take(event, events);
      return events;
    });
  }

  /** The last event of a stream; null if there is no such stream. */
  async head(stream: string): Promise<StoredEvent | null> {
    try {
      const [head] = await this.stream(stream, { from: null, direction: 'backwards', count: 1 });
      return head ?? null;
    } catch (error) {
      if (!(error instanceof StreamNotFoundError)) throw error;
      this.options.known.missed(stream);
      return null;
    }
  }

  /** The log from a position to its end, as the server has it: including events that are not this deployment's. */
  async *forward(after: bigint, prefixes: readonly string[]): AsyncGenerator<RecordedEvent, void, undefined> {
    const { connection, deadline } = this.options;
    const { requiresLeader } = connection.settings;
    const backoff = this.options.backoff();
    const began = performance.now();
    let reached = after;
    for (let failures = 0; ;) {
      const client = connection.current;
      try {
        for await (const event of forward(client, { after: reached, prefixes, requiresLeader }, deadline)) {
          failures = 0;
          reached = event.position?.commit ?? reached;
          this.see(event);
          yield event;
        }
        connection.succeeded();
        this.ended(began);
        return;
      } catch (error) {
        failures += 1;
        await this.failed(error, client, { failures, backoff, right: READ_LOG });
      }
    }
  }

  /** Up to `maxCount` events of all deployments, backward from a position; stops after the event that is enough. */
  async backward(
    before: bigint | null,
    maxCount: number,
    isEnough: (event: RecordedEvent) => boolean = () => false,
  ): Promise<RecordedEvent[]> {
    const { connection, deadline } = this.options;
    const { requiresLeader } = connection.settings;
    return await this.retried('', async (client) => {
      const events: RecordedEvent[] = [];
      for await (const event of backward(client, { before, maxCount, requiresLeader }, deadline)) {
        this.see(event);
        events.push(event);
        if (isEnough(event)) break;
      }
      return events;
    });
  }

  private async retried<Result>(
    stream: string,
    read: (client: EventStoreDBClient) => Promise<Result>,
  ): Promise<Result> {
    const { connection } = this.options;
    const backoff = this.options.backoff();
    const began = performance.now();
    for (let failures = 1; ; failures += 1) {
      const client = connection.current;
      try {
        const result = await read(client);
        connection.requireCurrent(client);
        connection.succeeded();
        this.ended(began);
        return result;
      } catch (error) {
        const type = typeOf(error);
        if (type === ErrorType.STREAM_NOT_FOUND || type === ErrorType.STREAM_DELETED) {
          connection.succeeded();
          this.ended(began);
          throw new StreamNotFoundError(stream);
        }
        const right = stream === '' ? READ_LOG : readStream(this.options.names.stored(stream));
        await this.failed(error, client, { failures, backoff, right });
      }
    }
  }

  private async failed(
    error: unknown,
    client: EventStoreDBClient,
    { failures, backoff, right }: FailedRead,
  ): Promise<void> {
    const { connection } = this.options;
    connection.requireOpen();
    connection.failed(error, client, right);
    if (isFinal(error) || failures >= TRIES) throw unavailable(error, right);
    await pause(backoff.next());
  }

  private ended(began: number): void {
    const { notices } = this.options.connection.reachability;
    notices.publish({ kind: 'read', milliseconds: performance.now() - began });
  }

  private take(event: RecordedEvent | undefined, events: StoredEvent[]): void {
    const stored = event === undefined ? null : this.see(event);
    if (stored !== null) events.push(stored);
  }

  private see(event: RecordedEvent): StoredEvent | null {
    const stored = storedEventOf(event, this.options.names);
    if (stored === null) return null;
    this.options.known.see(stored);
    this.options.recordingClock.see(stored.recordedAt);
    return stored;
  }
}
