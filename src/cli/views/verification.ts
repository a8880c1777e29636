import type { VerificationAnswer } from '../../contract/log.js';
import { styled, type Io } from '../io.js';
import { exitCodes, type ExitCode } from '../exit-codes.js';

export const soundness = ({ whole, faithful, files }: VerificationAnswer): ExitCode =>
  whole && faithful && files.damaged.length === 0 ? exitCodes.done : exitCodes.other;

export function verificationText(answer: VerificationAnswer, io: Io): string {
  const { events, streams, broken, findings, views, files } = answer;
  const all = `${events} events in ${streams} streams`;
  return [
    logText(all, broken, findings.length),
    ...findings.map(findingText),
    ...viewsText(views, io),
    ...filesText(files),
  ].join('\n');
}

function logText(all: string, broken: VerificationAnswer['broken'], findings: number): string {
  if (broken === null && findings > 0)
    return `Every event is as it was written, but the log is NOT whole: ${all}.`;
  if (broken === null) return `The log is whole: ${all}, each linked to the one before it.`;
  const stream = broken.stream ?? 'the log';
  const where = `${stream}${broken.revision === null ? '' : ` at revision ${broken.revision}`}, position ${broken.position}`;
  return `The log is broken: the first fault of ${all} is in ${where}: ${broken.problem}`;
}

export function filesText({ checked, damaged }: VerificationAnswer['files']): string[] {
  if (checked === 0) return [];
  if (damaged.length === 0) return [`The kept files are what was sent: ${checked} of exports.`];
  return damaged.map(({ name, problem }) => `The kept file ${name} is damaged: ${problem}`);
}

function findingText({ stream, position, problem }: VerificationAnswer['findings'][number]): string {
  const where = [stream, position && `position ${position}`].filter((part) => part !== null).join(', ');
  return `The log is not as it has to be${where === '' ? '' : ` in ${where}`}: ${problem}`;
}

function viewsText({ position, compared, different, stale }: VerificationAnswer['views'], io: Io): string[] {
  const earlier = stale.map((name) => `${name} shows an earlier version's state and was not compared.`);
  if (different.length === 0) {
    return [
      `The views are what the log makes of them: ${compared} states at position ${position}.`,
      ...earlier,
    ];
  }
  return [
    styled(
      io,
      'red',
      `${different.length} of ${compared} states are NOT what the log makes of them at position ${position}; rebuild them:`,
    ),
    ...different.map(
      ({ projection, pairId, pointer, live, refolded }) =>
        `  ${projection}${pairId === null ? '' : ` of pair ${pairId}`} at ${pointer || '/'}: ${live} where the log makes ${refolded}`,
    ),
    ...earlier,
  ];
}
