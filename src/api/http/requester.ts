import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { RequesterGoneError, type Requester } from '../../runtime/requester.js';

/** The client of a request, as a parameter of its route: work that it waits for ends when it goes. */
export const FromClient = createParamDecorator(
  (_: undefined, context: ExecutionContext): Requester =>
    new Client(context.switchToHttp().getResponse<FastifyReply>()),
);

class Client implements Requester {
  /** Made for those who look at it: most answers are there at once. */
  private gone: AbortController | null = null;

  constructor(private readonly reply: Pick<FastifyReply, 'raw' | 'request'>) {}

  get signal(): AbortSignal {
    this.gone ??= this.watched();
    return this.gone.signal;
  }

  get bodyless(): boolean {
    return this.reply.request.method === 'HEAD';
  }

  readonly cut = (): void => {
    this.reply.raw.destroy();
  };

  private watched(): AbortController {
    const gone = new AbortController();
    const { raw } = this.reply;
    const goAway = (): void => gone.abort(new RequesterGoneError());
    // After the whole answer was sent as well: nothing listens to the signal then.
    if (raw.destroyed) goAway();
    else raw.once('close', goAway);
    return gone;
  }
}
