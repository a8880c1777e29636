import { severities } from '../../../policy/readiness/findings.js';
import type { Finding } from '../../../projections/readiness/finding.js';
import type { ReadinessView } from '../../../projections/readiness/view.js';
import type { ReadinessAnswer } from '../../contract/readiness.js';
import { printedFile } from '../../../policy/files.js';
import { exitCodes, type ExitCode } from '../exit-codes.js';
import { styled, type Io } from '../io.js';
import { toned } from '../output/tones.js';
import { table } from '../output/table.js';
import { notYetRegistered, time, poolAndPartner } from '../output/words.js';

type Verdict = ReadinessView['verdict'];

const codes: Readonly<Record<Verdict, ExitCode>> = {
  ready: exitCodes.done,
  warnings: exitCodes.warnings,
  critical: exitCodes.critical,
};

/** For monitoring. Of a moment before the pair was registered there is nothing to tell. */
export const readinessCode = (view: ReadinessAnswer): ExitCode =>
  view.stage === null ? exitCodes.done : codes[view.verdict];

const questions: Readonly<Record<ReadinessView['question'], string>> = {
  'if-it-failed-now': 'If it failed now, lost would be',
  'if-it-never-came-back': 'If it never came back, lost would be',
  'what-is-to-come-home': 'Still to come home',
};

export function readinessText(view: ReadinessAnswer, io: Io): string {
  if (view.stage === null) return notYetRegistered(view);
  const { verdict, question, lastExport, findings } = view;
  return [
    `${poolAndPartner(view, io)}${view.drill === true ? ', in a drill' : ''}: ${toned(io, verdict)}`,
    `${questions[question]}: ${stakeOf(view)}`,
    lastExport === null
      ? 'Last export: none'
      : `Last export: ${printedFile({ ...lastExport, addedAt: lastExport.occurredAt }, time)} by ${lastExport.actor}, ${(lastExport.ageMinutes / 60).toFixed(1)} hours old (target ${view.exportAgeTargetHours})`,
    ...(findings.length === 0
      ? ['Found: nothing']
      : [
          `Found: ${countsOf(view)}`,
          table(['severity', 'finding', 'what', 'objects'], findings.map(rowOf), io),
          'What to do, the worst first; with --json every line and object',
          ...findings.flatMap((one) => instructions(one, io)),
        ]),
  ].join('\n');
}

type Shown = Pick<ReadinessView, 'atStake' | 'verdict' | 'question' | 'counts'>;

const plural = (number: number, one: string, many = `${one}s`): string =>
  `${number} ${number === 1 ? one : many}`;

/** The loss in words. Nothing lost is no comfort where service would not come back. */
export function stakeOf({ atStake: { total, by }, verdict, question }: Shown): string {
  const settings = Object.entries(by)
    .filter(([id]) => id.startsWith('settings-'))
    .reduce((sum, [, number]) => sum + number, 0);
  const objects = total - settings;
  const lost = [
    ...(objects > 0 ? [plural(objects, 'object')] : []),
    ...(settings > 0 ? [plural(settings, 'set of settings', 'sets of settings')] : []),
  ];
  const staked = lost.length === 0 ? 'nothing that is on record' : lost.join(' and ');
  if (verdict !== 'critical') return staked;
  return question === 'if-it-failed-now'
    ? `${staked}; but service would not come back as it should: see what is critical`
    : `${staked}; but callers are not served as they should be: see what is critical`;
}

const countWords = {
  critical: (number: number) => `${number} critical`,
  warning: (number: number) => plural(number, 'warning'),
  info: (number: number) => `${number} for information`,
};

const countsOf = ({ counts }: Shown): string =>
  severities
    .filter((severity) => counts[severity] > 0)
    .map((severity) => countWords[severity](counts[severity]))
    .join(', ');

const most = { objects: 3, lines: 12 };

const rowOf = ({ severity, id, detail, objects }: Finding): readonly string[] => [
  severity,
  id,
  detail,
  [
    ...objects.slice(0, most.objects).map(({ kind, name }) => `${kind} ${name}`),
    ...(objects.length > most.objects ? [`and ${objects.length - most.objects} more`] : []),
  ].join('\n'),
];

function instructions({ id, severity, why, basis, action }: Finding, io: Io): readonly string[] {
  const { powershell } = action;
  const rest = powershell.length - most.lines;
  return [
    `${styled(io, 'bold', id)} (${severity}): ${action.text}`,
    `  why: ${why}${basis === 'inferred' ? ' (inferred)' : ''}`,
    ...powershell.slice(0, most.lines).map((line) => `  ${line}`),
    ...(rest > 0 ? [`  … and ${plural(rest, 'more line')}`] : []),
  ];
}
