/** Operations that answer alike whatever the moment, or have moments of their own: `asOf` and `at` are refused there, never passed over. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { FieldError } from '../../domain/decision.js';
import { InvalidRequestError } from './errors.js';
import { operationOf } from './operation-of.js';
import { queryOf } from './preview-parameter.js';
import { sendProblem } from './problem.filter.js';

const betweenMoments =
  'it is between two moments, from and to; order=happened takes both by when things happened';
const fromNowOn = 'it says what changes from now on; replay goes through what has been';
const ofDocument =
  'the document and its readings are the same at every moment; GET /v1/pools/{fqdn}/statements says what was in force at one';
const ofService = 'it is about the service as it runs now, which has no past moments';
const ofLog = 'it is about the log as it stands, with all that was ever written';

/** By the id of the operation: why it takes no moment. */
export const whyWithoutMoments: Readonly<Record<string, string>> = {
  diff: betweenMoments,
  replay: betweenMoments,
  live: fromNowOn,
  'fleet-live': fromNowOn,
  search: 'it looks through what is on record now; what it finds can be asked for at a moment',
  experience: ofDocument,
  statements: ofDocument,
  readings: ofDocument,
  reasons: ofDocument,
  verify: ofLog,
  seals: ofLog,
  'latest-seal': ofLog,
  'seal-key': ofLog,
  'seal-keys': ofLog,
  'seal-proof': `${ofLog}; size names an earlier end of it`,
  'sealed-log': ofLog,
  projections: ofService,
  projection: ofService,
  'dead-letters': ofService,
  session: ofService,
  'access-log': ofService,
};

/** To be installed once it is known who asks. */
export function installMomentCheck(fastify: FastifyInstance): void {
  fastify.addHook('onRequest', checkMoments);
}

function checkMoments(request: FastifyRequest, reply: FastifyReply, done: () => void): void {
  const errors = errorsIn(request);
  if (errors.length === 0) done();
  else sendProblem(new InvalidRequestError(errors), request, reply);
}

function errorsIn(request: FastifyRequest): readonly FieldError[] {
  const operation = operationOf(request.routeOptions.config) ?? '';
  const why = Object.hasOwn(whyWithoutMoments, operation) ? whyWithoutMoments[operation] : undefined;
  if (why === undefined) return [];
  const query = queryOf(request);
  return ['asOf', 'at']
    .filter((name) => Object.hasOwn(query, name))
    .map((name) => ({ pointer: `/${name}`, detail: `${name} is not taken by ${operation}: ${why}.` }));
}
