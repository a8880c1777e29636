import type { ProblemDocument } from '../../../contract/problems.js';
import type { WhatIfAnswer, WhatIfLine } from '../../../contract/what-if.js';
import type { WhatIfProgress } from '../../../runtime/queries/what-if/what-if-queries.js';
import { Failed, type Result } from '../../../runtime/result.js';
import { problemOfFailure } from '../../http/problems.js';
import { progressLines, type Asked } from '../../http/progress-lines.js';

/** Milliseconds between two lines of progress. */
const interval = 500;

type Work = (onProgress: (progress: WhatIfProgress) => void) => Promise<Result<WhatIfAnswer>>;

/** How far the work is, about twice a second, and what came of it. */
export function whatIfLines(work: Work, request: Asked): AsyncGenerator<string, void, undefined> {
  let progress: WhatIfProgress = { part: 'reading', alternative: 0, facts: 0 };
  const result = work((now) => {
    progress = now;
  });
  return progressLines<WhatIfLine>(result.then(resultLine), () => ({ progress }), interval, request);
}

const resultLine = (result: Result<WhatIfAnswer>): WhatIfLine =>
  result instanceof Failed
    ? { problem: problemOfFailure(result.failure).body as ProblemDocument }
    : { result: result.value };
