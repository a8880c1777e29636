import type { FastifyInstance, FastifyRequest } from 'fastify';
import { setCaching } from './caching.js';
import { isForPoolkeeper, isMarked } from './poolkeeper-controller.js';
import { sendProblem } from './problem.filter.js';
import { wantsPreview } from './preview-parameter.js';
import { letItFinishSending } from './rest-of-body.js';
import { sendReply } from './send-reply.js';

/** A request that was answered. */
export interface Answered {
  readonly method: string;
  /** The pattern of its route, never its path; undefined where there is no such route. */
  readonly route: string | undefined;
  readonly status: number;
  readonly milliseconds: number;
  /** Whether it was asked what a command would do. */
  readonly isPreview: boolean;
}

export interface HookOptions {
  readonly maxBodyBytes: number;
  readonly maxExportBytes: number;
  /** Whether the whole server is Poolkeeper's: then the hooks concern every request, also those for no route. */
  readonly ownsServer: boolean;
  /** Called after every answer. */
  readonly onAnswered: (answered: Answered) => void;
}

/** What Poolkeeper needs of Fastify. In an application with other routes nothing of it concerns those. */
export function installHooks(fastify: FastifyInstance, options: HookOptions): void {
  const { maxBodyBytes, maxExportBytes, ownsServer, onAnswered } = options;
  const concerns = (request: FastifyRequest): boolean => ownsServer || isForPoolkeeper(request);
  fastify.addHook('onRoute', (route) => {
    if (!isMarked(route.config)) return;
    route.bodyLimit = route.method === 'PUT' ? maxExportBytes : maxBodyBytes;
    route.errorHandler = (error, request, reply) => sendProblem(error, request, reply);
  });
  fastify.addHook('onRequest', (request, reply, done) => {
    if (concerns(request)) void reply.header('x-request-id', request.id);
    done();
  });
  fastify.addHook('preSerialization', sendReply);
  fastify.addHook('onSend', (request, reply, payload, done) => {
    if (concerns(request)) letItFinishSending(request, reply, setCaching(request, reply, payload), done);
    else done(null, payload);
  });
  fastify.addHook('onResponse', (request, reply, done) => {
    if (concerns(request)) {
      const { statusCode: status, elapsedTime: milliseconds } = reply;
      const { method, routeOptions } = request;
      onAnswered({ method, route: routeOptions.url, status, milliseconds, isPreview: wantsPreview(request) });
    }
    done();
  });
}
