import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { permissionOf } from '../../access/permissions.js';
import { operationOf } from '../http/poolkeeper-controller.js';
import { sendProblem } from '../http/problem.filter.js';
import type { AccessGate } from './access-gate.js';

/**
 * Has every request for a route of Poolkeeper judged before its body is read. A route without a line in the table of
 * permissions throws as it is registered: the application does not start.
 */
export function installAccess(fastify: FastifyInstance, gate: AccessGate): void {
  fastify.addHook('onRoute', ({ config }) => {
    const operation = operationOf(config);
    if (operation !== null) permissionOf(operation);
  });
  fastify.addHook('onRequest', (request: FastifyRequest, reply: FastifyReply, done: () => void) => {
    const operation = operationOf(request.routeOptions.config);
    if (operation === null) {
      done();
      return;
    }
    const refuse = (error: unknown): void => sendProblem(error, request, reply);
    try {
      const admitted = gate.admit(request, operation);
      if (admitted === undefined) done();
      else admitted.then(done, refuse);
    } catch (error) {
      refuse(error);
    }
  });
}
