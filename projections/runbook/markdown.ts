/** A runbook as Markdown, to paste into a ticket or a chat. */
import type { Completion } from '../readiness/finding.js';
import { fenced, inline } from '../../text/markdown.js';
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
  const { fqdn, partner, stage, partnerStage, incident, next, steps, sources } = view;
  const first = steps.find(({ id }) => id === next);
  const phases = [...new Set(steps.map(({ phase }) => phase))];
  return [
    `# Runbook for ${fqdn}`,
    `Stage **${stage}**; backup pool ${partner} in stage **${partnerStage}**; ${incident === null ? 'no incident' : `incident ${incident}`}.`,
    `Next: ${first === undefined ? nothingNext(steps) : `**${first.title}**`}.`,
    ...phases.flatMap((phase) => [
      `## ${phase}`,
      ...steps.filter((step) => step.phase === phase).map(stepText),
    ]),
    '## Sources',
    sources.map(({ id, title }) => `- ${id}: ${title}`).join('\n'),
    '',
  ].join('\n\n');
}

/** For any reader of a runbook without a next step. */
export const nothingNext = (steps: readonly Pick<RunbookStep, 'state' | 'optional'>[]): string =>
  steps.some(({ state, optional }) => state === 'blocked' && !optional)
    ? 'nothing can be done until what is blocked is free'
    : 'nothing has to be done';

function stepText(step: RunbookStep): string {
  const { title, state, optional, done, note } = step;
  const head = `- [${state === 'done' ? 'x' : ' '}] **${title}** (${states[state]}${optional && state === 'now' ? ', optional' : ''})`;
  const lines = [head, ...done.map(tickText)];
  if (state === 'done' || state === 'passed' || state === 'not-needed') return lines.join('\n');
  return [...lines, ...(note === null ? [] : [`  - Note: ${inline(note)}`]), ...instructions(step)].join(
    '\n',
  );
}

function instructions({ why, precondition, powershell, verify, record, sources }: RunbookStep): string[] {
  return [
    `  - Why: ${why} (${sources.join(', ')})`,
    `  - Precondition: ${precondition}`,
    ...block('powershell', powershell),
    `  - Verify: ${verify.text}`,
    ...block('powershell', verify.powershell),
    ...(record === null ? ['  - Poolkeeper does not record this.'] : ['  - Record it:']),
    ...block('powershell', record === null ? [] : [record.powershell]),
    ...(record === null || record.powershell === record.commandLine
      ? []
      : ['  - or in sh:', ...block('sh', [record.commandLine])]),
  ];
}

const tickText = ({ actor, occurredAt, position }: Completion): string =>
  `  - ${inline(actor)}, ${occurredAt}, position ${position}`;

const block = (language: string, lines: readonly string[]): readonly string[] =>
  lines.length === 0 ? [] : fenced(language, lines).map((line) => `    ${line}`);
