import type { Inference } from './readings.js';
import type { Basis, ExperienceCell, WithInference } from './experience/types.js';
import { isDocumented, type Stage } from './stages.js';
import { statements, type StatementId } from './statements.js';

/** Why an answer is what it is: the statements that decide it, or the inference where the document is silent. */
export interface Grounds {
  readonly because: readonly StatementId[];
  readonly basis: Basis;
  /** Names the inference; null where the document states it. */
  readonly inference: Inference | null;
}

export const inferred = (inference: Inference): Grounds => ({ because: [], basis: 'inferred', inference });

/** Where a pool takes the place of another, what the tables say of a pool that came back is an inference. */
export const asInferredOf = <Answer extends Grounds>(answer: Answer, replaced: boolean): Answer =>
  replaced ? { ...answer, ...inferred('replaced-pool') } : answer;

/** The grounds of a cell of the matrix. */
export const groundsOf = ({
  statements: because,
  basis,
  inference,
}: WithInference<Pick<ExperienceCell, 'statements' | 'basis'>>): Grounds => ({ because, basis, inference });

/** The grounds of what a stage does as a whole: its column of the document, or the inference for `normal`. */
export const groundsOfStage = (stage: Stage): Grounds =>
  isDocumented(stage)
    ? {
        because: statements.filter((statement) => statement.stage === stage).map(({ id }) => id),
        basis: 'stated',
        inference: null,
      }
    : inferred('normal-operation');
