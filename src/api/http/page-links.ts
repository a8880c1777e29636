import type { FastifyReply, FastifyRequest } from 'fastify';
import type { JsonObject } from '../../../events/envelope.js';
import { operationOf } from './operation-of.js';

/** Operations whose answers are pages, which name a cursor of the page after, and some of the one before. */
export const pagedOperations: readonly string[] = ['audit-trail', 'calls', 'incidents', 'pool-incidents'];

const relations = { next: 'next', previous: 'prev' } as const;

/** The pages beside this one, as addresses with the same filters (RFC 8288). */
export function linkPages(request: FastifyRequest, reply: FastifyReply, body: JsonObject): void {
  if (!pagedOperations.includes(operationOf(request.routeOptions.config) ?? '')) return;
  const [path = '', query = ''] = request.url.split('?');
  const links = Object.entries(relations).flatMap(([member, relation]) => {
    const cursor = body[member];
    if (typeof cursor !== 'string') return [];
    const parameters = new URLSearchParams(query);
    parameters.set('cursor', cursor);
    return [`<${path}?${parameters.toString()}>; rel="${relation}"`];
  });
  if (links.length > 0) void reply.header('link', links.join(', '));
}
