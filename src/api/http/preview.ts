/** The parameter `preview` of commands. A request that changes something is never carried out where it asks for a preview otherwise. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { into } from '../../../policy/json-pointer.js';
import { cutTo } from '../../../policy/texts/cut.js';
import { permissionOf } from '../../access/permissions.js';
import type { FieldError } from '../../domain/decision.js';
import { ErrorList } from '../../domain/error-list.js';
import { InvalidRequestError } from './errors.js';
import { queryOf } from './preview-parameter.js';
import { operationOf } from './operation-of.js';
import { sendProblem } from './problem.filter.js';

/** To be installed once it is known who asks. Refuses what is no preview and yet was meant as one, before a body is read. */
export function installPreviewCheck(fastify: FastifyInstance): void {
  fastify.addHook('onRequest', checkPreview);
}

function checkPreview(request: FastifyRequest, reply: FastifyReply, done: () => void): void {
  const operation = operationOf(request.routeOptions.config);
  const isSafe = request.method === 'GET' || request.method === 'HEAD';
  const errors =
    operation === null || isSafe ? [] : errorsIn(queryOf(request), operation, request.routeOptions.url);
  if (errors.length === 0) done();
  else sendProblem(new InvalidRequestError(errors), request, reply);
}

function errorsIn(
  query: Readonly<Record<string, unknown>>,
  operation: string,
  route: string | undefined,
): readonly FieldError[] {
  const { asPreview } = permissionOf(operation);
  // Of other operations the classes of their queries say what is allowed.
  const isClosed = asPreview !== undefined && route?.includes('/commands/') === true;
  const errors = new ErrorList();
  for (const [name, value] of Object.entries(query)) {
    const isPreview = name.toLowerCase() === 'preview';
    if (isPreview && asPreview === undefined && operation !== 'unknown-command') {
      errors.add(
        into('', cutTo(name, longestName)),
        `${operation} has no preview: it is no command about a pool, and what it does cannot be told beforehand. Nothing was done; leave the parameter out to have it done.`,
      );
    } else if (isPreview && name === 'preview' && value !== 'true' && value !== 'false') {
      errors.add('/preview', 'must be true or false, and given once. Nothing was done.');
    } else if ((isPreview && name !== 'preview') || (isClosed && !isPreview)) {
      errors.add(
        into('', cutTo(name, longestName)),
        `${cutTo(name, longestName)} is not a parameter here; allowed: preview. Nothing was done.`,
      );
    }
  }
  return errors.all;
}

const longestName = 100;
