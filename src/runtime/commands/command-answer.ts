import type { EventAnswer, EventOutline } from '../../contract/events.js';
import type { Accepted } from '../../domain/decision.js';
import type { StoredEvent } from '../../store/port.js';
import { pairingsStream } from '../../../events/streams.js';
import { decode } from '../decode.js';
import { Ok } from '../result.js';
import type { AcceptedCommand } from './accepted-command.js';
import type { CommandHandler } from './command-handler.js';

interface AnswerBesides {
  /** What the command stored in other streams before, as far as the answer shows it. */
  readonly before?: readonly StoredEvent[];
  /** Whether an earlier request stored the events. */
  readonly isRepeat?: boolean;
}

/** The answer to an accepted command; without events it names where the stream and the log stand. */
export async function answerOf(
  handler: Pick<CommandHandler, 'stream' | 'describe' | 'show'>,
  decision: Accepted,
  events: readonly StoredEvent[],
  revisionBefore: bigint | null,
  positionNow: bigint,
  { before = [], isRepeat = false }: AnswerBesides = {},
): Promise<Ok<AcceptedCommand>> {
  const last = events.at(-1);
  const revision = String(last?.revision ?? revisionBefore ?? '');
  const answer = {
    stream: handler.stream,
    revision,
    position: String(last?.position ?? positionNow),
    events: [
      ...events.map(handler.show ?? eventAnswer),
      ...before.map((event) => ({ ...eventAnswer(event), stream: event.stream })),
    ],
    because: [...decision.because],
    warnings: decision.warnings.map(({ code, detail }) => ({ code, detail })),
    ...(await handler.describe?.(decision.subject, last === undefined ? null : { last, isRepeat })),
  };
  return new Ok(answer, revision);
}

/** Of the pairings, as of receipts, nothing is shown: that follows from what the streams of the pairs say. */
export const isShown = ({ stream }: Pick<StoredEvent, 'stream'>): boolean => stream !== pairingsStream;

/** Which object, and no more of it: what a file brings would fill megabytes. */
export function eventOutline(event: StoredEvent): EventOutline {
  const { id, type, data, metadata } = eventAnswer(event);
  const known = Object.entries(data).filter(([name]) => identifying.includes(name));
  return { id, type, data: Object.fromEntries(known), metadata } as EventOutline;
}

const identifying: readonly string[] = ['exportId', 'pool', 'owner', 'fileName', 'kind', 'id', 'name'];

/** An event as the API shows it. */
export function eventAnswer(event: StoredEvent): EventAnswer {
  const { id, type, data, metadata } = decode(event);
  const { idempotency: _, ...shown } = metadata;
  return { id, type, data: { ...data }, metadata: shown } as EventAnswer;
}
