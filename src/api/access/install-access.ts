import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Asked, HostRules } from '../../access/hosts.js';
import type { AccessLog } from '../../access/access-log.js';
import type { ClientLimits } from '../../access/limits/client-limits.js';
import { permissionOf } from '../../access/permissions.js';
import type { TrustedProxies } from '../../access/proxy/trusted-proxies.js';
import { foreignOrigin, misdirected } from '../http/access-problems.js';
import { operationOf } from '../http/operation-of.js';
import { sendProblem } from '../http/problem.filter.js';
import type { AccessGate } from './access-gate.js';
import { setClientAddress } from './client-address.js';
import { chargeTo } from './limit-requests.js';
import { noteRefusal, recordRefusal } from './refusals.js';
import { setJudge } from './watch.js';

export interface AccessHooks {
  readonly gate: AccessGate;
  readonly hosts: HostRules;
  readonly log: AccessLog;
  readonly proxies: TrustedProxies;
  /** Null: every client may ask as often as it likes. */
  readonly limits: ClientLimits | null;
  /** Whether Host and Origin of requests for other routes, and for none, are looked at as well. */
  readonly ownsServer: boolean;
}

/**
 * Has every request for a route of Poolkeeper judged before its body is read. A route without a line in the table of
 * permissions throws as it is registered: the application does not start.
 */
export function installAccess(
  fastify: FastifyInstance,
  { gate, hosts, log, proxies, limits, ownsServer }: AccessHooks,
): void {
  fastify.addHook('onRoute', ({ config }) => {
    const operation = operationOf(config);
    if (operation !== null) permissionOf(operation);
  });
  fastify.addHook('onRequest', (request: FastifyRequest, reply: FastifyReply, done: () => void) => {
    const operation = operationOf(request.routeOptions.config);
    const refuse = (error: unknown): void => sendProblem(error, request, reply);
    try {
      const admitted = operation === null && !ownsServer ? undefined : judged(request, reply, operation);
      if (admitted === undefined) done();
      else admitted.then(done, refuse);
    } catch (error) {
      refuse(error);
    }
  });

  fastify.addHook('onResponse', (request, reply, done) => {
    const operation = operationOf(request.routeOptions.config);
    if (operation !== null || ownsServer) recordRefusal(log, request, reply, operation);
    done();
  });

  function judged(
    request: FastifyRequest,
    reply: FastifyReply,
    operation: string | null,
  ): void | Promise<void> {
    const address = proxies.clientOf(
      request.raw.socket.remoteAddress ?? '',
      request.headers['x-forwarded-for'],
    );
    setClientAddress(request, address);
    const permission = operation === null ? null : permissionOf(operation);
    const asked = askedBy(request);
    if (!hosts.isOurs(asked)) {
      // Whoever looks after the service asks by any name whether it is well; details are not told then.
      if (permission?.role === null) return;
      noteRefusal(request, { reason: 'misdirected', detail: asked.host ?? '' });
      throw misdirected(asked.host);
    }
    const isSafe = asked.method === 'GET' || asked.method === 'HEAD';
    if ((!isSafe || permission?.isDear === true) && hosts.isForeign(asked)) {
      noteRefusal(request, { reason: 'foreign-origin', detail: asked.origin ?? asked.fetchSite ?? '' });
      throw foreignOrigin(asked.origin, permission?.role ?? 'viewer');
    }
    if (operation === null) return;
    if (operation === 'live') setJudge(request, () => gate.admit(request, operation));
    return gate.admit(request, operation, chargeTo(limits, address, request, reply));
  }
}

const askedBy = ({ method, headers, raw }: FastifyRequest): Asked => ({
  method,
  host: isGivenTwice('host', raw.rawHeaders) ? undefined : headers.host,
  origin: headers.origin,
  fetchSite: textOf(headers['sec-fetch-site']),
  localAddress: raw.socket.localAddress ?? '',
});

/** Node keeps the first of two; a proxy in front may have read the other (RFC 9112, 3.2). */
const isGivenTwice = (name: string, rawHeaders: readonly string[]): boolean => {
  const isName = (header: string, index: number): boolean =>
    index % 2 === 0 && header.length === name.length && header.toLowerCase() === name;
  const first = rawHeaders.findIndex(isName);
  return first >= 0 && rawHeaders.findLastIndex(isName) > first;
};

const textOf = (header: string | readonly string[] | undefined): string | undefined =>
  typeof header === 'string' ? header : header?.[0];
