import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Place } from '../../../runtime/queries/live/live-feeds.js';
import { Failed, type Result } from '../../../runtime/result.js';
import { watchAccess } from '../../access/watch.js';
import type { LiveConnection } from './connection.js';
import type { LiveConnections } from './connections.js';
import { heartbeat, reconnectAfter } from './event-stream.js';

const headers = {
  'content-type': 'text/event-stream',
  'cache-control': 'no-store',
  // No other request can use the connection: it ends with the stream.
  connection: 'close',
  // Asks a proxy in between, such as nginx, not to hold events back.
  'x-accel-buffering': 'no',
};

interface Exchange {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
}

/** Answers with what was opened, as server-sent events; a HEAD with the head alone. @param beat sent while nothing happens */
export function stream(
  { request, reply }: Exchange,
  connections: LiveConnections,
  opened: Result<Place>,
  left: (connection: LiveConnection) => void,
  beat = heartbeat,
): void {
  if (opened instanceof Failed) {
    void reply.send(opened);
    return;
  }
  const place = opened.value;
  if (request.method === 'HEAD') {
    place.giveUp();
    void reply.headers(headers).send('');
    return;
  }
  reply.hijack();
  const { raw } = reply;
  if (raw.destroyed) {
    place.giveUp();
    return;
  }
  raw.writeHead(200, { ...headers, 'x-request-id': request.id });
  raw.write(reconnectAfter);
  const connection = connections.add(raw, beat);
  const unwatch = watchAccess(request, () => raw.end());
  raw.on('close', () => {
    unwatch();
    left(connection);
  });
  place.take(connection);
  // Whether what it begins with may be old is said at once.
  if (beat !== heartbeat) connection.sendHeartbeat();
}
