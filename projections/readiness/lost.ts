/** What is lost with a pool that never comes back while nobody stands in for it. */
import { printedExport } from '../../facts/exports.js';
import type { LostWith } from '../../facts/lost-with.js';
import { counted } from './finding.js';
import type { ReadinessContext } from './readiness-context.js';

/** In a sentence or two. */
export function lossIn(
  { pool, partner }: Pick<ReadinessContext, 'pool' | 'partner'>,
  { objects, onPartner, inFile, file, nowhere }: LostWith,
): string {
  if (objects.length === 0) return `Nobody loses a response group with ${pool.fqdn}.`;
  const parts = [
    ...(onPartner.length === 0 ? [] : [`${onPartner.length} with a copy on ${partner.fqdn}`]),
    ...(file === null ? [] : [`${inFile.length} in a file, the last of them ${printedExport(file)}`]),
    ...(nowhere.length === 0 ? [] : [`${nowhere.length} nowhere else`]),
  ];
  return `${counted(objects.length, 'object')} would go with ${pool.fqdn}: ${parts.join(', ')}.`;
}
