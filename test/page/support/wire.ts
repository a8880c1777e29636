/**
 * A wire between browsers and a service. A test can cut it: what is on it is lost, and nothing comes through until it is
 * mended. Or stall it: connections stay open, and nothing comes through any more, also on those that are made meanwhile.
 */
import { createServer, connect, type AddressInfo, type Server, type Socket } from 'node:net';

export class Wire {
  private readonly ends = new Set<Socket>();
  private isCut = false;
  private isStalled = false;

  private constructor(private readonly server: Server) {}

  static async to(service: URL): Promise<Wire> {
    const server = createServer();
    const wire = new Wire(server);
    server.on('connection', (near) => wire.carry(near, service));
    const { promise, resolve } = Promise.withResolvers<void>();
    server.listen(0, '127.0.0.1', resolve);
    await promise;
    return wire;
  }

  get origin(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  cut(): void {
    this.isCut = true;
    for (const end of this.ends) end.destroy();
  }

  stall(): void {
    this.isStalled = true;
    for (const end of this.ends) end.unpipe();
  }

  /** For connections that are made from now on. */
  mend(): void {
    this.isCut = false;
    this.isStalled = false;
  }

  async close(): Promise<void> {
    this.cut();
    const { promise, resolve } = Promise.withResolvers<void>();
    this.server.close(() => resolve());
    await promise;
  }

  private carry(near: Socket, { hostname, port }: URL): void {
    if (this.isCut) {
      near.destroy();
      return;
    }
    if (this.isStalled) {
      this.ends.add(near);
      near.on('error', () => near.destroy());
      near.on('close', () => this.ends.delete(near));
      return;
    }
    const far = connect(Number(port), hostname);
    for (const [end, other] of [
      [near, far],
      [far, near],
    ] as const) {
      this.ends.add(end);
      end.pipe(other);
      end.on('error', () => other.destroy());
      end.on('close', () => {
        this.ends.delete(end);
        other.destroy();
      });
    }
  }
}
