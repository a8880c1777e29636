import type { FastifyReply, FastifyRequest } from 'fastify';
import { withoutCoding } from './codings.js';
import { HttpReply, TextReply } from './http-reply.js';
import { linkPages } from './page-links.js';
import { isResult, toReply } from './to-reply.js';

/**
 * Turns the result that a controller returned into a response: status, ETag, Retry-After, and 304 where the reader has
 * it already. A hook of Fastify, because an interceptor of Nest would cost every request an observable.
 */
export function sendReply(
  request: FastifyRequest,
  response: FastifyReply,
  payload: unknown,
  done: (error: null, payload?: unknown) => void,
): void {
  if (payload instanceof TextReply) {
    void response.type(`${payload.mediaType}; charset=utf-8`).serializer(() => payload.content);
    if (payload.policy !== null) void response.header('content-security-policy', payload.policy);
    tagged(request, response, payload.etag);
    done(null, payload.content);
    return;
  }
  if (!isResult(payload) && !(payload instanceof HttpReply)) {
    done(null, payload);
    return;
  }
  const { status, body, etag, retryAfter } = isResult(payload)
    ? toReply(payload, response.statusCode)
    : payload;
  if (retryAfter !== null) void response.header('retry-after', String(retryAfter));
  if (status >= 400) void response.type('application/problem+json; charset=utf-8');
  void response.code(status);
  if (status === 200) linkPages(request, response, body);
  tagged(request, response, etag);
  done(null, body);
}

/** Sets the entity tag, and answers 304 without a body where the reader has it already. */
function tagged(request: FastifyRequest, response: FastifyReply, etag: string | null): void {
  if (etag === null) return;
  const known = knownTag(etag, request.headers['if-none-match']);
  void response.header('etag', `"${request.method === 'GET' ? (known ?? etag) : etag}"`);
  if (request.method !== 'GET' || known === null) return;
  void response.code(304).serializer(() => '');
}

/**
 * The tag by which the reader has the answer already, in whichever coding; null where it does not have it. If-None-Match
 * compares weakly: `W/"5"` is `"5"`.
 */
function knownTag(etag: string, header: string | undefined): string | null {
  for (const tag of (header ?? '').split(',').map((each) => each.trim())) {
    if (tag === '*') return etag;
    const [, known] = /^(?:W\/)?"([^"]*)"$/.exec(tag) ?? [];
    if (known !== undefined && (known === etag || withoutCoding(known) === etag)) return known;
  }
  return null;
}
