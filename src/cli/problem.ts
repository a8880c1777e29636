import { terminal, terminalValue } from '../../text/terminal.js';
import { fits } from '../contract/check.js';
import { partialProblem, type PartialProblem } from '../contract/problems.js';
import type { Answer } from './client.js';
import { styled, type Io } from './io.js';
import { cutTo } from '../../policy/texts/cut.js';

export function problemIn({ status, text }: Pick<Answer, 'status' | 'text'>): PartialProblem {
  try {
    const body = terminalValue(JSON.parse(text));
    if (fits(partialProblem, body)) return body;
  } catch {
    // Not JSON: something else than Poolkeeper answers, such as a proxy.
  }
  return {
    title: `The service answered ${status}`,
    detail: terminal(cutTo(text, 200)) || 'with an empty body',
  };
}

/** A problem in sentences: what, why by which statements, and what would be allowed. */
export function problemText(problem: PartialProblem, io: Pick<Io, 'colours'>): string {
  const { title, detail, rule, because = [], allowed = [], errors = [] } = problem;
  const head = `${styled(io, 'red', title ?? 'Problem')}${rule === undefined ? '' : ` (${rule})`}`;
  return [
    ...(errors.length > 0
      ? [`${head}:`, ...errors.map((error) => `  ${error.pointer || '(request)'}: ${error.detail}`)]
      : [`${head}: ${detail ?? ''}`]),
    ...(because.length > 0 ? [`  because: ${because.join(', ')}`] : []),
    ...(allowed.length > 0 ? [`  allowed: ${allowed.join(', ')}`] : []),
    ...wayOn(problem),
  ].join('\n');
}

/** What to do where the service does not let the command line in. */
function wayOn({ status, type = '', required }: PartialProblem): readonly string[] {
  if (status === 401)
    return ['  key: put one into the variable POOLKEEPER_KEY, or into a file and name it with --key-file'];
  if (status !== 403 || required === undefined || type.endsWith('foreign-origin')) return [];
  const { role, pools } = required;
  const scope = pools === undefined ? '' : pools === 'all' ? ', for all pools' : `, for ${pools.join(', ')}`;
  return [`  required: a key of the role ${role}${scope}; "poolkeeper key create" makes one`];
}
