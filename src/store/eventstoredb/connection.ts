import type { EventStoreDBClient } from '@eventstore/db-client';
import { StoreUnavailableError } from '../port.js';
import { readCertificates } from './certificates.js';
import { createClient } from './client.js';
import type { ConnectionSettings } from './connection-string.js';
import type { Backoff } from './backoff.js';
import { isFinal, reasonOf, ServerTimeoutError, type Right } from './errors.js';
import { whyUnreachable } from './probe.js';
import { Reachability } from './reachability.js';

/** Milliseconds to wait for the client's calls to end. */
const DISPOSAL = 1_000;

/**
 * The client and the state of its connection. After some failures in a row the client is replaced, as it does not look
 * for another node after every kind of error that a lost node causes.
 */
export class Connection {
  private client: EventStoreDBClient;
  private failuresInARow = 0;
  private readonly closing = new AbortController();
  /** No client is replaced before this. */
  private replaceableFrom = 0;
  readonly reachability = new Reachability();
  /** Why the nodes cannot be reached, once that was looked into; null while it was not. */
  private explanation: string | null = null;
  /** Why the last call failed; null if it succeeded. */
  lastError: string | null = null;
  /** How many calls have failed that the server has not decided. */
  failures = 0;
  /** How many clients were replaced. */
  renewals = 0;

  /** @throws ConnectionStringError when a file that the settings name is unusable */
  constructor(
    readonly settings: ConnectionSettings,
    private readonly maxFailures: number,
    /** The pauses between two replacements without a success: connections to a lost server must not pile up. */
    private readonly pause: Backoff,
    private readonly now: () => number = () => performance.now(),
  ) {
    this.client = connect(settings, this.closing.signal);
  }

  get current(): EventStoreDBClient {
    this.requireOpen();
    return this.client;
  }

  /** Whether calls may go to a node that has not got everything yet. */
  get mayLag(): boolean {
    return this.settings.cluster && !this.settings.requiresLeader;
  }

  private get closed(): boolean {
    return this.closing.signal.aborted;
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
    if (this.lastError === null) return;
    this.failuresInARow = 0;
    this.lastError = null;
    this.explanation = null;
    this.replaceableFrom = 0;
    this.pause.reset();
    this.reachability.succeeded(this);
  }

  /**
   * @param client of the failed call; failures of a replaced client do not count
   * @param right that the call takes
   */
  failed(error: unknown, client: EventStoreDBClient, right?: Right): void {
    if (this.closed || client !== this.client) return;
    // A timeout tells less than an earlier error: a call never hears of the failure that closed its channel.
    if (!(error instanceof ServerTimeoutError) || this.lastError === null) {
      this.lastError = isFinal(error) ? reasonOf(error, right) : (this.explanation ?? reasonOf(error, right));
    }
    this.reachability.failed(this, this.lastError);
    if (isFinal(error)) return;
    this.failures += 1;
    if (this.failuresInARow === 1) void this.explain();
    this.failuresInARow += 1;
    if (this.failuresInARow < this.maxFailures || this.now() < this.replaceableFrom) return;
    this.failuresInARow = 0;
    this.replaceableFrom = this.now() + this.pause.next();
    this.replace();
  }

  /** The client's error often does not say why, as where a server with TLS is spoken to without. */
  private async explain(): Promise<void> {
    const explanation = await whyNot(this.settings, this.closing.signal);
    if (explanation === null || this.lastError === null || this.closed) return;
    this.explanation = explanation;
    this.lastError = explanation;
    this.reachability.failed(this, explanation);
  }

  private replace(): void {
    const old = this.client;
    try {
      this.client = connect(this.settings, this.closing.signal);
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
    this.closing.abort();
    this.reachability.close();
    // The client waits for its calls to end, which may never happen on a broken connection.
    await within(DISPOSAL, 'the end of its calls', this.client.dispose()).catch(() => undefined);
  }
}

/** Reads the files each time, so that the next client uses a renewed certificate. */
const connect = (settings: ConnectionSettings, signal: AbortSignal): EventStoreDBClient =>
  createClient(settings, readCertificates(settings.keys), signal);

/** Null where nothing speaks against reaching the nodes, or a file that the settings name is unusable. */
async function whyNot(settings: ConnectionSettings, signal: AbortSignal): Promise<string | null> {
  try {
    return await whyUnreachable(settings, readCertificates(settings.keys), signal);
  } catch {
    return null;
  }
}

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
