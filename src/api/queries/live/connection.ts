import type { ServerResponse } from 'node:http';
import type { LiveListener } from '../../../runtime/queries/live/listener.js';
import type { LiveMessage } from '../../../runtime/queries/live/message.js';
import type { Beat, EventStreamEncoder } from './event-stream.js';

/** Bytes that may be buffered for a client that reads slowly; beyond that the connection is cut. */
const mostBuffered = 4 * 1_024 * 1_024;

/** How long a client that catches up may read nothing, in milliseconds. */
const patience = 30_000;

/** A listener at the other end of an HTTP response. */
export class LiveConnection implements LiveListener {
  constructor(
    private readonly response: ServerResponse,
    private readonly encoder: EventStreamEncoder,
    private readonly beat: Beat,
  ) {}

  private get isGone(): boolean {
    return this.response.destroyed || this.response.writableEnded;
  }

  send(message: LiveMessage): void {
    if (!this.isGone) this.write(this.encoder.bytesOf(message));
  }

  sendHeartbeat(): void {
    if (!this.isGone) this.write(this.beat());
  }

  get keepsUp(): boolean {
    return this.isGone || !this.response.writableNeedDrain;
  }

  async drained(): Promise<boolean> {
    if (!this.isGone && this.response.writableNeedDrain) await this.drainedOrClosed();
    return !this.isGone;
  }

  /** A client that does not read would keep the connection open, and the service running. */
  end(): void {
    if (this.isGone) return;
    if (this.response.writableNeedDrain) this.response.destroy();
    else this.response.end();
  }

  private async drainedOrClosed(): Promise<void> {
    const { response } = this;
    await new Promise<void>((resolve) => {
      const goOn = (): void => {
        clearTimeout(timer);
        response.off('drain', goOn).off('close', goOn);
        resolve();
      };
      const timer = setTimeout(() => response.destroy(), patience);
      response.on('drain', goOn).on('close', goOn);
    });
  }

  private write(bytes: Buffer): void {
    // Checked before the message and not after it, so that a message larger than the limit still goes out.
    if (this.response.writableLength > mostBuffered) this.response.destroy();
    else this.response.write(bytes);
  }
}
