import type { Readable } from 'node:stream';

/** Answers that are being sent for as long as their readers take: the server closes once no request is under way. */
export class StreamsUnderWay {
  private readonly streams = new Set<Readable>();

  add(stream: Readable): Readable {
    this.streams.add(stream);
    return stream.once('close', () => this.streams.delete(stream));
  }

  /** Breaks them off, so that who reads slowly does not keep the server. */
  end(): void {
    for (const stream of this.streams) stream.destroy(new Error('The service is stopping.'));
  }
}
