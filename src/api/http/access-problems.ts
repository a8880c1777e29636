/** The problem documents of access. */
import type { Forbidden, Required } from '../../access/judgement.js';
import { ProblemError } from './errors.js';
import { problem } from './problems.js';

const requiredBody = ({ role, pools }: Required): { role: string; pools?: string | string[] } => ({
  role,
  ...(pools === undefined ? {} : { pools: pools === 'all' ? pools : [...pools] }),
});

/** 401: nobody is proved. */
export const unauthenticated = (
  detail: string,
  required: Required,
  challenges: readonly string[],
): ProblemError =>
  new ProblemError(
    problem(401, 'unauthenticated', { detail, required: requiredBody(required) }),
    challenges.length === 0 ? {} : { 'www-authenticate': challenges.join(', ') },
  );

/** 403: whoever is proved may not. */
export const forbidden = ({ detail, required }: Forbidden): ProblemError =>
  new ProblemError(problem(403, 'forbidden', { detail, required: requiredBody(required) }));
