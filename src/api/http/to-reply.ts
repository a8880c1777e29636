import type { JsonObject } from '../../../events/envelope.js';
import { Failed, Ok, Repeated, type CommandResult, type StoredAnswer } from '../../runtime/result.js';
import type { HttpReply } from './http-reply.js';
import { problemOfFailure } from './problems.js';

/** What is sent for a result; an answer has the status of its route where that is not 200. */
export function toReply(result: CommandResult<object>, statusOfRoute = 200): HttpReply {
  if (result instanceof Repeated) {
    const { status, answer, etag } = result.answer;
    return { status, body: answer, etag, retryAfter: null };
  }
  if (result instanceof Failed) return problemOfFailure(result.failure);
  return { status: statusOfRoute, body: bodyOf(result), etag: result.version, retryAfter: null };
}

/** The form in which an idempotency record stores the answer to a command. */
export function toStoredAnswer(result: CommandResult<object>): StoredAnswer {
  const { status, body, etag } = toReply(result);
  return { status, answer: body, etag };
}

/** Whether a controller returned a result rather than a plain body. */
export const isResult = (payload: unknown): payload is CommandResult<object> =>
  payload instanceof Ok || payload instanceof Failed || payload instanceof Repeated;

/** Answers are JSON by construction; this only says so to the compiler. */
const bodyOf = ({ value }: Ok<object>): JsonObject => value as JsonObject;
