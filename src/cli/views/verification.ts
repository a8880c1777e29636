import { exitCodes, type ExitCode } from '../exit-codes.js';

/** What `/v1/verification` answers. */
interface Verification {
  readonly whole: boolean;
  readonly events: number;
  readonly streams: number;
  readonly broken: {
    readonly position: string;
    readonly stream: string;
    readonly revision: string | null;
    readonly problem: string;
  } | null;
}

export const wholeness = (body: string): ExitCode =>
  (JSON.parse(body) as Verification).whole ? exitCodes.done : exitCodes.other;

export function verificationText(body: string): string {
  const { events, streams, broken } = JSON.parse(body) as Verification;
  const all = `${events} events in ${streams} streams`;
  if (broken === null) return `The log is whole: ${all}, each linked to the one before it.`;
  const where = `${broken.stream}${broken.revision === null ? '' : ` at revision ${broken.revision}`}, position ${broken.position}`;
  return `The log is broken: the first fault of ${all} is in ${where}: ${broken.problem}`;
}
