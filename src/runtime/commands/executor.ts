import { setTimeout as sleep } from 'node:timers/promises';
import type { IdempotencyNote, JsonObject } from '../../../events/envelope.js';
import { schemaOf, type PoolkeeperEvent } from '../../../events/registry.js';
import { refusalsStream } from '../../../events/streams.js';
import type { Accepted, Refused } from '../../domain/decision.js';
import {
  RevisionConflictError,
  type EventStore,
  type EventToAppend,
  type StoredEvent,
} from '../../store/port.js';
import type { ProjectionRunner } from '../projections/projection-runner.js';
import { uuidOf } from '../identifiers.js';
import { KeyedLock } from '../../store/keyed-lock.js';
import { failed, mistake, type CommandResult, type Failed } from '../result.js';
import type { AcceptedCommand } from './accepted-command.js';
import { answerOf, isShown } from './command-answer.js';
import { refusalOf, resultOf } from './earlier-result.js';
import type { ExecutionContext } from './execution-context.js';
import type { CommandHandler, StoredElsewhere } from './command-handler.js';

/** How often a command is decided, where others keep writing its stream. */
const attempts = 12;

/** The longest pause before a command is decided again, in milliseconds: it grows with the attempts up to the last. */
const pauses = { first: 2, last: 200 };

/** A random one, so that two processes that met do not keep meeting. */
const pauseAfter = (attempt: number): number =>
  Math.random() * Math.min(pauses.last, pauses.first * 2 ** (attempt - 1));

/** How long an answer waits for the live state to show what was stored, in milliseconds. */
const answerPatience = 2_000;

const REFUSAL = 'refusal';

/** The result of a command on one stream. */
export type ExecutionResult = CommandResult<AcceptedCommand>;

/** Decide, append with the expected revision, answer; and again where somebody else was faster. */
export class Executor {
  private readonly lock = new KeyedLock();

  constructor(
    private readonly store: EventStore,
    private readonly runner: ProjectionRunner,
  ) {}

  /** Commands with the same lock key wait for each other, so that only other processes can cause a conflict. */
  async execute(
    handler: CommandHandler,
    command: string,
    body: JsonObject,
    run: ExecutionContext,
  ): Promise<ExecutionResult> {
    return await this.lock.run(handler.lockKey ?? handler.stream, async () => {
      for (let attempt = 1; attempt <= attempts; attempt += 1) {
        try {
          return await this.attempt(handler, command, body, run);
        } catch (error) {
          if (!(error instanceof RevisionConflictError)) throw error;
          // It may be a repeat that was faster.
          if (run.ifMatch !== null)
            return (await run.recall(handler)) ?? movedOn(handler.stream, error.actual);
        }
        if (attempt < attempts) await sleep(pauseAfter(attempt));
      }
      return failed({ kind: 'contended' });
    });
  }

  private async attempt(
    handler: CommandHandler,
    command: string,
    body: JsonObject,
    run: ExecutionContext,
  ): Promise<ExecutionResult> {
    const deciding = handler.decide();
    // What was answered before is answered again, even if it could not be decided now.
    deciding.catch(() => undefined);
    const recalled = await run.recall(handler);
    if (recalled !== null) return recalled;
    const { decision, revision, elsewhere = [] } = await deciding;
    // Before If-Match: an earlier try has moved the stream on by itself.
    const finished = run.resumed ? await this.earlierTry(handler, run) : null;
    if (finished !== null) return finished;
    if (!matches(run.ifMatch, revision)) return movedOn(handler.stream, revision ?? 'no-stream');
    if (decision.outcome === 'invalid' || decision.outcome === 'unknown') return mistake(decision);
    if (decision.outcome === 'refused') return await this.refuse(handler, decision, command, body, run);
    if (decision.events.length === 0)
      return await answerOf(handler, decision, [], revision, this.runner.state.position);
    const before = await this.storeElsewhere(elsewhere);
    const { events } = await this.store.append(
      handler.stream,
      enveloped(decision, run, before),
      revision ?? 'no-stream',
    );
    handler.apply(events);
    // Waits until the live state has the stored events, because the answer may show it.
    await this.runner.reached(events.at(-1)?.position ?? 0n, answerPatience);
    return await answerOf(handler, decision, events, revision, this.runner.state.position, { before });
  }

  /** Returns what the answer shows of it. */
  private async storeElsewhere(elsewhere: readonly StoredElsewhere[]): Promise<readonly StoredEvent[]> {
    const stored: StoredEvent[] = [];
    for (const { stream, revision, events: toAppend, apply } of elsewhere) {
      const { events } = await this.store.append(stream, toAppend, revision ?? 'no-stream');
      apply(events);
      stored.push(...events);
    }
    return stored.filter(isShown);
  }

  private async refuse(
    handler: CommandHandler,
    refusal: Refused,
    command: string,
    body: JsonObject,
    run: ExecutionContext,
  ): Promise<ExecutionResult> {
    const { rule, because, detail } = refusal;
    const event: PoolkeeperEvent = {
      type: 'CommandRefused',
      data: { command, body, rule, because, detail, allowed: refusal.allowed },
    };
    const stream = refusalsStream(handler.pairId);
    const stored = noted(envelop(event, because, REFUSAL, run), run, { events: 1 });
    const { position } = await this.store.append(stream, [stored], 'any');
    // As after an accepted command: whoever reads the trail next finds it there.
    await this.runner.reached(position, answerPatience);
    return refusalOf(refusal);
  }

  /** The result of an earlier try with the same command id, from the events that it stored. */
  private async earlierTry(handler: CommandHandler, run: ExecutionContext): Promise<ExecutionResult | null> {
    for (const stream of [refusalsStream(handler.pairId), handler.stream]) {
      const events = (await this.read(stream)).filter(
        ({ metadata }) => metadata['commandId'] === run.commandId,
      );
      if (events.length > 0) return await resultOf(events, handler, null);
    }
    return null;
  }

  private async read(stream: string): Promise<readonly StoredEvent[]> {
    return (await this.store.headOf(stream)) === null ? [] : await this.store.readStream(stream);
  }
}

/** @param before what the command has stored in other streams, as far as its answer shows it */
export function enveloped(
  decision: Accepted,
  run: ExecutionContext,
  before: readonly StoredEvent[] = [],
): readonly EventToAppend[] {
  const { events, because, firstCausesRest, subject, warnings } = decision;
  const all = events.map((event, index) => envelop(event, because, `${index}`, run));
  const [first, ...rest] = all;
  if (first === undefined) return all;
  const note = {
    events: all.length,
    ...(before.length === 0 ? {} : { elsewhere: placesOf(before) }),
    ...(subject === null ? {} : { subject }),
    ...(warnings.length === 0 ? {} : { warnings: warnings.map(({ code, detail }) => ({ code, detail })) }),
  };
  const effects = rest.map((event) => ({
    ...event,
    metadata: { ...event.metadata, causationId: first.id },
  }));
  return [noted(first, run, note), ...(firstCausesRest ? effects : rest)];
}

const placesOf = (events: readonly StoredEvent[]): NonNullable<IdempotencyNote['elsewhere']> =>
  events.map(({ stream, revision }) => ({ stream, revision: String(revision) }));

/** The event with the record of the key that the command came with. */
const noted = (
  event: EventToAppend,
  { note }: ExecutionContext,
  rest: Omit<IdempotencyNote, 'key' | 'fingerprint'>,
): EventToAppend =>
  note === null ? event : { ...event, metadata: { ...event.metadata, idempotency: { ...note, ...rest } } };

/** The event as it is appended. A refusal has the same id on every try: it is stored once, whoever stores it. */
export function envelop(
  event: PoolkeeperEvent,
  because: readonly string[],
  part: string,
  run: Pick<
    ExecutionContext,
    'actor' | 'provedBy' | 'onBehalfOf' | 'correlationId' | 'commandId' | 'idsFrom' | 'at'
  >,
): EventToAppend {
  return {
    id: uuidOf(`${part === REFUSAL ? run.commandId : run.idsFrom} ${part}`),
    type: event.type,
    schemaVersion: schemaOf(event.type).schemaVersion,
    data: event.data as JsonObject,
    metadata: {
      actor: run.actor,
      ...(run.provedBy === undefined ? {} : { provedBy: run.provedBy }),
      ...(run.onBehalfOf === undefined ? {} : { onBehalfOf: run.onBehalfOf }),
      correlationId: run.correlationId,
      causationId: run.commandId,
      commandId: run.commandId,
      occurredAt: run.at,
      ...(because.length > 0 ? { because } : {}),
    },
  };
}

export const matches = (ifMatch: ExecutionContext['ifMatch'], revision: bigint | null): boolean =>
  ifMatch === null || (revision !== null && (ifMatch === '*' || ifMatch.includes(String(revision))));

export const movedOn = (stream: string, actual: bigint | 'no-stream'): Failed =>
  failed({ kind: 'precondition-failed', stream, revision: actual === 'no-stream' ? null : actual });
