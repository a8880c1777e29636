import { setTimeout as pause } from 'node:timers/promises';
import type { FastifyRequest } from 'fastify';
import type { ProblemDocument } from '../../contract/problems.js';
import { problemOf } from './problem.filter.js';

/** What of a request its last line tells of, where it went wrong. */
export type Asked = Pick<FastifyRequest, 'method' | 'url' | 'headers' | 'routeOptions' | 'log'>;

/** The last line of work that went wrong: the status is sent by then. */
export interface ProblemLine {
  readonly problem: ProblemDocument;
}

/**
 * How far some work is, at once and from time to time, and what came of it, as newline-delimited JSON. Ends with the client.
 * @param progress null where there is nothing to say of it yet
 * @param interval milliseconds between two lines of progress
 */
export function progressLines<Line extends object>(
  work: Promise<Line>,
  progress: () => Line | null,
  interval: number,
  request: Asked,
): AsyncGenerator<string, void, undefined> {
  // At once: work may fail before its first line is asked for.
  const last = work.catch((error: unknown) => problemLine(error, request));
  return linesUntil(last, progress, interval);
}

async function* linesUntil(
  last: Promise<object>,
  progress: () => object | null,
  interval: number,
): AsyncGenerator<string, void, undefined> {
  const waiting = new AbortController();
  try {
    for (;;) {
      const now = progress();
      if (now !== null) yield written(now);
      const more = pause(interval, null, { signal: waiting.signal }).catch(() => null);
      const line = await Promise.race([last, more]);
      if (line === null) continue;
      yield written(line);
      return;
    }
  } finally {
    waiting.abort();
  }
}

const written = (line: object): string => `${JSON.stringify(line)}\n`;

function problemLine(error: unknown, request: Asked): ProblemLine {
  const { status, body } = problemOf(error, request);
  if (status >= 500 && status !== 503) request.log.error({ err: error }, 'request failed');
  return { problem: body as ProblemDocument };
}
