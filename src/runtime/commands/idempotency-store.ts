import { hash } from 'node:crypto';
import canonicalize from 'canonicalize';
import type { IdempotencyNote, JsonObject } from '../../../events/envelope.js';
import { schemaOf, type PoolkeeperEvent } from '../../../events/registry.js';
import { receiptStream } from '../../../events/streams.js';
import { Recent } from '../../../projections/recent.js';
import { RevisionConflictError, type EventStore, type StoredEvent } from '../../store/port.js';
import { decode } from '../decode.js';
import { uuidOf } from '../identifiers.js';
import type { ProjectionRunner } from '../projections/projection-runner.js';
import type { StoredAnswer } from '../result.js';

/** What makes two requests the same: the command's name and its body, with the time it gives, whatever the order of its members. */
export const fingerprintOf = (command: string, body: JsonObject, occurredAt: string | null): string =>
  hash(
    'sha256',
    canonicalize({ command, body, ...(occurredAt === null ? {} : { occurredAt }) }) ?? '',
    'hex',
  );

const DAY = 86_400_000;

/** A request that came with an idempotency key. */
export interface KeyedRequest {
  readonly key: string;
  readonly command: string;
  readonly fingerprint: string;
}

/** What the log knows of a keyed request; a command id is the one under which it runs. */
export type IdempotencyRecord =
  | { readonly state: 'unseen'; readonly commandId: string }
  | { readonly state: 'other-request' }
  /** Received, and not answered: what it stored may be in the log. */
  | { readonly state: 'received'; readonly commandId: string; readonly start: bigint }
  | { readonly state: 'answered'; readonly answer: StoredAnswer }
  /** The events that it stored, from which its answer follows. */
  | {
      readonly state: 'stored';
      readonly commandId: string;
      readonly events: readonly StoredEvent[];
      /** In other streams, before them. */
      readonly before: readonly StoredEvent[];
      readonly note: IdempotencyNote;
    };

/** Answers kept in memory: most repeats come soon, and one that follows from events may take reading them. */
const KEPT_ANSWERS = 10_000;

interface KeptAnswer {
  readonly fingerprint: string;
  readonly answer: StoredAnswer;
  /** When it was given, in milliseconds. */
  readonly at: number;
}

/**
 * Knows how commands that came with an idempotency key were answered. A command that stores events, a refusal among them,
 * has its record in the metadata of the first one. A command that changes nothing leaves receipts in the stream of its key:
 * received and answered, with the answer word for word; so does one that writes several streams, which is received before
 * the first. A record may expire: then the key may be used again, under another command id.
 */
export class IdempotencyStore {
  private readonly answers = new Recent<KeptAnswer>(KEPT_ANSWERS);

  /** @param days after which a record is not honoured any more; 0: it always is */
  constructor(
    private readonly store: EventStore,
    private readonly runner: Pick<ProjectionRunner, 'keyUses'>,
    private readonly clock: () => Date,
    private readonly days: number,
  ) {}

  /** As far as the log has been read. @throws StoreUnavailableError */
  async find(request: KeyedRequest): Promise<IdempotencyRecord> {
    const { fingerprint } = request;
    const kept = this.answers.get(request.key);
    if (kept !== undefined && !this.isExpired(kept.at)) {
      return kept.fingerprint === fingerprint
        ? { state: 'answered', answer: kept.answer }
        : { state: 'other-request' };
    }
    const first = await this.runner.keyUses.latestOf(digestOf(request));
    if (first === null) return { state: 'unseen', commandId: commandIdOf(request, null) };
    if (this.isExpired(Date.parse(first.recordedAt))) {
      return { state: 'unseen', commandId: commandIdOf(request, first.id) };
    }
    if (first.type === 'CommandReceived') return await this.receipts(first, fingerprint);
    const note = noteOf(first);
    if (note.fingerprint !== fingerprint) return { state: 'other-request' };
    const { stream, revision } = first;
    const events = await this.store.readStream(stream, { from: revision, maxCount: note.events });
    const before = await this.storedElsewhere(note);
    return { state: 'stored', commandId: decode(first).metadata.commandId, events, before, note };
  }

  private async storedElsewhere({ elsewhere = [] }: IdempotencyNote): Promise<readonly StoredEvent[]> {
    const events: StoredEvent[] = [];
    for (const { stream, revision } of elsewhere)
      events.push(...(await this.store.readStream(stream, { from: BigInt(revision), maxCount: 1 })));
    return events;
  }

  /** Keeps the answer to a first request in memory: the log has it, or it follows from the log. */
  keep({ key, fingerprint }: KeyedRequest, answer: StoredAnswer): void {
    this.answers.set(key, { fingerprint, answer, at: this.clock().getTime() });
  }

  /** Marks the key as taken. Returns the revision of the receipt; null where another request was first. */
  async receive(request: KeyedRequest, commandId: string): Promise<bigint | null> {
    return await this.append(
      request,
      commandId,
      [receivedEvent(request, commandId)],
      await this.head(request),
    );
  }

  /** Stores the answer to a request that was received; false where another request was first. */
  async answer(
    request: KeyedRequest,
    commandId: string,
    start: bigint,
    given: StoredAnswer,
  ): Promise<boolean> {
    return (await this.append(request, commandId, [answeredEvent(given)], start)) !== null;
  }

  /** Stores both receipts at once; false where another request was first. */
  async receiveAndAnswer(request: KeyedRequest, commandId: string, given: StoredAnswer): Promise<boolean> {
    const receipts = [receivedEvent(request, commandId), answeredEvent(given)];
    return (await this.append(request, commandId, receipts, await this.head(request))) !== null;
  }

  private isExpired(since: number): boolean {
    return this.days > 0 && this.clock().getTime() - since > this.days * DAY;
  }

  private async head(request: KeyedRequest): Promise<bigint | null> {
    return await this.store.headOf(receiptStream(digestOf(request)));
  }

  private async receipts(received: StoredEvent, fingerprint: string): Promise<IdempotencyRecord> {
    const range = { from: received.revision, maxCount: 2 };
    const [first, second] = (await this.store.readStream(received.stream, range)).map(decode);
    if (first?.type !== 'CommandReceived') throw new Error(`${received.stream} has lost its receipt.`);
    if (first.data.fingerprint !== fingerprint) return { state: 'other-request' };
    if (second?.type !== 'CommandAnswered') {
      return { state: 'received', commandId: first.data.commandId, start: first.revision };
    }
    const { status, answer, etag } = second.data;
    return { state: 'answered', answer: { status, answer, etag } };
  }

  /** Returns the revision of the last event; null where the stream has moved on. */
  private async append(
    request: KeyedRequest,
    commandId: string,
    events: readonly PoolkeeperEvent[],
    after: bigint | null,
  ): Promise<bigint | null> {
    const metadata = { actor: 'poolkeeper', correlationId: commandId, causationId: commandId, commandId };
    try {
      const { revision } = await this.store.append(
        receiptStream(digestOf(request)),
        events.map(({ type, data }) => ({
          // The answer may differ from try to try, and only the first may stand: ids differ by content.
          id: uuidOf(`${commandId} ${type} ${canonicalize(data) ?? ''}`),
          type,
          schemaVersion: schemaOf(type).schemaVersion,
          data: data as JsonObject,
          metadata,
        })),
        after ?? 'no-stream',
      );
      return revision;
    } catch (error) {
      if (error instanceof RevisionConflictError) return null;
      throw error;
    }
  }
}

/** What of a request goes with the events that it leads to. */
export const noteFor = (request: KeyedRequest): Pick<IdempotencyNote, 'key' | 'fingerprint'> => ({
  key: digestOf(request),
  fingerprint: request.fingerprint,
});

/** The log keeps the canonical form, whose members stand in another order: repeats are to be the same to the byte. */
export const canonical = ({ status, answer, etag }: StoredAnswer): StoredAnswer => ({
  status,
  answer: JSON.parse(canonicalize(answer) ?? '{}') as JsonObject,
  etag,
});

const digestOf = ({ key }: KeyedRequest): string => hash('sha256', key, 'hex');

/** Two requests never have the same command id, nor two uses of a key: the ids of the events follow from it. */
const commandIdOf = ({ key, fingerprint }: KeyedRequest, lastUse: string | null): string =>
  uuidOf(`idempotency-key ${key} for ${fingerprint}${lastUse === null ? '' : ` after ${lastUse}`}`);

const receivedEvent = ({ command, fingerprint }: KeyedRequest, commandId: string): PoolkeeperEvent => ({
  type: 'CommandReceived',
  data: { command, fingerprint, commandId },
});

const answeredEvent = (given: StoredAnswer): PoolkeeperEvent => ({
  type: 'CommandAnswered',
  data: { ...canonical(given) },
});

const noteOf = ({ id, metadata }: StoredEvent): IdempotencyNote => {
  const note = (metadata as { readonly idempotency?: IdempotencyNote }).idempotency;
  if (note === undefined) throw new Error(`Event ${id} has lost the record of its key.`);
  return note;
};
