import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { policyOfApplication } from '../http/security-headers.js';
import type { BuiltPage } from './built-page.js';

/** Paths of screens, which the page itself tells apart. */
const screens = [
  '/pools',
  '/pools/*',
  '/calls/*',
  '/events/*',
  '/incidents',
  '/incidents/*',
  '/readiness',
  '/search',
  '/service',
  '/statements',
];

/** Serves the page at its paths; `/` is served by the front door, which knows who wants it. */
export function installPage(fastify: FastifyInstance, page: BuiltPage): void {
  for (const path of screens) fastify.get(path, (request, reply) => sendPage(request, reply, page));
  fastify.get('/favicon.svg', (_, reply) => {
    void reply.type('image/svg+xml').header('cache-control', 'public, max-age=86400').send(page.favicon);
  });
  void fastify.register(fastifyStatic, {
    root: page.assets,
    prefix: '/assets/',
    // The files that there are at the start, and no other path.
    wildcard: false,
    index: false,
    preCompressed: true,
    decorateReply: false,
    cacheControl: false,
    setHeaders: (reply) => {
      void reply.header('cache-control', 'public, max-age=31536000, immutable');
    },
  });
}

export function sendPage(request: FastifyRequest, reply: FastifyReply, { index, etag }: BuiltPage): void {
  void reply
    .header('content-security-policy', policyOfApplication)
    .header('cache-control', 'no-cache')
    .header('etag', `"${etag}"`);
  // The tag names the coding as well where there is one.
  if (request.headers['if-none-match']?.includes(etag) === true) void reply.code(304).send();
  else void reply.type('text/html; charset=utf-8').send(index);
}
