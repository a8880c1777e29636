import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { taggedFor, wantedCoding, type Coding } from './codings.js';

/** Bytes below which an answer is sent as it is: it would hardly be shorter. */
const smallest = 1_024;

const compressible = /^(?:application\/(?:[\w.]+\+)?json|text\/(?!event-stream))/;

const compress: Readonly<Record<Coding, (text: string | Buffer) => Promise<Buffer>>> = {
  br: async (text) =>
    await promisify(brotliCompress)(text, { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } }),
  gzip: promisify(gzip),
};

/**
 * Compresses what is sent whole. Streams are left alone: what is on its way should arrive, and not wait in a coder. To be
 * installed after what else looks at an answer.
 */
export function installCompression(fastify: FastifyInstance): void {
  fastify.addHook('onSend', async (request, reply, payload) => await coded(request, reply, payload));
}

async function coded(request: FastifyRequest, reply: FastifyReply, payload: unknown): Promise<unknown> {
  if (!compressible.test(String(reply.getHeader('content-type') ?? ''))) return payload;
  addVary(reply, 'accept-encoding');
  if (typeof payload !== 'string' && !Buffer.isBuffer(payload)) return payload;
  const isCommand = request.method !== 'GET' && request.method !== 'HEAD';
  const tag = reply.getHeader('etag');
  // The tag of a command names the revision that it wrote, not the bytes of its answer.
  if (isCommand && tag !== undefined) return payload;
  const coding = wantedCoding(request.headers['accept-encoding']);
  if (coding === null || payload.length < smallest || reply.hasHeader('content-encoding')) return payload;
  const short = await compress[coding](payload);
  void reply.header('content-encoding', coding).removeHeader('content-length');
  if (typeof tag === 'string') void reply.header('etag', taggedFor(tag, coding));
  return short;
}

/** @param name in lower case */
function addVary(reply: FastifyReply, name: string): void {
  const names = String(reply.getHeader('vary') ?? '')
    .split(',')
    .map((each) => each.trim())
    .filter((each) => each !== '');
  if (names.some((each) => each === '*' || each.toLowerCase() === name)) return;
  void reply.header('vary', [...names, name].join(', '));
}
