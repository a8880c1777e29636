import type { JsonObject } from '../../../events/envelope.js';
import type { Accepted } from '../../domain/decision.js';
import type { StoredEvent } from '../../store/port.js';
import { decode } from '../decode.js';
import { Reply } from '../reply.js';
import type { CommandHandler } from './command-handler.js';

/** The answer to an accepted command; without events it names where the stream and the log stand. */
export async function answerOf(
  handler: CommandHandler,
  decision: Accepted,
  events: readonly StoredEvent[],
  revisionBefore: bigint | null,
  positionNow: bigint,
): Promise<Reply> {
  const last = events.at(-1);
  const revision = String(last?.revision ?? revisionBefore ?? '');
  const body = {
    stream: handler.stream,
    revision,
    position: String(last?.position ?? positionNow),
    events: events.map(handler.show ?? eventBody),
    because: [...decision.because],
    warnings: decision.warnings.map(({ code, detail }) => ({ code, detail })),
    ...(await handler.describe?.(decision.subject)),
  };
  return new Reply(200, body, revision);
}

/** Which object, and no more of it: what a file brings would fill megabytes. */
export function identifyingBody(event: StoredEvent): JsonObject {
  const { id, type, data, metadata } = eventBody(event);
  const known = Object.entries(data as JsonObject).filter(([name]) => identifying.includes(name));
  return { id, type, data: Object.fromEntries(known), metadata };
}

const identifying: readonly string[] = ['exportId', 'pool', 'owner', 'fileName', 'kind', 'id', 'name'];

/** An event as the API shows it. */
export function eventBody(event: StoredEvent): JsonObject {
  const { id, type, data, metadata } = decode(event);
  return { id, type, data: { ...data }, metadata: { ...metadata } } as JsonObject;
}
