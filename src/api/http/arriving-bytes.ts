import { BadRequestException, PayloadTooLargeException } from '@nestjs/common';
import type { IncomingMessage } from 'node:http';
import { endTooSlow } from './slow-bodies.js';

export interface ArrivalLimits {
  /** Bytes of the whole. */
  readonly bytes: number;
  /** Milliseconds that the client may send nothing. */
  readonly pause: number;
}

/**
 * A body as it arrives. What is not read stays on the connection, so that the client gets its answer.
 * @throws PayloadTooLargeException, and BadRequestException where the client breaks off
 */
export async function* arrivingBytes(
  request: IncomingMessage,
  { bytes: most, pause }: ArrivalLimits,
): AsyncGenerator<Uint8Array> {
  let bytes = 0;
  const timer = setTimeout(() => {
    endTooSlow(request);
    // A client that does not take its answer either is cut off then.
    timer.refresh();
  }, pause);
  try {
    for await (const chunk of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
      timer.refresh();
      bytes += chunk.length;
      if (bytes > most) throw new PayloadTooLargeException();
      yield chunk;
    }
  } catch (error) {
    const isBrokenOff = request.destroyed && !request.complete;
    throw isBrokenOff ? new BadRequestException('The client broke off while it sent the body.') : error;
  } finally {
    clearTimeout(timer);
  }
}
