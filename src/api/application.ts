import 'reflect-metadata';
import { randomUUID } from 'node:crypto';
import type { DynamicModule } from '@nestjs/common';
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
import { openApiDocument } from './documentation/document.js';
import { answerClientError } from './http/client-error.js';
import { installCompression } from './http/compression.js';
import { sendProblem } from './http/problem.filter.js';
import { NestLog } from './log.js';
import { addSecurityHeaders } from './http/security-headers.js';
import { PoolkeeperModule } from './poolkeeper.module.js';
import { ServiceModule } from './service.module.js';
import type { AccessOptions } from './services/options.js';
import type { TlsKeys } from './tls.js';
import { cutTo } from '../../policy/texts/cut.js';

export interface RequestServerOptions {
  readonly log: Logger;
  /** Of requests that have no route; those of Poolkeeper have their own limits. */
  readonly maxBodyBytes: number;
  /** Plain HTTP without. */
  readonly tls?: TlsKeys;
}

export interface ApplicationOptions extends RequestServerOptions {
  /** Of the zip of an export; 64 MiB where it is absent. */
  readonly maxExportBytes?: number;
  /** How the service knows who asks; requests from this machine may do everything where absent. */
  readonly access?: AccessOptions;
}

/** The service over a started Poolkeeper. Closing it ends its own connections, and does not stop the Poolkeeper. */
export async function createApplication(
  poolkeeper: Poolkeeper,
  { log, maxBodyBytes, maxExportBytes = 67_108_864, access = {} }: ApplicationOptions,
): Promise<NestFastifyApplication> {
  const module = PoolkeeperModule.forRoot({
    poolkeeper,
    maxBodyBytes,
    maxExportBytes,
    access,
    ownsServer: true,
  });
  const application = await createServer([module], { log, maxBodyBytes });
  await application.init();
  application.flushLogs();
  return application;
}

/**
 * A server with these modules, not yet initialised. Nest's log is held back until it is flushed: where the service does
 * not start, one sentence says why.
 */
export async function createServer(
  modules: readonly DynamicModule[],
  { log, maxBodyBytes, tls }: RequestServerOptions,
): Promise<NestFastifyApplication> {
  const adapter = new FastifyAdapter({
    ...(tls === undefined ? { http: timeLimits } : { https: { ...tls, ...timeLimits } }),
    requestTimeout: longestRequest,
    loggerInstance: log,
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: maxBodyBytes,
    forceCloseConnections: 'idle',
    // What arrives on an open connection while the service stops is answered; Fastify's own 503 is no problem document.
    return503OnClosing: false,
    routerOptions: { maxParamLength: 1_000, ignoreTrailingSlash: true },
    genReqId: requestIdOf,
    clientErrorHandler: answerClientError,
    frameworkErrors: (error: FastifyError, request: FastifyRequest, reply: FastifyReply) =>
      sendProblem(error, request, reply),
  });
  const application = await NestFactory.create<NestFastifyApplication>(
    ServiceModule.around(...modules),
    adapter,
    {
      logger: new NestLog(log),
      bufferLogs: true,
      autoFlushLogs: false,
      abortOnError: false,
      // Nest's own would take forms as well, which any web page can send.
      bodyParser: false,
    },
  );
  const fastify = adapter.getInstance();
  fastify.removeContentTypeParser('text/plain');
  fastify.addHook('onResponse', (request, { statusCode: status, elapsedTime: milliseconds }, done) => {
    log.info({ ...described(request), status, milliseconds }, 'request');
    done();
  });
  installCompression(fastify);
  await addSecurityHeaders(application, { tls: tls !== undefined });
  SwaggerModule.setup('docs', application, () => openApiDocument(application));
  return application;
}

/** Milliseconds in which the largest zip must have arrived; JSON bodies have less, see `SlowBodies`. */
const longestRequest = 900_000;

/** Milliseconds in which the headers must have arrived, and between two looks at that. */
const timeLimits = { headersTimeout: 20_000, connectionsCheckingInterval: 5_000 };

/** Ids of requests come from the client where they are plain; they are in every log line and in the answer. */
const requestIdPattern = /^[\w.:@~+=-]{1,128}$/;

function requestIdOf({ headers }: RawRequestDefaultExpression): string {
  const given = headers['x-request-id'];
  return typeof given === 'string' && requestIdPattern.test(given) ? given : randomUUID();
}

/** A code with which somebody comes back from the identity provider is as good as a password. */
const withoutCode = (url: string): string => url.replace(/^([^?]*\/v1\/session\/callback)\?.*/s, '$1?…');

const described = (request: FastifyRequest): object => ({
  requestId: request.id,
  method: request.method,
  url: cutTo(withoutCode(request.url), 500),
  actor: request.headers['x-actor'],
});
