/** A runbook as Markdown, to paste into a ticket or a chat. */
import type { Completion } from '../readiness/finding.js';
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
    ...block('sh', record === null ? [] : [record.commandLine]),
  ];
}

const tickText = ({ actor, occurredAt, position }: Completion): string =>
  `  - ${inline(actor)}, ${occurredAt}, position ${position}`;

/** Names come from people: none of them may end a fence, or begin a new line. */
function block(language: string, lines: readonly string[]): readonly string[] {
  if (lines.length === 0) return [];
  const text = lines.map(oneLine);
  const longest = Math.max(
    2,
    ...text.flatMap((line) => [...line.matchAll(/`+/g)].map(([run]) => run.length)),
  );
  const fence = '`'.repeat(longest + 1);
  return [`    ${fence}${language}`, ...text.map((line) => `    ${line}`), `    ${fence}`];
}

const oneLine = (text: string): string => text.replaceAll(/\p{Cc}/gu, ' ');

/** In a sentence, what Markdown would read is taken literally. */
const inline = (text: string): string => oneLine(text).replaceAll(/[\\`*_[\]<>#|]/g, (sign) => `\\${sign}`);
