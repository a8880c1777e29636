/** What a step takes, in order: its lines, the check that they did what they should, and the lines that record it. */
import type { StepText } from '../../policy/runbook/step-text.js';
import type { Recording } from './record.js';
import type { Action, Particulars } from './step.js';

/** One thing to do; only the members that belong to it are filled. */
export interface Instruction {
  readonly do: 'run' | 'verify' | 'record';
  /** What to look at, or at which moment to do it; null where that is plain. */
  readonly text: string | null;
  readonly powershell: readonly string[];
  readonly record: Recording | null;
}

/** The check follows what is run last; where nothing is run, it comes at the end. */
export function instructionsOf(
  { verify: text }: Pick<StepText, 'verify'>,
  { actions, verify }: Pick<Particulars, 'actions' | 'verify'>,
): readonly Instruction[] {
  const check: Instruction = { do: 'verify', text, powershell: verify, record: null };
  const lastRun = actions.findLastIndex((action) => action.do === 'run');
  const at = lastRun < 0 ? actions.length : lastRun + 1;
  return [...actions.slice(0, at).map(instructionOf), check, ...actions.slice(at).map(instructionOf)];
}

const instructionOf = (action: Action): Instruction => ({
  do: action.do,
  text: action.when,
  powershell: action.do === 'run' ? action.powershell : [],
  record: action.do === 'record' ? action.record : null,
});

/** All lines to run. */
export const linesOf = (instructions: readonly Instruction[]): readonly string[] =>
  instructions.flatMap((one) => (one.do === 'run' ? one.powershell : []));

/** What can be recorded first. */
export const firstRecordOf = (instructions: readonly Instruction[]): Recording | null =>
  instructions.find(({ record }) => record !== null)?.record ?? null;
