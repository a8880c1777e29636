import { setTimeout as pause } from 'node:timers/promises';
import {
  InvalidAppendError,
  RevisionConflictError,
  StoreUnavailableError,
  StreamNotFoundError,
  type AppendResult,
  type StoredEvent,
} from '../port.js';
import type { PreparedAppend } from '../prepared-append.js';
import type { KnownStream } from './known-streams.js';
import type { LogEnd } from './log-end.js';
import { placeIn } from './placement.js';
import { sealAppend } from './sealed-append.js';
import { Sender } from './sender.js';
import type { ServerOptions } from './server-options.js';
import type { ServerReads } from './server-reads.js';

/** Attempts of an append without an exact expected revision when other writers are faster. */
const ATTEMPTS = 20;

/** Appends to streams. An event's hash needs its predecessor's, so every append is sent with an exact revision. */
export class Appender {
  private readonly sender: Sender;

  constructor(
    private readonly options: ServerOptions,
    private readonly reads: ServerReads,
    private readonly logEnd: LogEnd,
  ) {
    this.sender = new Sender(options);
  }

  async append(append: PreparedAppend): Promise<AppendResult> {
    const { stream, expected } = append;
    let known = await this.knownOf(append);
    let fresh = false;
    const contention = this.options.backoff();
    for (let attempt = 1; ;) {
      const placement = placeIn(append, known);
      if (placement.kind === 'repeat') return this.repeated(append, BigInt(placement.first));
      if (placement.kind === 'write') {
        const result = await this.write(append, known);
        if (result !== null) return result;
        if (attempt >= ATTEMPTS)
          throw new RevisionConflictError(stream, expected, known?.revision ?? 'no-stream');
        attempt += 1;
        // Random backoff, so that competing writers do not retry in lockstep.
        if (attempt > 2) await pause(contention.next());
      } else if (fresh) {
        if (placement.kind === 'nothing') return await this.nothing(known);
        if (placement.kind === 'conflict')
          throw new RevisionConflictError(stream, expected, known?.revision ?? 'no-stream');
        throw new InvalidAppendError(
          `The append to "${stream}" holds ids that the stream knows, but does not repeat an earlier append.`,
        );
      }
      // An append is refused only after a fresh read: another process may have written since.
      known = await this.refreshed(stream);
      fresh = true;
    }
  }

  /** Null if another writer appended first. */
  private async write(append: PreparedAppend, known: KnownStream | null): Promise<AppendResult | null> {
    const { recordingClock, known: streams } = this.options;
    // Before the first append, so that its time is not before the events of other processes.
    if (this.logEnd.seen === 0n) await this.logEnd.find();
    const first = (known?.revision ?? -1n) + 1n;
    const stored = await recordingClock.record(async (recordedAt) => {
      const sealed = sealAppend(append, known, recordedAt);
      const written = await this.sender.send(append.stream, sealed, known?.revision ?? null);
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

  private async knownOf({ stream, expected }: PreparedAppend): Promise<KnownStream | null> {
    const { known } = this.options;
    const kept = known.get(stream);
    // A new stream that was just looked for need not be looked for again: the server refuses where there is one now.
    if (kept !== null || (expected === 'no-stream' && known.wasMissed(stream))) return kept;
    return await this.refreshed(stream);
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
      throw new StoreUnavailableError('EventStoreDB: the appended events cannot be read.');
    this.logEnd.see(last.position);
    return { revision: last.revision, position: last.position, created: events[0]?.revision === 0n, events };
  }
}
