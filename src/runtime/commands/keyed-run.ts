import { randomUUID } from 'node:crypto';
import type { ProjectionRunner } from '../projections/projection-runner.js';
import {
  Failed,
  failed,
  isPassing,
  Ok,
  Repeated,
  type AnswerFormat,
  type CommandResult,
  type StoredAnswer,
} from '../result.js';
import { resultOf } from './earlier-result.js';
import type { ExecutionContext } from './execution-context.js';
import {
  canonical,
  noteFor,
  type IdempotencyRecord,
  type IdempotencyStore,
  type KeyedRequest,
} from './idempotency-store.js';

/** What a command that came with a key is executed with. */
export type Claim = Pick<
  ExecutionContext,
  'commandId' | 'idsFrom' | 'recall' | 'reserve' | 'note' | 'resumed'
>;

export const keyReused = failed({ kind: 'idempotency-key-reused' });

/** Another process used the key meanwhile: the request is another use of it, or a repeat. */
class KeyMovedOnError extends Error {}

/** One request with an idempotency key: a repeat gets the answer of the first, and nothing happens twice. */
export class KeyedRun {
  /** Where the answer goes: after the receipt of this revision; null where it follows from the events. */
  private receipt: bigint | null = null;

  constructor(
    private readonly request: KeyedRequest,
    private readonly idempotency: IdempotencyStore,
    private readonly runner: Pick<ProjectionRunner, 'catchUp'>,
    private readonly answerFormat: AnswerFormat,
  ) {}

  async result<Value extends object>(
    execute: (claim: Claim) => Promise<CommandResult<Value>>,
  ): Promise<CommandResult<Value>> {
    for (;;) {
      try {
        const record = await this.idempotency.find(this.request);
        if (record.state === 'other-request') return keyReused;
        if (record.state === 'answered') return this.repeated(record.answer);
        const claim = this.claimOn(record);
        const result = await this.kept(await execute(claim), claim);
        if (result !== null) return result;
      } catch (error) {
        if (!(error instanceof KeyMovedOnError)) throw error;
      }
    }
  }

  /** @param record as far as the log has been read; `recall` reads the rest */
  private claimOn(record: Exclude<IdempotencyRecord, { state: 'other-request' | 'answered' }>): Claim {
    const { commandId } = record;
    const resumed = record.state === 'received';
    this.receipt = resumed ? record.start : null;
    return {
      commandId,
      idsFrom: resumed ? commandId : randomUUID(),
      resumed,
      note: resumed ? null : noteFor(this.request),
      recall: async (handler) => {
        await this.runner.catchUp();
        const now = await this.idempotency.find(this.request);
        if (now.state === 'other-request') return keyReused;
        if (now.state === 'answered') return this.repeated(now.answer);
        if (now.state === 'stored') {
          return this.given(await resultOf(now.events, handler ?? {}, now.note, now.before));
        }
        if (now.commandId !== commandId || now.state !== record.state) throw new KeyMovedOnError();
        return null;
      },
      reserve: async () => {
        this.receipt ??= await this.idempotency.receive(this.request, commandId);
        if (this.receipt === null) throw new KeyMovedOnError();
        return null;
      },
    };
  }

  /** The result as repeats will get it; null where another request was first. */
  private async kept<Value extends object>(
    result: CommandResult<Value>,
    { commandId }: Claim,
  ): Promise<CommandResult<Value> | null> {
    if (result instanceof Repeated || result === keyReused) return result;
    if (result instanceof Failed && isPassing(result.failure)) return result;
    if (this.receipt !== null) {
      const answer = this.answerFormat.stored(result);
      const isFirst = await this.idempotency.answer(this.request, commandId, this.receipt, answer);
      return isFirst ? this.first(result) : null;
    }
    // Nothing was decided.
    if (result instanceof Failed && result.failure.kind !== 'refused') return result;
    if (result instanceof Ok && !hasEvents(result.value)) {
      const answer = this.answerFormat.stored(result);
      if (!(await this.idempotency.receiveAndAnswer(this.request, commandId, answer))) return null;
    }
    return this.first(result);
  }

  /** Repeats come soon, if they come. */
  private first(result: CommandResult<object>): Repeated {
    const given = this.given(result);
    this.idempotency.keep(this.request, given.answer);
    return given;
  }

  private given(result: CommandResult<object>): Repeated {
    if (result instanceof Repeated) return result;
    return this.repeated(canonical(this.answerFormat.stored(result)));
  }

  private repeated(answer: StoredAnswer): Repeated {
    return new Repeated(answer, this.answerFormat.isAccepted(answer));
  }
}

/** Whether the first event of the command has its record. */
const hasEvents = (answer: object): boolean =>
  'events' in answer && Array.isArray(answer.events) && answer.events.length > 0;
