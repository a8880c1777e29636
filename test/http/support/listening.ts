import { get, type IncomingMessage } from 'node:http';
import { once } from 'node:events';
import type { JsonObject } from '../../../events/envelope.js';
import { eventMustBeDocumented, mustBeDocumented } from './documented.js';
import type { Headers } from './service.js';

/** A server-sent event as a client takes it apart. */
export interface Sent {
  readonly name: string;
  readonly id: string;
  readonly body: JsonObject;
}

/** A client of a live feed, over a socket of its own. */
export class Listening {
  readonly sent: Sent[] = [];
  /** Everything that arrived, byte for byte. */
  text = '';
  private arrived: () => void = () => undefined;
  isOver = false;
  /** The first event that is not as documented. */
  private misfit: Error | null = null;

  private constructor(
    readonly response: IncomingMessage,
    private readonly path: string,
  ) {
    response.setEncoding('utf8');
    response.on('data', (chunk: string) => this.take(chunk));
    response.on('error', () => undefined);
    response.on('close', () => {
      this.isOver = true;
      this.arrived();
    });
  }

  static async to(url: URL, path: string, headers: Headers = {}): Promise<Listening> {
    const request = get(new URL(path, url), { headers, agent: false });
    const [response] = (await once(request, 'response')) as [IncomingMessage];
    const { statusCode: status = 0 } = response;
    mustBeDocumented({ method: 'GET', url: path, status, headers: response.headers, text: null });
    if (status !== 200) {
      response.destroy();
      throw new Error(`GET ${path} was to be heard, but: ${status}`);
    }
    return new Listening(response, path);
  }

  get last(): Sent {
    const last = this.sent.at(-1);
    if (last === undefined) throw new Error('Nothing has been sent.');
    return last;
  }

  /** Resolves once what was sent is as wished, or rejects where the stream ends before. */
  async until(isAsWished: (listening: this) => boolean): Promise<void> {
    while (!isAsWished(this)) {
      if (this.misfit !== null) throw this.misfit;
      if (this.isOver) throw new Error(`The stream ended after: ${this.text.slice(-500)}`);
      await new Promise<void>((resolve) => (this.arrived = resolve));
    }
  }

  async heard(position: string): Promise<void> {
    await this.until(() => this.sent.some(({ id }) => BigInt(id) >= BigInt(position)));
  }

  async over(): Promise<void> {
    while (!this.isOver) await new Promise<void>((resolve) => (this.arrived = resolve));
  }

  hangUp(): void {
    this.response.destroy();
  }

  private rest = '';

  private take(chunk: string): void {
    this.text += chunk;
    const blocks = (this.rest + chunk).split('\n\n');
    this.rest = blocks.pop() ?? '';
    for (const block of blocks) {
      const fields = new Map(block.split('\n').map((line) => [line.slice(0, line.indexOf(':')), line]));
      const valueOf = (field: string): string | undefined => fields.get(field)?.slice(field.length + 2);
      const [name, id, data] = [valueOf('event'), valueOf('id'), valueOf('data')];
      if (name === undefined || id === undefined || data === undefined) continue;
      const body = JSON.parse(data) as JsonObject;
      try {
        eventMustBeDocumented(this.path, body);
      } catch (error) {
        this.misfit ??= error instanceof Error ? error : new Error(String(error));
      }
      this.sent.push({ name, id, body });
    }
    this.arrived();
  }
}
