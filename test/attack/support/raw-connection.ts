import { connect, type Socket } from 'node:net';

/** A client that speaks bytes: it may send half a request, drip, or not read. */
export class RawConnection {
  private text = '';
  /** Resolves when the other side has closed. */
  readonly closed: Promise<void>;

  private constructor(private readonly socket: Socket) {
    socket.on('data', (chunk: Buffer) => (this.text += chunk.toString()));
    // A connection that is reset is closed as well.
    socket.on('error', () => undefined);
    this.closed = new Promise((done) => socket.on('close', () => done()));
  }

  static async to(url: string): Promise<RawConnection> {
    const { hostname, port } = new URL(url);
    const socket = connect(Number(port), hostname);
    await new Promise<void>((done, fail) => socket.once('connect', done).once('error', fail));
    return new RawConnection(socket);
  }

  send(data: string | Uint8Array): this {
    this.socket.write(data);
    return this;
  }

  /** Says that nothing more is sent. */
  end(): this {
    this.socket.end();
    return this;
  }

  /** Resolves when what has arrived is enough, or the other side has closed. */
  async until(isEnough: (answer: string) => boolean): Promise<void> {
    const enough = new Promise<void>((done) => {
      const look = (): void => {
        if (isEnough(this.text)) done();
      };
      this.socket.on('data', look);
      look();
    });
    await Promise.race([enough, this.closed]);
  }

  /** Sends a byte each time, until the other side has closed. */
  drip(milliseconds: number): this {
    const timer = setInterval(() => this.socket.write('x'), milliseconds);
    void this.closed.then(() => clearInterval(timer));
    return this;
  }

  /** Leaves what arrives to the system's buffers. */
  pause(): this {
    this.socket.pause();
    return this;
  }

  destroy(): void {
    this.socket.destroy();
  }

  /** All that came. */
  get answer(): string {
    return this.text;
  }
}

/** The first lines of a request, without the empty one. */
export const head = (method: string, path: string, headers: Readonly<Record<string, string>> = {}): string =>
  [
    `${method} ${path} HTTP/1.1`,
    ...Object.entries({ host: 'localhost', ...headers }).map(([name, value]) => `${name}: ${value}`),
  ].join('\r\n');
