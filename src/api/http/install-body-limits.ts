import type { FastifyInstance } from 'fastify';
import { NotFoundException, UnsupportedMediaTypeException } from '@nestjs/common';
import { arrivingBytes } from './arriving-bytes.js';
import {
  hasBody,
  isForList,
  isForZip,
  listTypes,
  maxListBytes,
  refusalOfBody,
  zipTypes,
} from './expected-body.js';
import { isForPoolkeeper } from './poolkeeper-controller.js';
import { sendProblem } from './problem.filter.js';
import { SlowBodies } from './slow-bodies.js';

const json = 'application/json';
const zip = 'application/zip';

export interface BodyLimits {
  /** Bytes. */
  readonly maxBodyBytes: number;
  /** Bytes. */
  readonly maxExportBytes: number;
  /** How long a JSON body may take to arrive, in milliseconds. */
  readonly bodyPatience: number;
  /** Whether the whole server is Poolkeeper's: then no body is read for a route that there is not. */
  readonly ownsServer: boolean;
}

/** Bounds what clients send to the routes of Poolkeeper. To be installed after whoever may ask is known. */
export function installBodyLimits(
  fastify: FastifyInstance,
  { maxBodyBytes, maxExportBytes, bodyPatience, ownsServer }: BodyLimits,
): void {
  const slowBodies = new SlowBodies(bodyPatience);
  fastify.addHook('onClose', (_instance, done) => {
    slowBodies.stop();
    done();
  });
  fastify.addHook('onRequest', (request, reply, done) => {
    if (ownsServer && request.is404 && hasBody(request)) {
      sendProblem(new NotFoundException(), request, reply);
      return;
    }
    if (!isForPoolkeeper(request)) {
      done();
      return;
    }
    if (!hasBody(request)) {
      // Clients name a type also where they send nothing; nothing is of no type.
      if (!isForZip(request) && !isForList(request)) delete request.headers['content-type'];
      done();
      return;
    }
    // curl -T names no type; a page of another site has to ask before it may PUT anything.
    if (isForZip(request)) request.headers['content-type'] ??= zip;
    if (isForList(request)) request.headers['content-type'] ??= 'text/csv';
    const limit = isForZip(request) ? maxExportBytes : isForList(request) ? maxListBytes : maxBodyBytes;
    const refusal = refusalOfBody(request, limit);
    if (refusal !== null) {
      sendProblem(refusal, request, reply);
      return;
    }
    // Zips are watched while they are received.
    if (!isForZip(request)) slowBodies.await(request.raw);
    done();
  });
  if (ownsServer) takeNothingForJson(fastify);
  takeLists(fastify);
  const types = zipTypes.filter((type) => !fastify.hasContentTypeParser(type));
  if (types.length === 0) return;
  // Not read here: the route that takes zips receives them as a stream, and no other takes them.
  fastify.addContentTypeParser(types, (request, payload, done) => {
    if (isForZip(request)) done(null, arrivingBytes(payload, { bytes: maxExportBytes, pause: bodyPatience }));
    else done(new UnsupportedMediaTypeException());
  });
}

/** A list is read as a whole: a row in error keeps all of it from being recorded. */
function takeLists(fastify: FastifyInstance): void {
  const types = listTypes.filter((type) => !fastify.hasContentTypeParser(type));
  if (types.length === 0) return;
  const options = { parseAs: 'buffer', bodyLimit: maxListBytes } as const;
  fastify.addContentTypeParser<Buffer>(types, options, (request, body, done) => {
    if (isForList(request)) done(null, body);
    else done(new UnsupportedMediaTypeException());
  });
}

/** A body in chunks that turns out to be empty is none: the parser of Fastify refuses it. */
function takeNothingForJson(fastify: FastifyInstance): void {
  const parse = fastify.getDefaultJsonParser('error', 'error');
  fastify.removeContentTypeParser(json);
  fastify.addContentTypeParser<string>(json, { parseAs: 'string' }, (request, body, done) => {
    if (body === '') done(null, undefined);
    else void parse(request, body, done);
  });
}
