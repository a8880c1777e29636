import type { JsonObject } from '../../../events/envelope.js';
import type { ProblemDocument } from '../../contract/problems.js';
import { Failed, Ok, Repeated, type AnswerFormat, type CommandResult } from '../../runtime/result.js';
import { HttpReply } from './http-reply.js';
import { problemOfFailure } from './problems.js';

/** What is sent for a result; an answer has the status of its route where that is not 200. */
export function toReply(result: CommandResult<object>, statusOfRoute = 200): HttpReply {
  if (result instanceof Repeated) {
    const { status, answer, etag } = result.answer;
    return new HttpReply(status, answer, etag);
  }
  if (result instanceof Failed) return problemOfFailure(result.failure);
  return new HttpReply(statusOfRoute, bodyOf(result), result.version);
}

/** Idempotency records store answers as HTTP clients got them. */
export const answerFormat: AnswerFormat = {
  stored: (result) => {
    const { status, body, etag } = toReply(result);
    return { status, answer: body, etag };
  },
  problem: (failure) => problemOfFailure(failure).body as ProblemDocument,
  isAccepted: ({ status }) => status < 400,
};

/** Whether a controller returned a result rather than a plain body. */
export const isResult = (payload: unknown): payload is CommandResult<object> =>
  payload instanceof Ok || payload instanceof Failed || payload instanceof Repeated;

/** Answers are JSON by construction; this only says so to the compiler. */
const bodyOf = ({ value }: Ok<object>): JsonObject => value as JsonObject;
