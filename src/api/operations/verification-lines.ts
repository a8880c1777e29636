import type { VerificationAnswer, VerificationLine } from '../../contract/log.js';
import type { VerificationProgress, Verifier } from '../../runtime/projections/rebuild/verifier.js';
import { progressLines, type Asked } from '../http/progress-lines.js';

/** Milliseconds between two lines of progress. */
const interval = 1_000;

/** How far a verification is, at once and about every second, and what it has found. */
export const verificationLines = (
  result: Promise<VerificationAnswer>,
  verifier: Pick<Verifier, 'progress'>,
  request: Asked,
): AsyncGenerator<string, void, undefined> =>
  progressLines<VerificationLine>(
    result,
    () => (verifier.progress === null ? null : progressLine(verifier.progress)),
    interval,
    request,
  );

const progressLine = ({ part, events, position, upTo }: VerificationProgress): VerificationLine => ({
  progress: { part, events, position: String(position), of: String(upTo) },
});
