import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { RequesterGoneError, type Requester } from '../../runtime/requester.js';

/** The client of a request, as a parameter of its route: work that it waits for ends when it goes. */
export const FromClient = createParamDecorator((_: undefined, context: ExecutionContext): Requester =>
  requesterOf(context.switchToHttp().getResponse<FastifyReply>()),
);

export function requesterOf({ raw, request }: Pick<FastifyReply, 'raw' | 'request'>): Requester {
  const gone = new AbortController();
  // After the whole answer was sent as well: nothing listens to the signal then.
  raw.once('close', () => gone.abort(new RequesterGoneError()));
  if (raw.destroyed) gone.abort(new RequesterGoneError());
  return { signal: gone.signal, bodyless: request.method === 'HEAD' };
}
