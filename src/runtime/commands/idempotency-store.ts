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

export type IdempotencyRecord =
  | { readonly state: 'unseen' }
  | { readonly state: 'received'; readonly commandId: string }
  | { readonly state: 'answered'; readonly answer: StoredAnswer }
  | { readonly state: 'other-request' };

/**
 * The records of commands that came with an idempotency key, one stream for each key:
 * received, before anything is appended; answered, with the answer word for word. A repeat after a crash
 * between the two runs again under the same command id, whose events are recognised.
 */
export class IdempotencyStore {
  constructor(private readonly store: EventStore) {}

  /** The id of the command that a key names; the ids of its events follow from it. */
  commandIdOf(key: string): string {
    return uuidOf(`idempotency-key ${key}`);
  }

  async find(key: string, fingerprint: string): Promise<IdempotencyRecord> {
    const stream = streamOf(key);
    if ((await this.store.headOf(stream)) === null) return { state: 'unseen' };
    const events = (await this.store.readStream(stream)).map(decode);
    return recordIn(events, fingerprint);
  }

  /** Marks the key as taken; true where this call took it, false where another request was first. */
  async receive(key: string, command: string, fingerprint: string): Promise<boolean> {
    const commandId = this.commandIdOf(key);
    try {
      await this.append(
        key,
        'received',
        { type: 'CommandReceived', data: { command, fingerprint, commandId } },
        'no-stream',
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
  async answer(key: string, fingerprint: string, given: StoredAnswer): Promise<StoredAnswer> {
    const { status, etag } = given;
    const stored: StoredAnswer = { status, answer: canonical(given.answer), etag };
    try {
      await this.append(key, 'answered', { type: 'CommandAnswered', data: { ...stored } }, 0n);
      return stored;
    } catch (error) {
      if (!(error instanceof RevisionConflictError)) throw error;
      const record = await this.find(key, fingerprint);
      return record.state === 'answered' ? record.answer : stored;
    }
  }

  private async append(
    key: string,
    step: string,
    event: PoolkeeperEvent,
    expected: 'no-stream' | bigint,
  ): Promise<void> {
    const commandId = this.commandIdOf(key);
    // The answer may differ from try to try after a crash, and only the first may stand: ids differ by content.
    const id = uuidOf(`${commandId} ${step} ${canonicalize(event.data) ?? ''}`);
    await this.store.append(
      streamOf(key),
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

const streamOf = (key: string): string => receiptStream(hash('sha256', key, 'hex'));

function recordIn(events: readonly Recorded<PoolkeeperEvent>[], fingerprint: string): IdempotencyRecord {
  const [received, answered] = events;
  if (received?.type !== 'CommandReceived') return { state: 'unseen' };
  if (received.data.fingerprint !== fingerprint) return { state: 'other-request' };
  if (answered?.type !== 'CommandAnswered') return { state: 'received', commandId: received.data.commandId };
  const { status, answer, etag } = answered.data;
  return { state: 'answered', answer: { status, answer, etag } };
}
