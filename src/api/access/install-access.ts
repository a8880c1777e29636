import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Asked, HostRules } from '../../access/hosts.js';
import { permissionOf } from '../../access/permissions.js';
import { foreignOrigin, misdirected } from '../http/access-problems.js';
import { operationOf } from '../http/poolkeeper-controller.js';
import { sendProblem } from '../http/problem.filter.js';
import type { AccessGate } from './access-gate.js';

export interface AccessHooks {
  readonly gate: AccessGate;
  readonly hosts: HostRules;
  /** Whether Host and Origin of requests for other routes, and for none, are looked at as well. */
  readonly ownsServer: boolean;
}

/**
 * Has every request for a route of Poolkeeper judged before its body is read. A route without a line in the table of
 * permissions throws as it is registered: the application does not start.
 */
export function installAccess(fastify: FastifyInstance, { gate, hosts, ownsServer }: AccessHooks): void {
  fastify.addHook('onRoute', ({ config }) => {
    const operation = operationOf(config);
    if (operation !== null) permissionOf(operation);
  });
  fastify.addHook('onRequest', (request: FastifyRequest, reply: FastifyReply, done: () => void) => {
    const operation = operationOf(request.routeOptions.config);
    const refuse = (error: unknown): void => sendProblem(error, request, reply);
    try {
      const admitted = operation === null && !ownsServer ? undefined : judged(request, operation);
      if (admitted === undefined) done();
      else admitted.then(done, refuse);
    } catch (error) {
      refuse(error);
    }
  });

  function judged(request: FastifyRequest, operation: string | null): void | Promise<void> {
    const permission = operation === null ? null : permissionOf(operation);
    const asked = askedBy(request);
    if (!hosts.isOurs(asked)) {
      // Whoever looks after the service asks by any name whether it is well; details are not told then.
      if (permission?.role === null) return;
      throw misdirected(asked.host);
    }
    const isSafe = asked.method === 'GET' || asked.method === 'HEAD';
    if ((!isSafe || permission?.isDear === true) && hosts.isForeign(asked)) {
      throw foreignOrigin(asked.origin, permission?.role ?? 'viewer');
    }
    if (operation !== null) return gate.admit(request, operation);
  }
}

const askedBy = ({ method, headers, raw }: FastifyRequest): Asked => ({
  method,
  host: headers.host,
  origin: headers.origin,
  fetchSite: textOf(headers['sec-fetch-site']),
  localAddress: raw.socket.localAddress ?? '',
});

const textOf = (header: string | readonly string[] | undefined): string | undefined =>
  typeof header === 'string' ? header : header?.[0];
