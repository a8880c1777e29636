import type { FastifyInstance } from 'fastify';
import { builtPage } from '../page/built-page.js';
import { installPage, sendPage } from '../page/install-page.js';

/** Where the address of the service by itself leads. */
const doors = [
  { name: 'documentation', href: '/docs', title: 'How to ask: every operation, with examples' },
  { name: 'description', href: '/docs-json', title: 'The same as OpenAPI, for programs' },
  { name: 'pools', href: '/v1/pools', title: 'Every pool with its stage' },
  { name: 'statements', href: '/v1/statements', title: 'The sentences that decide' },
  { name: 'health', href: '/health', title: 'How the service is' },
  { name: 'metrics', href: '/metrics', title: 'Its metrics' },
] as const;

/** Where the page was not built. */
const listOfDoors = [
  '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Poolkeeper</title></head><body>',
  '<h1>Poolkeeper</h1><ul>',
  ...doors.map(({ href, title }) => `<li><a href="${href}">${href}</a>: ${title}</li>`),
  '</ul></body></html>',
].join('\n');

const links = Object.fromEntries(doors.map(({ name, href, title }) => [name, { href, title }]));

/** Browsers get the page, and others the addresses as JSON. */
export function installFrontDoor(fastify: FastifyInstance): void {
  const page = builtPage();
  if (page !== null) installPage(fastify, page);
  fastify.get('/', (request, reply) => {
    void reply.header('vary', 'accept').header('cache-control', 'no-cache');
    if (request.headers.accept?.includes('text/html') === true) {
      if (page !== null) sendPage(request, reply, page);
      else void reply.type('text/html; charset=utf-8').send(listOfDoors);
    } else {
      void reply.send({ name: 'Poolkeeper', links });
    }
  });
}
