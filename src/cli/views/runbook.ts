import type { Instruction } from '../../../projections/runbook/instructions.js';
import type { ShellLines } from '../../../projections/runbook/record.js';
import type { RunbookStep } from '../../../projections/runbook/view.js';
import { howItIsRecorded, nothingNext, previewOffer } from '../../../projections/runbook/markdown.js';
import type { RunbookAnswer } from '../../contract/runbook.js';
import { styled, type Io } from '../io.js';
import { ofDrill } from './pools.js';
import { table } from '../output/table.js';
import { notYetRegistered, time, poolAndPartner } from '../output/words.js';

/** The steps as a table, what the next ones take, and what those would take that are there for when the pool fails. */
export function runbookText(view: RunbookAnswer, io: Io): string {
  if (view.stage === null) return notYetRegistered(view);
  const { fqdn, incident, next, steps } = view;
  const inState = (...states: readonly RunbookStep['state'][]): readonly RunbookStep[] =>
    steps.filter(({ state }) => states.includes(state));
  const available = inState('available');
  return [
    `${poolAndPartner(view, io)}, ${incident === null ? 'no incident' : `incident ${incident}${ofDrill(view)}`}`,
    table(
      ['phase', 'step', 'state', 'done by'],
      steps.map((step) => [step.phase, step.title, stateOf(step), doneBy(step)]),
      io,
    ),
    ...inState('now', 'blocked').flatMap((step) => instructions(step, io)),
    ...underHeading(
      `If ${fqdn} fails: record that, and ask for its runbook again`,
      available.filter(({ id }) => id === 'declare-outage'),
      io,
    ),
    ...underHeading(
      `If ${fqdn} is up, and is to be taken down`,
      available.filter(({ id }) => id !== 'declare-outage'),
      io,
    ),
    previewOffer,
    `Next: ${nextOf(view.next === null ? undefined : steps.find(({ id }) => id === next)?.title, steps)}`,
  ].join('\n');
}

const underHeading = (heading: string, steps: readonly RunbookStep[], io: Io): readonly string[] =>
  steps.length === 0
    ? []
    : [styled(io, 'bold', `${heading}:`), ...steps.flatMap((step) => instructions(step, io))];

function nextOf(title: string | undefined, steps: readonly RunbookStep[]): string {
  const first = steps.find(({ state }) => state === 'available');
  if (title !== undefined) return title;
  return first === undefined
    ? nothingNext(steps)
    : `${nothingNext(steps)}; if the pool fails: ${first.title}`;
}

/** A step whose time is over did not pass a check: nothing is known of it. */
function stateOf({ state, optional, byHand }: RunbookStep): string {
  if (state === 'passed') return byHand ? 'over, not ticked off' : 'over, not recorded';
  const more = [...(byHand ? ['by hand'] : []), ...(optional ? ['optional'] : [])];
  return state === 'now' && more.length > 0 ? `now (${more.join(', ')})` : state;
}

const doneBy = ({ done }: RunbookStep): string =>
  done.map(({ actor, occurredAt }) => `${actor}\n${time(occurredAt)}`).join('\n');

function instructions(step: RunbookStep, io: Io): readonly string[] {
  const { title, state, optional, precondition, note, instructions: parts } = step;
  const recordedLater = howItIsRecorded(step);
  const mark = state === 'blocked' ? ' (blocked)' : optional ? ' (optional)' : '';
  return [
    `${styled(io, 'bold', title)}${mark}`,
    ...(precondition === 'None.' ? [] : [`  first:  ${precondition}`]),
    ...(note === null ? [] : [`  note:   ${note}`]),
    ...parts.flatMap(lines),
    ...(recordedLater === null ? [] : [`  record: ${recordedLater}`]),
  ];
}

/** In the order in which they are done. */
function lines({ do: what, text, powershell, record }: Instruction): readonly string[] {
  const run = powershell.map((line) => `  PS>     ${line}`);
  if (what === 'verify') return [`  verify: ${text ?? ''}`, ...run];
  const when = text === null ? [] : [`  when:   ${text}`];
  if (record === null) return [...when, ...run];
  if (record.upload === null) return [...when, ...inShells('record: ', record)];
  return [...when, ...inShells('record: ', record.upload), ...inShells('without the file, record: ', record)];
}

/** One line where both shells read it alike. */
const inShells = (label: string, { powershell, commandLine }: ShellLines): readonly string[] =>
  powershell === commandLine
    ? [`  ${label}${commandLine}`]
    : [`  ${label}${powershell}`, `  in sh:  ${commandLine}`];
