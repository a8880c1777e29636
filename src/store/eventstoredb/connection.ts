import type { EventStoreDBClient } from '@eventstore/db-client';
import { StoreUnavailableError } from '../port.js';
import { readCertificates } from './certificates.js';
import { createClient } from './client.js';
import type { ConnectionSettings } from './connection-string.js';
import { isVerdict, reasonOf, SilenceError } from './errors.js';

/** Milliseconds that the end of the client's calls may take. */
const DISPOSAL = 1_000;

/**
 * The client, and what is known of the connection. After some failures in a row the client is replaced: it does not look
 * for another node after every kind of error that a lost node causes.
 */
export class Connection {
  private client: EventStoreDBClient;
  private failuresInARow = 0;
  private closed = false;
  /** Why the last call failed; null where the last one went well. */
  lastError: string | null = null;
  /** Clients that were given up. */
  renewals = 0;

  /** @throws ConnectionStringError where a file that the settings name is not what it should be */
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
   * A read ends without an error when its client is disposed of: it may have lacked its last part.
   * @throws Error where that has happened
   */
  requireCurrent(client: EventStoreDBClient): void {
    this.requireOpen();
    if (client !== this.client) throw new Error('the connection was given up during a read');
  }

  succeeded(): void {
    this.failuresInARow = 0;
    this.lastError = null;
  }

  /** @param client the one that the failed call was made with: a replaced one tells nothing about its successor */
  failed(error: unknown, client: EventStoreDBClient): void {
    if (this.closed || client !== this.client) return;
    // A call that waits when another one's failure closes its channel is never told: what that one was told says more.
    if (!(error instanceof SilenceError) || this.lastError === null) this.lastError = reasonOf(error);
    if (isVerdict(error)) return;
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
      // A file that the settings name is gone or spoilt: the old client goes on as well as it can.
      this.lastError = reasonOf(error);
      return;
    }
    this.renewals += 1;
    // Its open reads end, and their owners begin anew on the new client.
    old.dispose().catch(() => undefined);
  }

  async close(): Promise<void> {
    this.closed = true;
    // The client waits for its calls to end, which on a broken connection they may not.
    await within(DISPOSAL, 'the end of its calls', this.client.dispose()).catch(() => undefined);
  }
}

/** The files are read each time: a certificate that was renewed is used from the next client on. */
const connect = (settings: ConnectionSettings): EventStoreDBClient =>
  createClient(settings, readCertificates(settings.keys));

/** @throws SilenceError after so many milliseconds; what was asked for may still happen */
export async function within<Result>(
  milliseconds: number,
  what: string,
  answer: Promise<Result>,
): Promise<Result> {
  let timer: NodeJS.Timeout | undefined;
  const silence = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new SilenceError(what, milliseconds)), milliseconds);
  });
  try {
    return await Promise.race([answer, silence]);
  } finally {
    clearTimeout(timer);
  }
}
