import { isWhole } from '../../store/port.js';
import type { Verified } from '../projections/rebuild/verifier.js';

/** The first thing that a verification found, as a sentence; null where all is well. */
export function problemOf({ log, views, files }: Verified): string | null {
  const { broken, findings = [] } = log;
  if (broken !== null) return `at position ${broken.position}: ${broken.problem}`;
  const [finding] = findings;
  if (finding !== undefined) {
    return `${finding.position === null ? '' : `at position ${finding.position}: `}${finding.problem}`;
  }
  const [view] = views.different;
  if (view !== undefined)
    return `${view.projection} is not what the log makes of it, at ${view.pointer || '/'}.`;
  const [file] = files.damaged;
  return file === undefined ? null : `${file.name}: ${file.problem}`;
}

export const isGood = (verified: Verified): boolean =>
  isWhole(verified.log) && verified.views.different.length === 0 && verified.files.damaged.length === 0;
