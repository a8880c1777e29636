import type { Finding } from '../../../projections/readiness/finding.js';
import type { ReadinessView } from '../../../projections/readiness/view.js';
import type { ReadinessAnswer } from '../../contract/readiness.js';
import { printedFile } from '../../../policy/files.js';
import { exitCodes, type ExitCode } from '../exit-codes.js';
import { styled, type Io } from '../io.js';
import { table } from '../output/table.js';
import { notYetRegistered } from '../output/words.js';

const codes: Readonly<Record<ReadinessView['verdict'], ExitCode>> = {
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
  const { fqdn, stage, partner, partnerStage, verdict, question, atStake, lastExport, findings } = view;
  return [
    `${styled(io, 'bold', fqdn)} (stage ${stage}) with ${partner} (stage ${partnerStage}): ${styled(io, 'bold', verdict)}`,
    `${questions[question]}: ${atStake.total === 0 ? 'nothing that is known' : `${atStake.total} objects and settings`}`,
    lastExport === null
      ? 'Last export: none'
      : `Last export: ${printedFile({ ...lastExport, writtenAt: lastExport.occurredAt })} by ${lastExport.actor}, ${(lastExport.ageMinutes / 60).toFixed(1)} hours old (target ${view.exportAgeTargetHours})`,
    table(['severity', 'finding', 'what, and why', 'objects'], findings.map(rowOf), io),
    ...findings.flatMap(({ id, action }) => [
      `${styled(io, 'bold', id)}: ${action.text}`,
      ...action.powershell.map((line) => `  ${line}`),
    ]),
  ].join('\n');
}

const most = 5;

const rowOf = ({ severity, id, detail, why, objects, basis }: Finding): readonly string[] => [
  severity,
  id,
  `${detail}\n${why}${basis === 'inferred' ? ' (inferred)' : ''}`,
  [
    ...objects.slice(0, most).map(({ kind, name }) => `${kind} ${name}`),
    ...(objects.length > most ? [`and ${objects.length - most} more`] : []),
  ].join('\n'),
];
