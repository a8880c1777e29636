import type { FastifyRequest } from 'fastify';
import { ProblemError } from '../http/errors.js';

/** Judges the request once more. */
type Judge = () => void | Promise<void>;

const judges = new WeakMap<FastifyRequest, Judge>();

/** Milliseconds between two looks at whoever gets an answer without an end. */
const interval = 2_000;

/** Keeps how a request is judged again, for answers that have no end. */
export const setJudge = (request: FastifyRequest, judge: Judge): void => void judges.set(request, judge);

/**
 * Ends an answer without an end once whoever gets it may not any more: the key was revoked or has expired. Returns what
 * ends the watch.
 */
export function watchAccess(request: FastifyRequest, end: () => void): () => void {
  const look = async (): Promise<void> => {
    try {
      await judges.get(request)?.();
    } catch (error) {
      // What cannot be judged now, because the store is away, is judged the next time.
      if (!(error instanceof ProblemError)) return;
      clearInterval(timer);
      end();
    }
  };
  const timer = setInterval(() => void look(), interval).unref();
  return () => clearInterval(timer);
}
