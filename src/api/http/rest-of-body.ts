import type { FastifyReply, FastifyRequest } from 'fastify';

/** How much a client may still send after a refusal, before the connection is closed. */
const patience = { bytes: 64 * 1_024 * 1_024, milliseconds: 10_000 };

/**
 * Lets a client that is turned down finish sending before it is answered. Most clients read no answer while they
 * send, and closing the connection meanwhile resets it: they would never see the problem document.
 */
export function letItFinishSending(
  { raw }: FastifyRequest,
  reply: FastifyReply,
  payload: unknown,
  done: (error: null, payload: unknown) => void,
): void {
  if (reply.statusCode < 400 || raw.complete || raw.readableEnded || raw.destroyed) {
    done(null, payload);
    return;
  }
  let bytes = 0;
  const answer = (): void => {
    clearTimeout(timer);
    raw.off('data', count).off('end', answer).off('close', answer).off('error', answer);
    // Whoever goes on sending then is cut off: nobody would read it.
    if (!raw.complete) void reply.header('connection', 'close');
    done(null, payload);
  };
  const count = (chunk: Buffer): void => {
    bytes += chunk.length;
    if (bytes > patience.bytes) answer();
  };
  const timer = setTimeout(answer, patience.milliseconds);
  raw.on('data', count).on('end', answer).on('close', answer).on('error', answer);
}
