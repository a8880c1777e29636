/** What the service says back: a status and a JSON body, the same for every way in. */
import type { JsonObject } from '../../events/envelope.js';
import type { Decision, FieldError, Refused } from '../domain/decision.js';

export class Reply {
  constructor(
    readonly status: number,
    readonly body: JsonObject,
    /** A strong entity tag without its quotes; null where there is none. */
    readonly etag: string | null = null,
    /** Seconds after which trying again may help; null where nothing is known. */
    readonly retryAfter: number | null = null,
    /** What is sent instead of the body as JSON; null where nothing is. */
    readonly text: { readonly mediaType: string; readonly content: string } | null = null,
  ) {}

  /** The same answer in another form. */
  asText(mediaType: string, content: string): Reply {
    return new Reply(this.status, this.body, this.etag, this.retryAfter, { mediaType, content });
  }
}

/** Fields of a problem document beside `type`, `title`, `status` and `detail` (RFC 9457). */
export type ProblemDetails = JsonObject;

const titles: Readonly<Record<number, string>> = {
  400: 'The request is not valid',
  404: 'Not found',
  405: 'The method is not allowed here',
  408: 'The request did not arrive in time',
  409: 'A rule forbids it',
  412: 'The stream has moved on',
  413: 'The body is too large',
  415: 'The body is of another type',
  422: 'The idempotency key belongs to another request',
  429: 'Too many commands are waiting',
  431: 'The headers are too large',
  500: 'Something went wrong inside',
  503: 'The service cannot answer now',
};

export function problem(status: number, name: string, detail: string, more: ProblemDetails = {}): Reply {
  const { retryAfter, ...members } = more;
  const body = {
    type: `urn:poolkeeper:problem:${name}`,
    title: titles[status] ?? 'Problem',
    status,
    detail,
    ...members,
  };
  return new Reply(status, body, null, typeof retryAfter === 'number' ? retryAfter : null);
}

export const invalidProblem = (errors: readonly FieldError[]): Reply =>
  problem(400, 'invalid', errors.map((error) => `${error.pointer || '(body)'}: ${error.detail}`).join(' '), {
    errors: errors.map(({ pointer, detail }) => ({ pointer, detail })),
  });

export const unknownProblem = (errors: readonly FieldError[]): Reply =>
  problem(404, 'unknown', errors.map((error) => error.detail).join(' '), {
    errors: errors.map(({ pointer, detail }) => ({ pointer, detail })),
  });

export const refusalProblem = (refusal: Refused): Reply =>
  problem(409, 'refused', refusal.detail, {
    rule: refusal.rule,
    because: [...refusal.because],
    allowed: [...refusal.allowed],
  });

export const overloaded = (): Reply =>
  problem(429, 'overloaded', 'More commands are waiting than the service takes on; try again shortly.', {
    retryAfter: 1,
  });

/** The reply to a decision that emits nothing and refuses by no rule. */
export const replyToMistake = (decision: Extract<Decision, { outcome: 'invalid' | 'unknown' }>): Reply =>
  decision.outcome === 'invalid' ? invalidProblem(decision.errors) : unknownProblem(decision.errors);
