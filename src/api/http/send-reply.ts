import type { FastifyReply, FastifyRequest } from 'fastify';
import { Reply } from '../../runtime/reply.js';

/**
 * Turns what a controller returned into a response: status, ETag, Retry-After, and 304 where the reader has it
 * already. A hook of Fastify, for an interceptor of Nest would cost every request an observable.
 */
export function sendReply(
  request: FastifyRequest,
  response: FastifyReply,
  payload: unknown,
  done: (error: null, payload?: unknown) => void,
): void {
  if (!(payload instanceof Reply)) {
    done(null, payload);
    return;
  }
  if (payload.retryAfter !== null) void response.header('retry-after', String(payload.retryAfter));
  if (payload.etag !== null) void response.header('etag', `"${payload.etag}"`);
  if (payload.status >= 400) void response.type('application/problem+json; charset=utf-8');
  const known =
    request.method === 'GET' &&
    payload.etag !== null &&
    isKnown(payload.etag, request.headers['if-none-match']);
  const { text } = payload;
  if (text !== null) {
    void response.type(`${text.mediaType}; charset=utf-8`).serializer(() => text.content);
  }
  if (known) void response.serializer(() => '');
  void response.code(known ? 304 : payload.status);
  done(null, payload.body);
}

/** If-None-Match compares weakly: `W/"5"` is `"5"`. */
function isKnown(etag: string, header: string | undefined): boolean {
  if (header === undefined) return false;
  return header.split(',').some((tag) => {
    const candidate = tag.trim();
    return candidate === '*' || candidate.replace(/^W\//, '') === `"${etag}"`;
  });
}
