import { get, type IncomingMessage } from 'node:http';
import { once } from 'node:events';
import type { JsonObject } from '../../../events/envelope.js';
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

  private constructor(readonly response: IncomingMessage) {
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
    if (response.statusCode !== 200) {
      response.destroy();
      throw new Error(`GET ${path} was to be heard, but: ${response.statusCode}`);
    }
    return new Listening(response);
  }

  get last(): Sent {
    const last = this.sent.at(-1);
    if (last === undefined) throw new Error('Nothing has been sent.');
    return last;
  }

  /** Resolves once what was sent is as wished, or rejects where the stream ends before. */
  async until(isAsWished: (listening: this) => boolean): Promise<void> {
    while (!isAsWished(this)) {
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
      this.sent.push({ name, id, body: JSON.parse(data) as JsonObject });
    }
    this.arrived();
  }
}
