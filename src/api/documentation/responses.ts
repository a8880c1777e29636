/** The responses of an operation: what it answers where it succeeds, and problem documents by their status. */
import { problemDocument } from '../../contract/problems.js';
import type { Schema } from '../../contract/schema.js';
import type { SchemaComponents } from './components.js';
import type { Examples } from './examples.js';
import { headers, type HeaderName } from './headers.js';
import type { AnswerLine, OperationLine } from './line.js';

export interface WrittenResponse {
  readonly description: string;
  readonly headers: Readonly<Record<string, object>>;
  readonly content?: Readonly<Record<string, object>>;
}

interface Reference {
  readonly $ref: string;
}

const problemType = 'application/problem+json';

const sentences: Readonly<Record<number, string>> = {
  400: 'The request is not valid: `errors` points to each bad field.',
  401: 'The request does not prove who asks: send an API key, or sign in.',
  403: 'Whoever asks may not: `required` says which role, and which pools, it would need.',
  404: 'What it speaks of does not exist.',
  409: 'A rule forbids it now: `because` says why, `allowed` what would be allowed.',
  412: 'The stream is not at the revision of If-Match.',
  413: 'The body is larger than MAX_BODY_BYTES, or MAX_EXPORT_BYTES for a file, or more than the store takes at once.',
  415: 'The body is of another media type.',
  421: 'The header Host names another server: see PUBLIC_URL and ALLOWED_HOSTS.',
  422: 'The Idempotency-Key came before with another request.',
  429: 'The client asks too often, or too many commands are waiting; try again after Retry-After.',
  500: 'The service met an error that is its own; its log holds the details.',
  501: 'The log is kept by a database with its own backups; or the service has no folder for seals.',
  503: 'The service cannot answer now; try again after Retry-After, where that is given.',
};

const headersOf: Readonly<Record<number, readonly HeaderName[]>> = {
  401: ['Vary', 'WWW-Authenticate'],
  429: ['Vary', 'Retry-After', 'RateLimit', 'RateLimit-Policy'],
  503: ['Vary', 'Retry-After'],
};

const statusOf = ({ properties }: Schema): number => Number(properties?.['status']?.const);
const typeOf = ({ properties }: Schema): string => String(properties?.['type']?.const);

export const headerComponents: Readonly<Record<string, object>> = Object.fromEntries(
  Object.entries(headers).map(([name, description]) => [
    name,
    { description, schema: { type: name === 'Retry-After' ? 'integer' : 'string' } },
  ]),
);

const headersNamed = (names: readonly HeaderName[]): WrittenResponse['headers'] =>
  Object.fromEntries(
    [...new Set(['X-Request-Id', 'Cache-Control', 'Vary', ...names] as const)].map((name) => [
      name,
      { $ref: `#/components/headers/${name}` },
    ]),
  );

/** Writes responses; those of problem documents are components, for many operations share them. */
export class Responses {
  private readonly components = new Map<string, WrittenResponse>();

  constructor(
    private readonly schemas: SchemaComponents,
    private readonly examples: Examples,
  ) {}

  get all(): Readonly<Record<string, WrittenResponse>> {
    return Object.fromEntries([...this.components].sort(([one], [other]) => (one < other ? -1 : 1)));
  }

  of(operation: string, { answers, problems }: OperationLine): Readonly<Record<string, object>> {
    const byStatus = Map.groupBy(problems, statusOf);
    const written = Object.entries(answers).map(([status, answer]): [string, object] => [
      status,
      this.answer(operation, answer, byStatus.get(Number(status)) ?? []),
    ]);
    const rest = [...byStatus]
      .filter(([status]) => answers[status] === undefined)
      .map(([status, kinds]): [string, object] => [String(status), this.problem(status, kinds)]);
    const inOrder = [...written, ...rest].sort(([one], [other]) => Number(one) - Number(other));
    return { ...Object.fromEntries(inOrder), default: this.anyProblem() };
  }

  private answer(operation: string, answer: AnswerLine, problems: readonly Schema[]): WrittenResponse {
    const content = Object.entries(answer.content).map(([mediaType, one]): [string, object] => [
      mediaType,
      this.body(operation, mediaType, one, problems),
    ]);
    return {
      description: answer.description,
      headers: headersNamed(answer.headers),
      ...(content.length === 0 ? {} : { content: Object.fromEntries(content) }),
    };
  }

  private body(operation: string, mediaType: string, schema: Schema, problems: readonly Schema[]): object {
    const example = this.examples.answers[operation]?.[mediaType];
    return {
      schema: this.schemas.written(
        mediaType === problemType && problems.length > 0 ? { anyOf: [schema, ...problems] } : schema,
      ),
      ...(example === undefined ? {} : { example }),
    };
  }

  private anyProblem(): Reference {
    this.components.set('Problem', {
      description: 'What HTTP itself forbids, such as a method or headers that are too large.',
      headers: {},
      content: { [problemType]: { schema: this.schemas.written(problemDocument) } },
    });
    return { $ref: '#/components/responses/Problem' };
  }

  private exampleOf(type: string): readonly (readonly [string, object])[] {
    const value = this.examples.problems[type];
    return value === undefined ? [] : [[type.replace(/^.*:/, ''), { value }]];
  }

  private problem(status: number, kinds: readonly Schema[]): Reference {
    const name = kinds.map(({ $id = '' }) => $id.replace(/Problem$/, '')).join('Or');
    const [only] = kinds;
    const examples = kinds.flatMap((kind) => this.exampleOf(typeOf(kind)));
    this.components.set(name, {
      description: sentences[status] ?? '',
      headers: headersNamed(headersOf[status] ?? ['Vary']),
      content: {
        [problemType]: {
          schema: this.schemas.written(kinds.length === 1 && only !== undefined ? only : { anyOf: kinds }),
          ...(examples.length === 0 ? {} : { examples: Object.fromEntries(examples) }),
        },
      },
    });
    return { $ref: `#/components/responses/${name}` };
  }
}
