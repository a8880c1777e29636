/** Everything that `because` can hold, with its sentence: statements, inferences and rules. */
import { inferences } from '../../policy/inferences.js';
import { statements } from '../../policy/statements.js';
import { rules } from './rules.js';

export const reasonKinds = ['statement', 'inference', 'rule'] as const;

export interface Reason {
  readonly id: string;
  /** A statement of the document, an inference where it is silent, or a rule that decides commands. */
  readonly kind: (typeof reasonKinds)[number];
  readonly text: string;
}

export const allReasons: readonly Reason[] = [
  ...statements.map(({ id, text }): Reason => ({ id, kind: 'statement', text })),
  ...inferences.map(({ id, text }): Reason => ({ id, kind: 'inference', text })),
  ...Object.entries(rules).map(([id, text]): Reason => ({ id, kind: 'rule', text })),
];

const byId = new Map(allReasons.map((reason) => [reason.id, reason]));

/** Where counts go by reason, an inference is written `inferred/<id>`. */
export const reasonOf = (id: string): Reason | undefined => byId.get(id.replace(/^inferred\//, ''));
