import { hash } from 'node:crypto';
import canonicalize from 'canonicalize';
import type { CommandAnswered } from '../../../events/idempotency.js';
import type { IdempotencyNote, JsonObject } from '../../../events/envelope.js';
import { schemaOf, type PoolkeeperEvent } from '../../../events/registry.js';
import { receiptStream } from '../../../events/streams.js';
import { Recent } from '../../../projections/recent.js';
import { RevisionConflictError, type EventStore, type StoredEvent } from '../../store/port.js';
import { decode } from '../decode.js';
import { uuidOf } from '../identifiers.js';
import type { KeyUses } from '../projections/state/key-uses.js';
import type { StoredAnswer } from '../result.js';
import { answerIn, partsOf } from './answer-parts.js';

/** What makes two requests the same: the command's name and its body, with the time it gives, whatever the order of its members. */
export const fingerprintOf = (command: string, body: JsonObject, occurredAt: string | null): string =>
  hash(
    'sha256',
    canonicalize({ command, body, ...(occurredAt === null ? {} : { occurredAt }) }) ?? '',
    'hex',
  );

const DAY = 86_400_000;

/** How many parts of an answer are read at once. */
const partsAtOnce = 32;

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
    private readonly runner: { readonly keyUses: Pick<KeyUses, 'latestOf'> },
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
    let after: bigint | null = start;
    for (const data of partsOf(given)) {
      after = await this.append(request, commandId, [{ type: 'CommandAnswered', data }], after);
      if (after === null) return false;
    }
    return true;
  }

  /** Stores both receipts at once; false where another request was first. */
  async receiveAndAnswer(request: KeyedRequest, commandId: string, given: StoredAnswer): Promise<boolean> {
    const [first, ...others] = partsOf(given).map((data) => ({ type: 'CommandAnswered' as const, data }));
    if (first === undefined || others.length > 0) {
      const start = await this.receive(request, commandId);
      return start !== null && (await this.answer(request, commandId, start, given));
    }
    const receipts = [receivedEvent(request, commandId), first];
    return (await this.append(request, commandId, receipts, await this.head(request))) !== null;
  }

  private isExpired(since: number): boolean {
    return this.days > 0 && this.clock().getTime() - since > this.days * DAY;
  }

  private async head(request: KeyedRequest): Promise<bigint | null> {
    return await this.store.headOf(receiptStream(digestOf(request)));
  }

  private async receipts(received: StoredEvent, fingerprint: string): Promise<IdempotencyRecord> {
    const first = decode(received);
    if (first.type !== 'CommandReceived') throw new Error(`${received.stream} has lost its receipt.`);
    if (first.data.fingerprint !== fingerprint) return { state: 'other-request' };
    const { stored, end } = await this.answeredAfter(received);
    const answer = answerIn(stored);
    return answer === null
      ? { state: 'received', commandId: first.data.commandId, start: end }
      : { state: 'answered', answer };
  }

  /** With the revision of the last of them, or of the receipt where there is none. */
  private async answeredAfter({
    stream,
    revision,
  }: StoredEvent): Promise<{ readonly stored: readonly CommandAnswered['data'][]; readonly end: bigint }> {
    const stored: CommandAnswered['data'][] = [];
    for (let end = revision; ;) {
      const page = await this.store.readStream(stream, { from: end + 1n, maxCount: partsAtOnce });
      for (const event of page) {
        const { type, data } = decode(event);
        if (type === 'CommandAnswered') stored.push(data);
        end = event.revision;
      }
      if (page.length < partsAtOnce) return { stored, end };
    }
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
          id: uuidOf(`${commandId} ${type} ${contentOf(data, after)}`),
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

/** A part that a try before has stored already is stored again, as another event. */
function contentOf(data: PoolkeeperEvent['data'], after: bigint | null): string {
  return 'part' in data
    ? `${data.status} ${data.etag ?? ''} ${data.part.number} of ${data.part.of} after ${after ?? ''}: ${data.part.text}`
    : (canonicalize(data) ?? '');
}

const noteOf = ({ id, metadata }: StoredEvent): IdempotencyNote => {
  const note = (metadata as { readonly idempotency?: IdempotencyNote }).idempotency;
  if (note === undefined) throw new Error(`Event ${id} has lost the record of its key.`);
  return note;
};
