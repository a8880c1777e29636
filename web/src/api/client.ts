/** Asks the service. An answer that is known is asked for by its entity tag, and kept where it has not changed. */
import type { AnswerOf, OperationId } from '../../../src/contract/answers.js';
import { problemIn, unreachable, type Problem } from './problem.js';
import { request } from './request.js';

export type Asked<Value> = { readonly value: Value } | { readonly problem: Problem };

interface Known {
  readonly etag: string;
  readonly value: unknown;
}
const known = new Map<string, Known>();
const mostKnown = 200;
/** Milliseconds after which nothing will come any more: the connection is dead, and holds one of few. */
const patience = 45_000;

/** The answer of an operation at a path. */
export async function ask<Operation extends OperationId>(
  operation: Operation,
  path: string,
  signal?: AbortSignal,
): Promise<Asked<AnswerOf<Operation>>> {
  type Value = AnswerOf<Operation>;
  const before = known.get(path);
  const late = new AbortController();
  const timer = setTimeout(() => {
    late.abort();
  }, patience);
  try {
    const response = await request(path, {
      headers: {
        accept: 'application/json',
        ...(before === undefined ? {} : { 'if-none-match': before.etag }),
      },
      // The cache of the browser would answer 200 where we have to know that nothing changed.
      cache: 'no-store',
      signal: signal === undefined ? late.signal : AbortSignal.any([signal, late.signal]),
    });
    if (response.status === 304 && before !== undefined) return { value: before.value as Value };
    // A service that is not well says so with the same answer.
    const isAnswer = response.ok || (operation === 'health' && response.status === 503);
    if (!isAnswer) return { problem: await problemIn(response) };
    const value = (await response.json()) as Value;
    remember(path, response.headers.get('etag'), value);
    return { value };
  } catch {
    return { problem: unreachable };
  } finally {
    clearTimeout(timer);
  }
}

const fixed = new Map<string, Promise<Asked<unknown>>>();

/** An answer that never changes: asked for once, however many parts of a screen show it. */
export async function askOnce<Operation extends OperationId>(
  operation: Operation,
  path: string,
): Promise<Asked<AnswerOf<Operation>>> {
  const asked = fixed.get(path) ?? ask(operation, path);
  fixed.set(path, asked);
  const answer = await asked;
  if ('problem' in answer) fixed.delete(path);
  return answer as Asked<AnswerOf<Operation>>;
}

/** Of what one reader may see, the next one keeps nothing. */
export const forgetAnswers = (): void => {
  known.clear();
  fixed.clear();
};

function remember(path: string, etag: string | null, value: unknown): void {
  known.delete(path);
  if (etag === null) return;
  known.set(path, { etag, value });
  for (const oldest of known.keys()) {
    if (known.size <= mostKnown) break;
    known.delete(oldest);
  }
}

/** Sends a command, or asks for its preview. */
export const command = <Value>(name: string, body: object, { preview = false } = {}): Promise<Asked<Value>> =>
  post<Value>(`/v1/commands/${name}${preview ? '?preview=true' : ''}`, body);

export const post = <Value>(
  path: string,
  body: object,
  signal: AbortSignal | null = null,
): Promise<Asked<Value>> =>
  answered<Value>(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/json' },
    body: JSON.stringify(body),
    signal,
  });

export const remove = <Value>(path: string): Promise<Asked<Value>> =>
  answered<Value>(path, { method: 'DELETE', headers: { accept: 'application/json' } });

async function answered<Value>(path: string, init: RequestInit): Promise<Asked<Value>> {
  try {
    const response = await request(path, init);
    if (!response.ok) return { problem: await problemIn(response) };
    return { value: (await response.json()) as Value };
  } catch {
    return { problem: unreachable };
  }
}
