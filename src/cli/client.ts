/** The service over HTTP. */
import { terminal, terminalValue } from '../../text/terminal.js';
import { answers, type AnswerOf, type OperationId } from '../contract/answers.js';
import { firstMisfit, fits } from '../contract/check.js';
import { object, text, type Schema } from '../contract/schema.js';
import { version } from '../contract/version.js';
import type { CommandName } from '../domain/commands.js';
import { exitCodes, CliError } from './exit-codes.js';
import { cutTo } from '../../policy/texts/cut.js';

export interface Answer {
  readonly status: number;
  /** The body, word for word. */
  readonly text: string;
  /** Seconds after which trying again may help; null where the service does not say. */
  readonly retryAfter: number | null;
  /** Without its quotes; absent where there is none. */
  readonly etag?: string;
}

/** The parameters of a query; one that is given several times is a list. */
export type Query = Readonly<Record<string, string | readonly string[]>>;

/** What comes with a command beside its body. */
export interface CommandHeaders {
  readonly actor?: string | undefined;
  readonly idempotencyKey?: string | undefined;
  readonly ifMatch?: string | undefined;
  /** What would it do? Nothing is stored. */
  readonly preview?: boolean | undefined;
}

/** Milliseconds. */
const patience = 60_000;

export class Client {
  constructor(
    readonly url: string,
    /** An API key; null where there is none. */
    private readonly key: string | null = null,
  ) {}

  async command(name: CommandName, body: object, headers: CommandHeaders = {}): Promise<Answer> {
    return await this.send(withQuery(`/v1/commands/${name}`, previewIn(headers)), {
      method: 'POST',
      body: JSON.stringify(body),
      headers: { 'content-type': 'application/json', ...headersOf(headers) },
    });
  }

  async putZip(
    path: string,
    zip: Uint8Array<ArrayBuffer>,
    query: Readonly<Record<string, string>>,
    headers: CommandHeaders = {},
  ): Promise<Answer> {
    return await this.send(withQuery(path, { ...query, ...previewIn(headers) }), {
      method: 'PUT',
      body: zip,
      headers: { 'content-type': 'application/zip', ...headersOf(headers) },
    });
  }

  async putList(
    path: string,
    list: Uint8Array<ArrayBuffer>,
    query: Readonly<Record<string, string>>,
    headers: CommandHeaders = {},
  ): Promise<Answer> {
    // XML begins with a "<", after a mark of its encoding.
    const isXml = list.subarray(0, 4).includes(0x3c);
    return await this.send(withQuery(path, { ...query, ...previewIn(headers) }), {
      method: 'PUT',
      body: list,
      headers: { 'content-type': isXml ? 'application/xml' : 'text/csv', ...headersOf(headers) },
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

  async view(path: string, query: Query = {}): Promise<Answer> {
    return await this.send(withQuery(path, query), { method: 'GET' });
  }

  /**
   * The lines of an answer as they arrive, for as long as it takes; the answer itself where it is a problem.
   * The connection ends when no more lines are taken. The lines throw a CliError where the answer breaks off.
   */
  async lines(
    path: string,
    query: Query = {},
    headers: Readonly<Record<string, string>> = {},
  ): Promise<Answer | AsyncIterable<string>> {
    const response = await this.fetch(withQuery(path, query), { headers });
    return response.ok && response.body !== null ? linesIn(response.body) : await answerIn(response);
  }

  /**
   * The body of an answer that is no problem.
   * @throws CliError where it is not what the operation answers
   */
  async read<Operation extends OperationId>(
    operation: Operation,
    { text: body }: Pick<Answer, 'text'>,
  ): Promise<AnswerOf<Operation>> {
    return await this.readJson(answers[operation], body);
  }

  /** For people: texts in it hold no hidden characters. @throws CliError where the text is not JSON that fits the schema */
  async readJson<Value>(schema: Schema<Value>, text: string): Promise<Value> {
    const value = this.parsed(text);
    if (fits(schema, value)) return readable(schema, value);
    const { pointer, expected } = firstMisfit(schema, value) ?? { pointer: '', expected: '' };
    throw new CliError(
      `The answer of ${this.url} is not as expected: ${pointer || 'as a whole'} should be ${expected}. The service has version ${await this.versionOfService()}, this command line ${version}; use the same version of both.`,
    );
  }

  private parsed(text: string): unknown {
    try {
      return JSON.parse(text);
    } catch {
      throw new CliError(`What answers at ${this.url} is not a Poolkeeper: ${terminal(cutTo(text, 100))}`);
    }
  }

  /** As its documentation says. */
  private async versionOfService(): Promise<string> {
    const { status, text } = await this.view('/docs-json');
    const description = status === 200 ? this.parsed(text) : null;
    return fits(described, description) ? description.info.version : 'unknown';
  }

  private async send(path: string, request: RequestInit): Promise<Answer> {
    return await answerIn(await this.fetch(path, { ...request, signal: AbortSignal.timeout(patience) }));
  }

  /** A redirection to another server does not take the key with it: fetch leaves the header out. */
  private withKey(request: RequestInit): RequestInit {
    if (this.key === null) return request;
    const headers = new Headers(request.headers);
    headers.set('authorization', `Bearer ${this.key}`);
    return { ...request, headers };
  }

  private async fetch(path: string, request: RequestInit): Promise<Response> {
    try {
      return await fetch(this.url.replace(/\/+$/, '') + path, this.withKey(request));
    } catch (error) {
      throw new CliError(
        `No Poolkeeper answers at ${this.url} (${reasonOf(error)}). Start one with "npm start", or name another with --url or POOLKEEPER_URL.`,
        exitCodes.away,
      );
    }
  }
}

/** Escapes may stand where a schema wants none: a value that would no longer fit is refused, not shown raw. */
function readable<Value>(schema: Schema<Value>, value: Value): Value {
  const shown = terminalValue(value);
  if (fits(schema, shown)) return shown;
  throw new CliError('The answer holds control characters where none can be; --json shows it.');
}

const described = object({ info: object({ version: text }) });

function withQuery(path: string, query: Query): string {
  const pairs = Object.entries(query).flatMap(([name, value]) =>
    (typeof value === 'string' ? [value] : value).map((one): [string, string] => [name, one]),
  );
  const parameters = new URLSearchParams(pairs).toString();
  return parameters === '' ? path : `${path}?${parameters}`;
}

const previewIn = ({ preview = false }: CommandHeaders): Readonly<Record<string, string>> =>
  preview ? { preview: 'true' } : {};

const headersOf = ({ actor, idempotencyKey, ifMatch }: CommandHeaders): Readonly<Record<string, string>> => ({
  ...(actor === undefined ? {} : { 'x-actor': asHeader(actor) }),
  ...(idempotencyKey === undefined ? {} : { 'idempotency-key': asHeader(idempotencyKey) }),
  ...(ifMatch === undefined ? {} : { 'if-match': asEntityTag(ifMatch) }),
});
async function answerIn(response: Response): Promise<Answer> {
  const retryAfter = response.headers.get('retry-after');
  const [, etag] = /^"(.*)"$/.exec(response.headers.get('etag') ?? '') ?? [];
  return {
    status: response.status,
    text: await orBrokenOff(response.text()),
    retryAfter: retryAfter === null ? null : Number(retryAfter),
    ...(etag === undefined ? {} : { etag }),
  };
}

async function* linesIn(body: ReadableStream<Uint8Array>): AsyncGenerator<string, void, undefined> {
  const decoder = new TextDecoder();
  const reader = body.getReader();
  let rest = '';
  try {
    for (;;) {
      const { value, done } = await orBrokenOff(reader.read());
      const lines = (rest + decoder.decode(value, { stream: !done })).split('\n');
      rest = lines.pop() ?? '';
      yield* lines;
      if (done) return;
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}

async function orBrokenOff<Value>(part: Promise<Value>): Promise<Value> {
  try {
    return await part;
  } catch (error) {
    throw new CliError(`The answer of the service broke off (${reasonOf(error)}).`, exitCodes.away);
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
const asEntityTag = (text: string): string => (/^[\w-]+$/.test(text) ? `"${text}"` : text);
