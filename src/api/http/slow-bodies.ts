import type { IncomingMessage } from 'node:http';
import { answerClientError } from './client-error.js';

/** Milliseconds between two looks at the bodies that are on their way. */
export const lookEvery = 1_000;

/** As Node's own limit of time names it. */
const tooSlow = { code: 'ERR_HTTP_REQUEST_TIMEOUT' } as const;

/** Answers a client that is too slow, and closes; called again, it cuts off one that does not close either. */
export const endTooSlow = ({ socket }: IncomingMessage): void => answerClientError(tooSlow, socket);

/**
 * Ends requests whose body does not arrive in time. One timer looks at all of them: a timer for each would cost every
 * command, and Node's own limit is one for all routes, so long that the largest zip may come.
 */
export class SlowBodies {
  private awaited: { readonly request: IncomingMessage; readonly until: number }[] = [];
  private readonly timer: NodeJS.Timeout;

  /** @param patience how long a body may take, in milliseconds */
  constructor(private readonly patience: number) {
    this.timer = setInterval(() => this.look(performance.now()), lookEvery).unref();
  }

  await(request: IncomingMessage): void {
    this.awaited.push({ request, until: performance.now() + this.patience });
  }

  stop(): void {
    clearInterval(this.timer);
  }

  private look(now: number): void {
    this.awaited = this.awaited.filter(({ request }) => isOnItsWay(request));
    for (const { request, until } of this.awaited) if (until < now) endTooSlow(request);
  }
}

/** A request that is injected, without a connection, is never complete; its body ends. */
const isOnItsWay = ({ complete, readableEnded, destroyed }: IncomingMessage): boolean =>
  !complete && !readableEnded && !destroyed;
