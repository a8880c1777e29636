import { setTimeout as pause } from 'node:timers/promises';
import type { FastifyRequest } from 'fastify';
import type { ProblemDocument } from '../../../contract/problems.js';
import type { WhatIfAnswer, WhatIfLine } from '../../../contract/what-if.js';
import type { WhatIfProgress } from '../../../runtime/queries/what-if/what-if-queries.js';
import { Failed, type Result } from '../../../runtime/result.js';
import { problemOf } from '../../http/problem.filter.js';
import { problemOfFailure } from '../../http/problems.js';

/** Milliseconds between two lines of progress. */
const interval = 500;

type Work = (onProgress: (progress: WhatIfProgress) => void) => Promise<Result<WhatIfAnswer>>;

/** How far the work is, about twice a second, and what came of it. */
export async function* whatIfLines(
  work: Work,
  request: Pick<FastifyRequest, 'method' | 'url' | 'log'>,
): AsyncGenerator<string, void, undefined> {
  let progress: WhatIfProgress = { part: 'reading', alternative: 0, facts: 0 };
  const last = work((now) => {
    progress = now;
  }).then(resultLine, (error: unknown) => problemLine(error, request));
  const waiting = new AbortController();
  try {
    for (;;) {
      yield written({ progress });
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

const written = (line: WhatIfLine): string => `${JSON.stringify(line)}\n`;

const resultLine = (result: Result<WhatIfAnswer>): WhatIfLine =>
  result instanceof Failed
    ? { problem: problemOfFailure(result.failure).body as ProblemDocument }
    : { result: result.value };

/** The status is sent by now, so that the problem comes as a line. */
function problemLine(error: unknown, request: Pick<FastifyRequest, 'method' | 'url' | 'log'>): WhatIfLine {
  const { status, body } = problemOf(error, request);
  if (status >= 500 && status !== 503) request.log.error({ err: error }, 'request failed');
  return { problem: body as ProblemDocument };
}
