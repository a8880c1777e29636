/** Asks the service over HTTP, and keeps one answer of each kind, with long lists shortened. */
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { JsonObject } from '../../events/envelope.js';

export interface Request {
  /** The id of the operation in the OpenAPI document. */
  readonly operation: string;
  /** For the parameters in the path. */
  readonly path?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  /** JSON, or bytes as they are; of a command its documented example where absent. */
  readonly body?: JsonObject | string | Buffer;
}

/** Of the OpenAPI document. */
type Paths = Readonly<Record<string, object>>;

export interface Kept {
  readonly answers: Record<string, Record<string, unknown>>;
  readonly problems: Record<string, unknown>;
}

const start = Date.parse('2026-11-24T02:00:00.000Z');

/** The time of the story: a minute later with every request. */
export class StoryClock {
  private requests = 0;

  readonly now = (): Date => new Date(start + this.requests * 60_000);

  tick(): number {
    this.requests += 1;
    return this.requests;
  }
}

export class AnswerRecorder {
  readonly kept: Kept = { answers: {}, problems: {} };

  constructor(
    private readonly application: NestFastifyApplication,
    private readonly paths: Paths,
    private readonly clock: StoryClock,
  ) {}

  /** The same story, on another instance of the service. */
  at(application: NestFastifyApplication): AnswerRecorder {
    const recorder = new AnswerRecorder(application, this.paths, this.clock);
    Object.assign(recorder.kept, this.kept);
    return recorder;
  }

  async ask({ operation, path = {}, query = {}, headers = {}, body }: Request): Promise<JsonObject> {
    const { method, template, example } = this.described(operation);
    const url = template.replaceAll(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(path[name] ?? ''));
    const parameters = new URLSearchParams(query).toString();
    const payload = body ?? (method === 'POST' ? (example ?? {}) : undefined);
    const isText = typeof payload === 'string' || Buffer.isBuffer(payload);
    const answer = await this.application.inject({
      method,
      url: parameters === '' ? url : `${url}?${parameters}`,
      headers: {
        'x-actor': 'a.neumann',
        'x-request-id': `story-${this.clock.tick()}`,
        ...(payload === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(payload === undefined ? {} : { payload: isText ? payload : JSON.stringify(payload) }),
    });
    const mediaType = String(answer.headers['content-type']).split(';')[0] ?? '';
    if (/[/+]json$/.test(mediaType)) return this.keep(operation, mediaType, answer.json<JsonObject>());
    this.keepText(operation, mediaType, answer.body);
    return {};
  }

  /** Asks without keeping the answer. */
  async look(path: string): Promise<JsonObject> {
    return (await this.application.inject({ method: 'GET', url: path })).json<JsonObject>();
  }

  async textAt(path: string): Promise<string> {
    return (await this.application.inject({ method: 'GET', url: path })).body;
  }

  /** A first answer stays. */
  keepText(operation: string, mediaType: string, text: string): void {
    const answers = (this.kept.answers[operation] ??= {});
    answers[mediaType] ??= mediaType === 'text/plain' ? text : text.split('\n').slice(0, 3).join('\n');
  }

  private keep(operation: string, mediaType: string, body: JsonObject): JsonObject {
    const { type } = body;
    if (mediaType === 'application/problem+json' && typeof type === 'string') {
      this.kept.problems[type] ??= shortened(steady(body));
    } else {
      const answers = (this.kept.answers[operation] ??= {});
      answers[mediaType] ??= shortened(steady(body));
    }
    return body;
  }

  private described(operation: string) {
    for (const [template, item] of Object.entries(this.paths)) {
      const method = methods.find((one) => memberAt(item, one, 'operationId') === operation);
      if (method === undefined) continue;
      return { template, method: methodNames[method], example: exampleIn(item, method, operation) };
    }
    throw new Error(`There is no operation ${operation}.`);
  }
}

const methods = ['get', 'put', 'post', 'delete'] as const;
const methodNames = { get: 'GET', put: 'PUT', post: 'POST', delete: 'DELETE' } as const;

/** A member that the story needs as text. */
export function textIn(body: JsonObject, name: string): string {
  const value = body[name];
  if (typeof value === 'string') return value;
  throw new Error(`The story needs "${name}" of ${JSON.stringify(body)}.`);
}

/** As JSON has it: the value at the end of a path of members. */
export function memberAt(value: unknown, ...names: readonly string[]): unknown {
  return names.reduce<unknown>(
    (inner, name) =>
      typeof inner === 'object' && inner !== null
        ? (Object.entries(inner).find(([key]) => key === name)?.[1] as unknown)
        : undefined,
    value,
  );
}

function exampleIn(item: object, method: string, operation: string): JsonObject | undefined {
  const names = [method, 'requestBody', 'content', 'application/json', 'examples', operation, 'value'];
  const value = memberAt(item, ...names);
  return typeof value === 'object' && value !== null ? { ...value } : undefined;
}

const most = 2;

/** An example shows what the entries of a list are; two of each will do. */
export function shortened(value: unknown): unknown {
  if (Array.isArray(value)) return value.slice(0, most).map(shortened);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, shortened(inner)]));
}

/** How far a rebuild was when it was asked depends on the machine: an example has it at the beginning, or aborted half-way. */
function steady(body: JsonObject): JsonObject {
  const { rebuild } = body;
  if (typeof rebuild !== 'object' || rebuild === null || Array.isArray(rebuild) || !('state' in rebuild)) {
    return body;
  }
  if (rebuild['state'] === 'none') return body;
  if (rebuild['state'] === 'running') {
    const { detail } = body;
    const said = typeof detail === 'string' ? detail.replace(/position \d+ of/, 'position 0 of') : undefined;
    const beginning = { ...rebuild, events: 0, position: rebuild['from'] ?? null };
    return { ...body, ...(said === undefined ? {} : { detail: said }), rebuild: beginning };
  }
  const half = Math.floor(Number(rebuild['target']) / 2);
  const aborted = { state: 'aborted', error: null, events: half, eventsPerSecond: 1, position: String(half) };
  return { ...body, rebuild: { ...rebuild, ...aborted } };
}
