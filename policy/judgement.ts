import type { Inference } from './readings.js';
import type { StatementId } from './statements.js';
import type { Basis, ExperienceCell } from './experience/types.js';
import type { Stage } from './stages.js';

/** Why an answer is what it is: the statements that decide it, or the inference where the document is silent. */
export interface Judgement {
  readonly because: readonly StatementId[];
  readonly basis: Basis;
  /** Names the inference; null where the document states it. */
  readonly inference: Inference | null;
}

export const inferred = (inference: Inference): Judgement => ({ because: [], basis: 'inferred', inference });

/** The judgement that a cell of the matrix carries. */
export function judgementOf(stage: Stage, cell: Pick<ExperienceCell, 'statements' | 'basis'>): Judgement {
  return {
    because: cell.statements,
    basis: cell.basis,
    inference: cell.basis === 'stated' ? null : stage === 'normal' ? 'normal-operation' : 'none-can-exist',
  };
}
