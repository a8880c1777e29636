import 'reflect-metadata';
import { randomUUID } from 'node:crypto';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { SwaggerModule } from '@nestjs/swagger';
import {
  LogController,
  type FastifyError,
  type FastifyReply,
  type FastifyRequest,
  type RawRequestDefaultExpression,
} from 'fastify';
import type { Logger } from 'pino';
import type { Poolkeeper } from '../runtime/poolkeeper.js';
import { ApplicationModule } from './application.module.js';
import { openApiDocument } from './documentation/document.js';
import { answerClientError } from './http/client-error.js';
import { problemOf } from './http/problem.filter.js';
import { letItFinishSending } from './http/rest-of-body.js';
import { sendReply } from './http/send-reply.js';
import { NestLog } from './log.js';
import { Metrics } from './operations/metrics/metrics.js';

export interface ApplicationOptions {
  readonly log: Logger;
  readonly maxBodyBytes: number;
  /** Of the zip of an export; 64 MiB where it is absent. */
  readonly maxExportBytes?: number;
}

/** Ids of requests come from the client where they are plain; they are in every log line and in the answer. */
const requestIdPattern = /^[\w.:@~+=-]{1,128}$/;

/** The service over a started Poolkeeper; closing it does not stop the Poolkeeper. */
export async function createApplication(
  poolkeeper: Poolkeeper,
  { log, maxBodyBytes, maxExportBytes = 67_108_864 }: ApplicationOptions,
): Promise<NestFastifyApplication> {
  const adapter = new FastifyAdapter({
    loggerInstance: log,
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: maxBodyBytes,
    forceCloseConnections: 'idle',
    routerOptions: { maxParamLength: 1_000 },
    genReqId: ({ headers }: RawRequestDefaultExpression) => {
      const given = headers['x-request-id'];
      return typeof given === 'string' && requestIdPattern.test(given) ? given : randomUUID();
    },
    clientErrorHandler: answerClientError,
    frameworkErrors: (error: FastifyError, request: FastifyRequest, reply: FastifyReply) => {
      const { status, body } = problemOf(error, request);
      void reply.code(status).type('application/problem+json; charset=utf-8').send(body);
    },
  });
  const application = await NestFactory.create<NestFastifyApplication>(
    ApplicationModule.around(poolkeeper),
    adapter,
    {
      logger: new NestLog(log),
      abortOnError: false,
      // Nest's own would take forms as well, which any web page can send.
      bodyParser: false,
    },
  );
  const fastify = adapter.getInstance();
  fastify.removeContentTypeParser('text/plain');
  // No form and no script of another site can send these without being asked for leave first.
  fastify.addContentTypeParser(
    ['application/zip', 'application/x-zip-compressed', 'application/octet-stream'],
    { parseAs: 'buffer', bodyLimit: maxExportBytes },
    (_request, body, done) => done(null, body),
  );
  fastify.addHook('onRequest', (request, reply, done) => {
    void reply.header('x-request-id', request.id);
    done();
  });
  fastify.addHook('preSerialization', sendReply);
  fastify.addHook('onSend', letItFinishSending);
  const metrics = application.get(Metrics);
  fastify.addHook('onResponse', (request, reply, done) => {
    const { statusCode: status, elapsedTime: milliseconds } = reply;
    log.info({ ...described(request), status, milliseconds }, 'request');
    metrics.answered({ method: request.method, route: request.routeOptions.url, status, milliseconds });
    done();
  });
  SwaggerModule.setup('docs', application, () => openApiDocument(application));
  await application.init();
  return application;
}

const described = (request: FastifyRequest): object => ({
  requestId: request.id,
  method: request.method,
  url: request.url.slice(0, 500),
  actor: request.headers['x-actor'],
});
