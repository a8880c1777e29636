import { BadRequestException, PayloadTooLargeException } from '@nestjs/common';
import type { IncomingMessage } from 'node:http';
import { endTooSlow, lookEvery } from './slow-bodies.js';

export interface ArrivalLimits {
  /** Bytes of the whole. */
  readonly bytes: number;
  /** Milliseconds that the client may send nothing. */
  readonly pause: number;
}

/** Bytes a second that a client sends on average, once it has had the length of a pause. */
const slowest = 16_384;

/**
 * A body as it arrives. What is not read stays on the connection, so that the client gets its answer.
 * @throws PayloadTooLargeException, and BadRequestException where the client breaks off
 */
export async function* arrivingBytes(
  request: IncomingMessage,
  { bytes: most, pause }: ArrivalLimits,
): AsyncGenerator<Uint8Array> {
  let bytes = 0;
  const began = performance.now();
  let last = began;
  // Ended again, a client that does not take its answer is cut off.
  const timer = setInterval(() => {
    const now = performance.now();
    const isSlow = now - began > pause && bytes < ((now - began) / 1_000) * slowest;
    if (isSlow || now - last > pause) endTooSlow(request);
  }, lookEvery);
  try {
    for await (const chunk of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
      last = performance.now();
      bytes += chunk.length;
      if (bytes > most) throw new PayloadTooLargeException();
      yield chunk;
    }
  } catch (error) {
    const isBrokenOff = request.destroyed && !request.complete;
    throw isBrokenOff ? new BadRequestException('The client broke off while it sent the body.') : error;
  } finally {
    clearInterval(timer);
  }
}
