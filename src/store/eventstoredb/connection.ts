import type { EventStoreDBClient } from '@eventstore/db-client';
import { StoreUnavailableError } from '../port.js';
import { readCertificates } from './certificates.js';
import { createClient } from './client.js';
import type { ConnectionSettings } from './connection-string.js';
import { isFinal, reasonOf, ServerTimeoutError } from './errors.js';

/** Milliseconds to wait for the client's calls to end. */
const DISPOSAL = 1_000;

/**
 * The client and the state of its connection. After some failures in a row the client is replaced, as it does not look
 * for another node after every kind of error that a lost node causes.
 */
export class Connection {
  private client: EventStoreDBClient;
  private failuresInARow = 0;
  private closed = false;
  /** Why the last call failed; null if it succeeded. */
  lastError: string | null = null;
  /** How many clients were replaced. */
  renewals = 0;

  /** @throws ConnectionStringError when a file that the settings name is unusable */
  constructor(
    readonly settings: ConnectionSettings,
    private readonly maxFailures: number,
  ) {
    this.client = connect(settings);
  }

  get current(): EventStoreDBClient {
    this.requireOpen();
    return this.client;
  }

  requireOpen(): void {
    if (this.closed) throw new StoreUnavailableError('The event store is closed.');
  }

  /**
   * A read ends without an error when its client is disposed of, possibly before its end.
   * @throws Error if that has happened
   */
  requireCurrent(client: EventStoreDBClient): void {
    this.requireOpen();
    if (client !== this.client) throw new Error('the connection was given up during a read');
  }

  succeeded(): void {
    this.failuresInARow = 0;
    this.lastError = null;
  }

  /** @param client of the failed call; failures of a replaced client do not count */
  failed(error: unknown, client: EventStoreDBClient): void {
    if (this.closed || client !== this.client) return;
    // A timeout tells less than an earlier error: a call never hears of the failure that closed its channel.
    if (!(error instanceof ServerTimeoutError) || this.lastError === null) this.lastError = reasonOf(error);
    if (isFinal(error)) return;
    this.failuresInARow += 1;
    if (this.failuresInARow < this.maxFailures) return;
    this.failuresInARow = 0;
    this.replace();
  }

  private replace(): void {
    const old = this.client;
    try {
      this.client = connect(this.settings);
    } catch (error) {
      // A file that the settings name is unusable: the old client stays in use.
      this.lastError = reasonOf(error);
      return;
    }
    this.renewals += 1;
    // Its open reads end, and are repeated with the new client.
    old.dispose().catch(() => undefined);
  }

  async close(): Promise<void> {
    this.closed = true;
    // The client waits for its calls to end, which may never happen on a broken connection.
    await within(DISPOSAL, 'the end of its calls', this.client.dispose()).catch(() => undefined);
  }
}

/** Reads the files each time, so that the next client uses a renewed certificate. */
const connect = (settings: ConnectionSettings): EventStoreDBClient =>
  createClient(settings, readCertificates(settings.keys));

/** @throws ServerTimeoutError when the time is over; the call may still succeed on the server */
export async function within<Result>(
  milliseconds: number,
  what: string,
  answer: Promise<Result>,
): Promise<Result> {
  let timer: NodeJS.Timeout | undefined;
  const silence = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new ServerTimeoutError(what, milliseconds)), milliseconds);
  });
  try {
    return await Promise.race([answer, silence]);
  } finally {
    clearTimeout(timer);
  }
}
