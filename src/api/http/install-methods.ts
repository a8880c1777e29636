import type { FastifyInstance } from 'fastify';
import { cutTo } from '../../../policy/texts/cut.js';
import { ProblemError } from './errors.js';
import { KnownRoutes } from './known-routes.js';
import { operationOf } from './operation-of.js';
import { sendProblem } from './problem.filter.js';
import { problem } from './problems.js';

/** Takes whatever its name is, to say which commands there are: what it takes says nothing of an address. */
const unknownCommand = 'unknown-command';

/**
 * Where an address takes other methods, 405 says which, and OPTIONS is answered with them. To be installed before routes are
 * registered, and after whoever may ask is known.
 */
export function installMethods(fastify: FastifyInstance): void {
  const known = new KnownRoutes();
  fastify.addHook('onRoute', ({ method, url, config }) => {
    if (operationOf(config) !== unknownCommand) known.add(method, url);
  });
  fastify.addHook('onRequest', (request, reply, done) => {
    const { method, url, is404 } = request;
    if (!is404 && operationOf(request.routeOptions.config) !== unknownCommand) {
      done();
      return;
    }
    const [path = ''] = url.split('?');
    const methods = known.methodsAt(path);
    if (methods.length === 0) {
      done();
      return;
    }
    const allow = methods.join(', ');
    if (method === 'OPTIONS') {
      void reply.code(204).header('allow', allow).send();
      return;
    }
    const detail = `${cutTo(path, 200)} takes ${allow}, not ${method}.`;
    const allowed = methods.filter((each) => each !== 'OPTIONS');
    const refusal = problem(405, 'method-not-allowed', { detail, allowed });
    sendProblem(new ProblemError(refusal, { allow }), request, reply);
  });
}
