import type { PoolkeeperEvent } from '../../../events/registry.js';
import { deadLettersStream } from '../../../events/streams.js';
import { StoreUnavailableError, type EventStore } from '../../store/port.js';
import type { CommandContext } from './execution-context.js';
import { envelop } from './executor.js';
import type { ProjectionRunner } from '../projections/projection-runner.js';
import type { IdSource } from '../identifiers.js';
import type {
  DeadLetterAnswer,
  DeadLettersAnswer,
  DeadLetterDecisionAnswer,
} from '../../contract/projections.js';
import { failed, Ok, unknown, type Failed, type Result } from '../result.js';
import { asParked, type DeadLetter } from '../projections/dead-letters/dead-letter.js';
import type { DeadLetters } from '../projections/dead-letters/dead-letters.js';

export interface DeadLetterServiceOptions {
  readonly store: EventStore;
  readonly runner: ProjectionRunner;
  readonly letters: DeadLetters;
  readonly clock: () => Date;
  readonly newId: IdSource;
  /** Why nothing can be stored now; null where it can. */
  readonly whyNotNow: () => string | null;
}

type Asking = Pick<CommandContext, 'actor' | 'provedBy' | 'onBehalfOf' | 'correlationId'>;

/** How long an answer waits for the decision to come back from the log, in milliseconds. */
const patience = 5_000;

/** Lists dead letters, and takes what people decide about them: every decision is recorded first, and then applied. */
export class DeadLetterService {
  constructor(private readonly options: DeadLetterServiceOptions) {}

  list(): Ok<DeadLettersAnswer> {
    return new Ok({ deadLetters: this.options.letters.list().map(answerOf) });
  }

  async retry(id: string, reason: string | null, asking: Asking): Promise<Result<DeadLetterDecisionAnswer>> {
    return await this.decide(id, asking, (letter) => ({
      type: 'DeadLetterRetried',
      data: { ...asParked(letter), reason },
    }));
  }

  async discard(id: string, reason: string, asking: Asking): Promise<Result<DeadLetterDecisionAnswer>> {
    return await this.decide(id, asking, (letter) => ({
      type: 'DeadLetterDiscarded',
      data: { ...asParked(letter), reason },
    }));
  }

  private async decide(
    id: string,
    asking: Asking,
    decision: (letter: DeadLetter) => PoolkeeperEvent,
  ): Promise<Result<DeadLetterDecisionAnswer>> {
    const { store, runner, letters, clock, newId, whyNotNow } = this.options;
    const letter = letters.find(id);
    if (letter === null) return unknownLetter(id, letters);
    const reason = whyNotNow();
    if (reason !== null) return failed({ kind: 'store-unavailable', reason });
    try {
      const commandId = newId();
      const run = { ...asking, commandId, idsFrom: commandId, at: clock().toISOString() };
      const event = envelop(decision(letter), [], 'dead letter', run);
      const { position } = await store.append(deadLettersStream, [event], 'any');
      await runner.reached(position, patience);
      await letters.idle(letter);
      const left = letters.find(id);
      const next = letters
        .list()
        .find((other) => other.projection === letter.projection && other.part === letter.part);
      return new Ok({
        id,
        position: String(position),
        gone: left === null,
        deadLetter: next === undefined ? null : answerOf(next),
      });
    } catch (error) {
      if (!(error instanceof StoreUnavailableError)) throw error;
      return failed({ kind: 'store-unavailable', reason: error.message });
    }
  }
}

function unknownLetter(id: string, letters: DeadLetters): Failed {
  const count = letters.list().length;
  const detail = `There is no dead letter "${id}"; GET /v1/dead-letters lists the ${count} there are.`;
  return unknown([{ pointer: '/id', detail }]);
}

const answerOf = ({ event, ...letter }: DeadLetter): DeadLetterAnswer => ({
  ...letter,
  event: { ...event, position: String(event.position) },
});
