import { hash } from 'node:crypto';
import canonicalize from 'canonicalize';
import type { JsonObject, Recorded } from '../../../events/envelope.js';
import { schemaOf, type PoolkeeperEvent } from '../../../events/registry.js';
import { receiptStream } from '../../../events/streams.js';
import { RevisionConflictError, type EventStore } from '../../store/port.js';
import { decode } from '../decode.js';
import { uuidOf } from '../identifiers.js';
import type { StoredAnswer } from '../result.js';

/** What makes two requests the same: the command's name and its body, with the time it gives, whatever the order of its members. */
export const fingerprintOf = (command: string, body: JsonObject, occurredAt: string | null): string =>
  hash(
    'sha256',
    canonicalize({ command, body, ...(occurredAt === null ? {} : { occurredAt }) }) ?? '',
    'hex',
  );

const DAY = 86_400_000;

/** One use of a key: the stream of the key, and where in it the receipt of this use stands, or will stand. */
export interface KeyUse {
  readonly stream: string;
  readonly start: bigint;
  /** The ids of its events follow from it: those of another use of the key are others. */
  readonly commandId: string;
}

export type IdempotencyRecord =
  | { readonly state: 'unseen' }
  | { readonly state: 'received'; readonly commandId: string }
  | { readonly state: 'answered'; readonly answer: StoredAnswer }
  | { readonly state: 'other-request' };

/**
 * The records of commands that came with an idempotency key, one stream for each key:
 * received, before anything is appended; answered, with the answer word for word. A repeat after a crash
 * between the two runs again under the same command id, whose events are recognised. A receipt may expire: then the key
 * may be used again, and what follows in its stream belongs to that use.
 */
export class IdempotencyStore {
  /** @param days after which a receipt is not honoured any more; 0: it always is */
  constructor(
    private readonly store: EventStore,
    private readonly clock: () => Date,
    private readonly days: number,
  ) {}

  /** Which use of a key a request is: the first one, or the one after receipts that have expired. */
  async useOf(key: string): Promise<KeyUse> {
    const stream = streamOf(key);
    if (this.days === 0 || (await this.store.headOf(stream)) === null) return useAt(stream, key, 0n);
    const events = await this.store.readStream(stream);
    const last = events.findLast(({ type }) => type === 'CommandReceived');
    if (last === undefined) return useAt(stream, key, 0n);
    const age = this.clock().getTime() - Date.parse(last.recordedAt);
    if (age <= this.days * DAY) return useAt(stream, key, last.revision);
    // What comes meanwhile is another request's: then this one is not received.
    return useAt(stream, key, BigInt(events.length));
  }

  async find({ stream, start }: KeyUse, fingerprint: string): Promise<IdempotencyRecord> {
    const head = await this.store.headOf(stream);
    if (head === null || head < start) return { state: 'unseen' };
    const events = (await this.store.readStream(stream, start === 0n ? {} : { from: start })).map(decode);
    return recordIn(events, fingerprint);
  }

  /** Marks the key as taken; true where this call took it, false where another request was first. */
  async receive(use: KeyUse, command: string, fingerprint: string): Promise<boolean> {
    const { commandId, start } = use;
    try {
      await this.append(
        use,
        'received',
        { type: 'CommandReceived', data: { command, fingerprint, commandId } },
        start === 0n ? 'no-stream' : start - 1n,
      );
      return true;
    } catch (error) {
      if (error instanceof RevisionConflictError) return false;
      throw error;
    }
  }

  /**
   * Stores the answer, and returns it as repeats will get it. Where another request was first, its answer stands and is
   * returned.
   */
  async answer(use: KeyUse, fingerprint: string, given: StoredAnswer): Promise<StoredAnswer> {
    const { status, etag } = given;
    const stored: StoredAnswer = { status, answer: canonical(given.answer), etag };
    try {
      await this.append(use, 'answered', { type: 'CommandAnswered', data: { ...stored } }, use.start);
      return stored;
    } catch (error) {
      if (!(error instanceof RevisionConflictError)) throw error;
      const record = await this.find(use, fingerprint);
      return record.state === 'answered' ? record.answer : stored;
    }
  }

  private async append(
    { stream, commandId }: KeyUse,
    step: string,
    event: PoolkeeperEvent,
    expected: 'no-stream' | bigint,
  ): Promise<void> {
    // The answer may differ from try to try after a crash, and only the first may stand: ids differ by content.
    const id = uuidOf(`${commandId} ${step} ${canonicalize(event.data) ?? ''}`);
    await this.store.append(
      stream,
      [
        {
          id,
          type: event.type,
          schemaVersion: schemaOf(event.type).schemaVersion,
          data: event.data as JsonObject,
          metadata: { actor: 'poolkeeper', correlationId: commandId, causationId: commandId, commandId },
        },
      ],
      expected,
    );
  }
}

/** The log keeps the canonical form, whose members stand in another order: repeats are to be the same to the byte. */
const canonical = (body: JsonObject): JsonObject => JSON.parse(canonicalize(body) ?? '{}') as JsonObject;

const useAt = (stream: string, key: string, start: bigint): KeyUse => ({
  stream,
  start,
  commandId: uuidOf(`idempotency-key ${key}${start === 0n ? '' : ` from ${start} on`}`),
});

const streamOf = (key: string): string => receiptStream(hash('sha256', key, 'hex'));

function recordIn(events: readonly Recorded<PoolkeeperEvent>[], fingerprint: string): IdempotencyRecord {
  const [received, answered] = events;
  if (received?.type !== 'CommandReceived') return { state: 'unseen' };
  if (received.data.fingerprint !== fingerprint) return { state: 'other-request' };
  if (answered?.type !== 'CommandAnswered') return { state: 'received', commandId: received.data.commandId };
  const { status, answer, etag } = answered.data;
  return { state: 'answered', answer: { status, answer, etag } };
}
