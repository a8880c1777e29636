import { setTimeout as pause } from 'node:timers/promises';
import { ErrorType, NO_STREAM } from '@eventstore/db-client';
import {
  InvalidAppendError,
  RevisionConflictError,
  StoreUnavailableError,
  StreamNotFoundError,
  type AppendResult,
  type StoredEvent,
} from '../port.js';
import type { PreparedAppend } from '../prepared-append.js';
import { within } from './connection.js';
import { isVerdict, reasonOf, typeOf, unavailable } from './errors.js';
import type { KnownStream } from './known-streams.js';
import type { LogEnd } from './log-end.js';
import { place } from './placement.js';
import { sealAppend, toServer, type SealedEvent } from './sealed-append.js';
import type { ServerOptions, ServerReads } from './server-reads.js';

/** An append whose outcome is open is sent this often. */
const TRIES = 3;

/** An append that does not insist on a revision tries this often to be the next in its stream. */
const ATTEMPTS = 20;

/** What the server said: where the append ended, or null where the stream was not where it was thought to be. */
type Written = { readonly position: bigint | null };

/** Writes to one stream at a time: the hash of an event needs its predecessor's, so every append names its revision. */
export class Appender {
  constructor(
    private readonly options: ServerOptions,
    private readonly reads: ServerReads,
    private readonly logEnd: LogEnd,
  ) {}

  async append(append: PreparedAppend): Promise<AppendResult> {
    const { stream, expected } = append;
    let known = await this.knownOf(stream);
    let fresh = false;
    const contention = this.options.backoff();
    for (let attempt = 1; ;) {
      const placement = place(append, known);
      if (placement.kind === 'repeat') return this.repeated(append, placement.first);
      if (placement.kind === 'write') {
        const result = await this.write(append, known);
        if (result !== null) return result;
        if (attempt >= ATTEMPTS)
          throw new RevisionConflictError(stream, expected, known?.revision ?? 'no-stream');
        attempt += 1;
        // Others write the same stream: by chance, not by speed, it is decided who comes next.
        if (attempt > 2) await pause(contention.next());
      } else if (fresh) {
        if (placement.kind === 'nothing') return await this.nothing(known);
        if (placement.kind === 'conflict')
          throw new RevisionConflictError(stream, expected, known?.revision ?? 'no-stream');
        throw new InvalidAppendError(
          `The append to "${stream}" holds ids that the stream knows, but does not repeat an earlier append.`,
        );
      }
      // Nothing is refused on what this process remembers: another one may have written since.
      known = await this.refreshed(stream);
      fresh = true;
    }
  }

  /** Events of one stream as another store keeps them, hash and all. */
  async restore(stream: string, events: readonly StoredEvent[]): Promise<void> {
    const [first] = events;
    if (first === undefined) return;
    const written = await this.send(stream, events, first.revision - 1n);
    if (written === null) {
      throw new InvalidAppendError(`Somebody else writes "${stream}" while it is restored.`);
    }
  }

  /** Null where the stream has moved on. */
  private async write(append: PreparedAppend, known: KnownStream | null): Promise<AppendResult | null> {
    const { recordingClock, known: streams } = this.options;
    // The first time, so that what this process records is not earlier than what others have recorded.
    if (this.logEnd.seen === 0n) await this.logEnd.find();
    const first = (known?.revision ?? -1n) + 1n;
    const stored = await recordingClock.record(async (recordedAt) => {
      const sealed = sealAppend(append, known, recordedAt);
      const written = await this.send(append.stream, sealed, known?.revision ?? -1n);
      if (written === null) return null;
      const [only] = sealed;
      return written.position !== null && sealed.length === 1 && only !== undefined
        ? [{ ...only, position: written.position }]
        : await this.stored(append, first);
    });
    if (stored === null) return null;
    for (const event of stored) streams.see(event);
    return this.result(stored);
  }

  /**
   * A failed connection leaves open whether the events were stored. The same ids with the same revision are sent again:
   * the server stores them once. Only its verdict, or silence to the end, settles the append.
   */
  private async send(
    stream: string,
    sealed: readonly SealedEvent[],
    /** -1n for a new stream. */
    last: bigint,
  ): Promise<Written | null> {
    const { connection, names, deadline } = this.options;
    const backoff = this.options.backoff();
    const expectedRevision = last < 0n ? NO_STREAM : last;
    for (let tries = 1; ; tries += 1) {
      const client = connection.current;
      try {
        const append = client.appendToStream(names.stored(stream), sealed.map(toServer), {
          expectedRevision,
          // Selects the classic way to append: docs/decisions/eventstoredb.md.
          credentials: connection.settings.credentials,
          deadline,
        });
        const { position } = await within(deadline, 'an append', append);
        connection.succeeded();
        // After a second try the position may be another: it is read from the log.
        return { position: tries === 1 ? (position?.commit ?? null) : null };
      } catch (error) {
        if (typeOf(error) === ErrorType.WRONG_EXPECTED_VERSION) {
          connection.succeeded();
          return null;
        }
        connection.requireOpen();
        connection.failed(error, client);
        if (isVerdict(error)) throw verdict(error, stream);
        if (tries >= TRIES) {
          throw new StoreUnavailableError(
            `EventStoreDB: ${reasonOf(error)}; whether the events were stored is not known.`,
          );
        }
        await pause(backoff.next());
      }
    }
  }

  private async knownOf(stream: string): Promise<KnownStream | null> {
    return this.options.known.get(stream) ?? (await this.refreshed(stream));
  }

  private async refreshed(stream: string): Promise<KnownStream | null> {
    const { known } = this.options;
    const from = (known.get(stream)?.revision ?? -1n) + 1n;
    try {
      await this.reads.stream(stream, { from, direction: 'forwards', count: Infinity });
    } catch (error) {
      if (!(error instanceof StreamNotFoundError)) throw error;
      known.forget(stream);
    }
    return known.get(stream);
  }

  private async stored({ stream, events }: PreparedAppend, first: bigint): Promise<StoredEvent[]> {
    return await this.reads.stream(stream, { from: first, direction: 'forwards', count: events.length });
  }

  private async repeated(append: PreparedAppend, first: bigint): Promise<AppendResult> {
    return this.result(await this.stored(append, first));
  }

  private async nothing(known: KnownStream | null): Promise<AppendResult> {
    const position = (await this.logEnd.find()) ?? 0n;
    return { revision: known?.revision ?? -1n, position, created: false, events: [] };
  }

  private result(events: readonly StoredEvent[]): AppendResult {
    const last = events.at(-1);
    if (last === undefined)
      throw new StoreUnavailableError('EventStoreDB: what was appended cannot be read.');
    this.logEnd.see(last.position);
    return { revision: last.revision, position: last.position, created: events[0]?.revision === 0n, events };
  }
}

function verdict(error: unknown, stream: string): Error {
  switch (typeOf(error)) {
    case ErrorType.MAXIMUM_APPEND_SIZE_EXCEEDED:
      return new InvalidAppendError(
        `The append to "${stream}" is larger than EventStoreDB accepts (MaxAppendSize).`,
      );
    case ErrorType.STREAM_DELETED:
      return new InvalidAppendError(`The stream "${stream}" was deleted for good in EventStoreDB.`);
    default:
      return unavailable(error);
  }
}
