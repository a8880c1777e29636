import { Catch, HttpException, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { JsonObject } from '../../../events/envelope.js';
import { BusyError } from '../../runtime/dear-requests.js';
import { RequesterGoneError } from '../../runtime/requester.js';
import { StoreUnavailableError } from '../../store/port.js';
import { expectedBody, howToSend } from './expected-body.js';
import { InvalidRequestError, ProblemError } from './errors.js';
import { HttpReply } from './http-reply.js';
import { problem, problemOfFailure } from './problems.js';
import { cutTo } from '../../../policy/texts/cut.js';

/** Every error leaves as a problem document (RFC 9457). */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    sendProblem(error, http.getRequest<FastifyRequest>(), http.getResponse<FastifyReply>());
  }
}

export function sendProblem(error: unknown, request: FastifyRequest, response: FastifyReply): void {
  if (error instanceof RequesterGoneError) {
    // There is no connection left to answer on.
    void response.hijack();
    return;
  }
  const reply = problemOf(error, request);
  // What makes the service unavailable has its own line, once; each request has one too, with its status.
  if (reply.status >= 500 && reply.status !== 503) request.log.error({ err: error }, 'request failed');
  // The answer may have been meant to be a file; a problem is none.
  void response.removeHeader('content-disposition');
  if (error instanceof ProblemError) void response.headers(error.headers);
  if (reply.retryAfter !== null) void response.header('retry-after', String(reply.retryAfter));
  void response.code(reply.status).type('application/problem+json; charset=utf-8').send(reply.body);
}

const names: Readonly<Record<number, string>> = {
  400: 'bad-request',
  404: 'no-such-route',
  405: 'method-not-allowed',
  413: 'body-too-large',
  415: 'unsupported-media-type',
  503: 'unavailable',
};

/** What of a request tells how an error in it is to be mended. */
type Asked = Pick<FastifyRequest, 'method' | 'url' | 'headers' | 'routeOptions'>;

export function problemOf(error: unknown, request: Asked): HttpReply {
  if (error instanceof InvalidRequestError) {
    return problemOfFailure({ kind: 'invalid', errors: error.errors });
  }
  if (error instanceof ProblemError) return error.reply;
  if (error instanceof StoreUnavailableError) {
    return problemOfFailure({ kind: 'store-unavailable', reason: error.message });
  }
  if (error instanceof BusyError) return problemOfFailure({ kind: 'busy' });
  const status = statusOf(error);
  if (status >= 500 && status !== 503) {
    const detail = 'The service met an error that is its own; its log holds the details.';
    return problem(status, 'internal', { detail });
  }
  if (error instanceof HttpException) {
    const body = error.getResponse();
    // The health check brings its own report.
    if (status === 503 && typeof body === 'object' && 'details' in body) {
      return new HttpReply(status, body as JsonObject);
    }
  }
  const detail = detailOf(status, error, request);
  // A fault of the whole body gets an entry in `errors` as well.
  const errors =
    status === 400 || status === 413 || status === 415 ? { errors: [{ pointer: '', detail }] } : {};
  return problem(status, names[status] ?? 'bad-request', { detail, ...errors });
}

function detailOf(status: number, error: unknown, request: Asked): string {
  const { method, url } = request;
  if (status === 404) return `There is no ${method} ${cutTo(url, 200)}; /docs lists what there is.`;
  if (status === 413) return expectedBody(request).tooLarge;
  if (status === 415) return howToSend(request);
  return error instanceof Error ? error.message : 'The request cannot be served.';
}

function statusOf(error: unknown): number {
  if (error instanceof HttpException) return error.getStatus();
  if (
    typeof error === 'object' &&
    error !== null &&
    'statusCode' in error &&
    typeof error.statusCode === 'number'
  ) {
    return error.statusCode;
  }
  return 500;
}
