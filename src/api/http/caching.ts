import type { FastifyReply, FastifyRequest } from 'fastify';

/** What has an entity tag may be kept by whoever got it, and is asked for again before it is used. */
const toBeAskedFor = 'private, no-cache';
const notKept = 'no-store';

/** Every answer says whether it may be kept; a 304 says nothing of a body that it does not have. */
export function setCaching({ method }: FastifyRequest, reply: FastifyReply, payload: unknown): unknown {
  const isRead = method === 'GET' || method === 'HEAD';
  const isKept = isRead && reply.hasHeader('etag') && (reply.statusCode === 200 || reply.statusCode === 304);
  if (!reply.hasHeader('cache-control')) void reply.header('cache-control', isKept ? toBeAskedFor : notKept);
  if (reply.statusCode !== 304) return payload;
  void reply.removeHeader('content-length').removeHeader('content-type');
  return null;
}
