/** The service over HTTP. */
import { exitCodes, Failure } from './exit-codes.js';

export interface Answer {
  readonly status: number;
  /** The body, word for word. */
  readonly text: string;
  /** Seconds after which trying again may help; null where the service does not say. */
  readonly retryAfter: number | null;
}

/** What comes with a command beside its body. */
export interface CommandHeaders {
  readonly actor?: string | undefined;
  readonly idempotencyKey?: string | undefined;
  readonly ifMatch?: string | undefined;
}

/** Milliseconds. */
const patience = 60_000;

export class Client {
  constructor(readonly url: string) {}

  async command(name: string, body: object, headers: CommandHeaders = {}): Promise<Answer> {
    return await this.send(`/v1/commands/${name}`, {
      method: 'POST',
      body: JSON.stringify(body),
      headers: {
        'content-type': 'application/json',
        ...(headers.actor === undefined ? {} : { 'x-actor': asHeader(headers.actor) }),
        ...(headers.idempotencyKey === undefined
          ? {}
          : { 'idempotency-key': asHeader(headers.idempotencyKey) }),
        ...(headers.ifMatch === undefined ? {} : { 'if-match': asEntityTag(headers.ifMatch) }),
      },
    });
  }

  async post(path: string, body: object, { actor }: Pick<CommandHeaders, 'actor'> = {}): Promise<Answer> {
    return await this.send(path, {
      method: 'POST',
      body: JSON.stringify(body),
      headers: {
        'content-type': 'application/json',
        ...(actor === undefined ? {} : { 'x-actor': asHeader(actor) }),
      },
    });
  }

  async remove(path: string): Promise<Answer> {
    return await this.send(path, { method: 'DELETE' });
  }

  async view(path: string, query: Readonly<Record<string, string>> = {}): Promise<Answer> {
    const parameters = new URLSearchParams(query).toString();
    return await this.send(parameters === '' ? path : `${path}?${parameters}`, { method: 'GET' });
  }

  private async send(path: string, request: RequestInit): Promise<Answer> {
    try {
      const response = await fetch(this.url.replace(/\/+$/, '') + path, {
        ...request,
        signal: AbortSignal.timeout(patience),
      });
      const retryAfter = response.headers.get('retry-after');
      return {
        status: response.status,
        text: await response.text(),
        retryAfter: retryAfter === null ? null : Number(retryAfter),
      };
    } catch (error) {
      throw new Failure(
        `No Poolkeeper answers at ${this.url} (${reasonOf(error)}). Start one with "npm start", or name another with --url or POOLKEEPER_URL.`,
        exitCodes.away,
      );
    }
  }
}

/** fetch hides the reason behind "fetch failed". */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error.cause instanceof AggregateError) return reasonOf(error.cause.errors[0]);
  return error.cause instanceof Error ? reasonOf(error.cause) : error.message;
}

/** Headers carry bytes: UTF-8 goes as the Latin-1 text of its bytes. */
const asHeader = (text: string): string => Buffer.from(text, 'utf8').toString('latin1');

/** A bare revision is put in the quotes of an entity tag. */
const asEntityTag = (text: string): string => (/^\d+$/.test(text) ? `"${text}"` : text);
