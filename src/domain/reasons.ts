/** Everything that `because` can hold, with its sentence: statements, inferences and rules. */
import { inferences } from '../../policy/inferences.js';
import type { Reason } from '../../policy/reasons.js';
import { statements } from '../../policy/statements.js';
import { rules } from './rules.js';

export const allReasons: readonly Reason[] = [
  ...statements.map(({ id, text }): Reason => ({ id, kind: 'statement', text })),
  ...inferences.map(({ id, text }): Reason => ({ id, kind: 'inference', text })),
  ...Object.entries(rules).map(([id, text]): Reason => ({ id, kind: 'rule', text })),
];

const byId = new Map(allReasons.map((reason) => [reason.id, reason]));

/** Where counts go by reason, an inference is written `inferred/<id>`. */
export const reasonOf = (id: string): Reason | undefined => byId.get(id.replace(/^inferred\//, ''));
