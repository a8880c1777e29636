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

/** What brought a copy that stands in: an import, the backup service of its owner, or nothing that is on record. */
export type StandInBy = 'import' | 'replicated-copy' | 'replica-shown';

/** The grounds of an answer that holds because a copy is there: an import has them as they are. */
export const onCopy = (grounds: Grounds, by: StandInBy): Grounds =>
  by === 'import' || grounds.basis === 'inferred'
    ? grounds
    : {
        because: grounds.because,
        basis: by === 'replicated-copy' ? 'documented-elsewhere' : 'inferred',
        inference: by,
      };

/** The same of an answer that may not depend on the copy: it does not where it has the same reasons without. */
export function restingOn<Outcome extends Grounds>(
  by: StandInBy,
  outcome: Outcome,
  withoutCopy: () => Grounds,
): Outcome {
  if (by === 'import' || sameStatements(outcome, withoutCopy())) return outcome;
  return { ...outcome, ...onCopy(outcome, by) };
}

/** The same where the two pools are no pair: the copy stands in for nothing, so that the answer is the one without it. */
export const withoutStandIn = <Outcome extends Grounds>(withCopy: Grounds, withoutCopy: Outcome): Outcome =>
  sameStatements(withCopy, withoutCopy) ? withoutCopy : { ...withoutCopy, ...inferred('in-no-pair') };

const sameStatements = (one: Grounds, other: Grounds): boolean =>
  one.because.length === other.because.length &&
  one.because.every((id, index) => id === other.because[index]);

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
