/** A runbook as Markdown, to paste into a ticket or a chat. */
import type { Completion } from '../readiness/finding.js';
import { steps } from '../../policy/runbook/steps.js';
import { fenced, inline } from '../../text/markdown.js';
import type { Instruction } from './instructions.js';
import type { ShellLines } from './record.js';
import type { RunbookStep, RunbookView, StepState } from './view.js';

const states: Readonly<Record<StepState, string>> = {
  done: 'done',
  now: 'to be done',
  blocked: 'blocked',
  available: 'when the pool fails, or is to be taken down',
  later: 'later',
  passed: 'its time is over; not recorded as done',
  'not-needed': 'not needed here',
};

export function runbookMarkdown(view: RunbookView): string {
  const { fqdn, partner, stage, partnerStage, incident, next, steps: all, sources } = view;
  const first = all.find(({ id }) => id === next);
  const phases = [...new Set(all.map(({ phase }) => phase))];
  return [
    `# Runbook for ${fqdn}`,
    `Stage **${stage}**; backup pool ${partner} in stage **${partnerStage}**; ${incident === null ? 'no incident' : `incident ${incident}${view.drill === true ? ' (drill)' : ''}`}.`,
    `Next: ${first === undefined ? nothingNext(all) : `**${first.title}**`}.`,
    previewOffer,
    ...phases.flatMap((phase) => [
      `## ${phase}`,
      ...all.filter((step) => step.phase === phase).map(stepText),
    ]),
    '## Sources',
    sources.map(({ id, title }) => `- ${id}: ${title}`).join('\n'),
    '',
  ].join('\n\n');
}

/** Every step is recorded with something, also where its line cannot be given yet; null where it is given. */
export const howItIsRecorded = ({ id, record }: Pick<RunbookStep, 'id' | 'record'>): string | null =>
  record === null
    ? `Recorded with ${steps[id].records}: the line for that is given once it can be recorded.`
    : null;

/** For any reader of lines that record something. */
export const previewOffer =
  'Every line that records something can be tried first: with --preview at its end it says what would change, and nothing is stored.';

/** For any reader of a runbook without a next step. */
export const nothingNext = (steps: readonly Pick<RunbookStep, 'state' | 'optional'>[]): string =>
  steps.some(({ state, optional }) => state === 'blocked' && !optional)
    ? 'nothing can be done until what is blocked is free'
    : 'nothing has to be done';

function stepText(step: RunbookStep): string {
  const { title, state, optional, done, note } = step;
  const head = `- [${state === 'done' ? 'x' : ' '}] **${title}** (${states[state]}${optional && state === 'now' ? ', optional' : ''})`;
  const lines = [head, ...done.map(tickText)];
  if (state === 'done' || state === 'passed') return lines.join('\n');
  const noted = note === null ? [] : [`  - Note: ${inline(note)}`];
  return [...lines, ...noted, ...(state === 'not-needed' ? [] : instructions(step))].join('\n');
}

function instructions(step: RunbookStep): string[] {
  const { why, precondition, sources, instructions: parts } = step;
  const recordedLater = howItIsRecorded(step);
  return [
    `  - Why: ${why} (${sources.join(', ')})`,
    `  - Precondition: ${precondition}`,
    ...parts.flatMap(partText),
    ...(recordedLater === null ? [] : [`  - ${recordedLater}`]),
  ];
}

function partText({ do: what, text, powershell, record }: Instruction): readonly string[] {
  const when = text === null ? '' : ` ${text}`;
  if (what === 'verify') return [`  - Verify:${when}`, ...block('powershell', powershell)];
  if (record === null) return [`  - Run:${when}`, ...block('powershell', powershell)];
  return [
    `  - Record it:${when}`,
    ...(record.upload === null
      ? inShells(record)
      : [...inShells(record.upload), '  - or, where the file is not at hand:', ...inShells(record)]),
  ];
}

const inShells = ({ powershell, commandLine }: ShellLines): readonly string[] => [
  ...block('powershell', [powershell]),
  ...(powershell === commandLine ? [] : ['  - or in sh:', ...block('sh', [commandLine])]),
];

const tickText = ({ actor, occurredAt, position }: Completion): string =>
  `  - ${inline(actor)}, ${occurredAt}, position ${position}`;

const block = (language: string, lines: readonly string[]): readonly string[] =>
  lines.length === 0 ? [] : fenced(language, lines).map((line) => `    ${line}`);
