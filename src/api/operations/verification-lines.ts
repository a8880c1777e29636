import { setTimeout as pause } from 'node:timers/promises';
import type { FastifyRequest } from 'fastify';
import type { VerificationAnswer, VerificationLine } from '../../contract/log.js';
import type { ProblemDocument } from '../../contract/problems.js';
import type { VerificationProgress, Verifier } from '../../runtime/projections/rebuild/verifier.js';
import { problemOf } from '../http/problem.filter.js';

/** Milliseconds between two lines of progress. */
const interval = 1_000;

/** How far a verification is, at once and about every second, and what it has found. */
export async function* verificationLines(
  result: Promise<VerificationAnswer>,
  verifier: Pick<Verifier, 'progress'>,
  request: Pick<FastifyRequest, 'method' | 'url' | 'log'>,
): AsyncGenerator<string, void, undefined> {
  const last = result.catch((error: unknown) => problemLine(error, request));
  const waiting = new AbortController();
  try {
    for (;;) {
      if (verifier.progress !== null) yield written(progressLine(verifier.progress));
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

const written = (line: VerificationLine): string => `${JSON.stringify(line)}\n`;

const progressLine = ({ part, events, position, upTo }: VerificationProgress): VerificationLine => ({
  progress: { part, events, position: String(position), of: String(upTo) },
});

/** The status is sent by now, so that the problem comes as a line. */
function problemLine(
  error: unknown,
  request: Pick<FastifyRequest, 'method' | 'url' | 'log'>,
): VerificationLine {
  const { status, body } = problemOf(error, request);
  if (status >= 500 && status !== 503) request.log.error({ err: error }, 'request failed');
  return { problem: body as ProblemDocument };
}
