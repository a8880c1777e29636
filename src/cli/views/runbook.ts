import type { Recording } from '../../../projections/runbook/record.js';
import type { RunbookStep } from '../../../projections/runbook/view.js';
import { nothingNext } from '../../../projections/runbook/markdown.js';
import type { RunbookAnswer } from '../../contract/runbook.js';
import { styled, type Io } from '../io.js';
import { table } from '../output/table.js';
import { notYetRegistered, time } from '../output/words.js';

/** The steps as a table, and what the next ones take. */
export function runbookText(view: RunbookAnswer, io: Io): string {
  if (view.stage === null) return notYetRegistered(view);
  const { fqdn, stage, partner, partnerStage, incident, next, steps } = view;
  return [
    `${styled(io, 'bold', fqdn)} (stage ${stage}) with ${partner} (stage ${partnerStage}), ${incident === null ? 'no incident' : `incident ${incident}`}`,
    table(
      ['phase', 'step', 'state', 'done by'],
      steps.map((step) => [step.phase, step.title, stateOf(step), doneBy(step)]),
      io,
    ),
    ...steps
      .filter(({ state }) => state === 'now' || state === 'blocked')
      .flatMap((step) => instructions(step, io)),
    `Next: ${steps.find(({ id }) => id === next)?.title ?? nothingNext(steps)}`,
  ].join('\n');
}

const stateOf = ({ state, optional }: RunbookStep): string =>
  state === 'now' && optional ? 'now (optional)' : state;

const doneBy = ({ done }: RunbookStep): string =>
  done.map(({ actor, occurredAt }) => `${actor}\n${time(occurredAt)}`).join('\n');

function instructions(step: RunbookStep, io: Io): readonly string[] {
  const { title, state, precondition, note, powershell, verify, record } = step;
  return [
    `${styled(io, 'bold', title)}${state === 'blocked' ? ' (blocked)' : ''}`,
    ...(precondition === 'None.' ? [] : [`  first:  ${precondition}`]),
    ...(note === null ? [] : [`  note:   ${note}`]),
    ...powershell.map((line) => `  PS>     ${line}`),
    `  verify: ${verify.text}`,
    ...verify.powershell.map((line) => `  PS>     ${line}`),
    ...(record === null ? [] : recordLines(record)),
  ];
}

/** One line where both shells read it alike. */
const recordLines = ({ powershell, commandLine }: Recording): readonly string[] =>
  powershell === commandLine
    ? [`  record: ${commandLine}`]
    : [`  record: ${powershell}`, `  in sh:  ${commandLine}`];
