import type { RunbookStep, RunbookView } from '../../../projections/runbook/view.js';
import { nothingNext } from '../../../projections/runbook/markdown.js';
import { styled, type Io } from '../io.js';
import { table } from '../output/table.js';
import { time } from '../output/words.js';

/** Of a moment before the pair was registered, the stage is null. */
type View = Omit<RunbookView, 'stage'> & { readonly stage: RunbookView['stage'] | null };

/** The steps as a table, and what the next ones take; Markdown is printed as it comes. */
export function runbookText(body: string, io: Io): string {
  if (!body.startsWith('{')) return body.trimEnd();
  const { fqdn, stage, partner, partnerStage, incident, next, steps } = JSON.parse(body) as View;
  if (stage === null) return `${fqdn} was not registered at that moment.`;
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
    `  first:  ${precondition}`,
    ...(note === null ? [] : [`  note:   ${note}`]),
    ...powershell.map((line) => `  PS>     ${line}`),
    `  verify: ${verify.text}`,
    ...verify.powershell.map((line) => `  PS>     ${line}`),
    ...(record === null ? [] : [`  record: ${record.commandLine}`]),
  ];
}
