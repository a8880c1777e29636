/** Copies that stand in without an import on record. */
import { standsInBy } from '../../facts/copies.js';
import { exportEventsOf, printedExport } from '../../facts/exports.js';
import { counted, finding, whereAny, type Finding } from './finding.js';
import type { ReadinessContext } from './readiness-context.js';

/** Says where they came from: nobody else would know in an outage. */
export function replicasShown({ pair, imported, pool, partner }: ReadinessContext): readonly Finding[] {
  const shown = imported.filter((copy) => standsInBy(pair, copy) === 'replica-shown');
  const file = exportEventsOf(pair).findLast(
    ({ data }) =>
      data.pool === partner.fqdn &&
      data.file?.taken === true &&
      data.objects.some(({ owner }) => owner === pool.fqdn),
  );
  const by = file === undefined ? 'a file' : printedExport(file);
  return whereAny(shown, (objects) =>
    finding('replica-shown', {
      detail: `${counted(objects.length, 'object')} of ${pool.fqdn} on ${partner.fqdn} without an import on record: ${by} of ${partner.fqdn} shows them.`,
      objects,
      action: `Find out what put them there. If it was an import, record it too, and it is known as of when they are. If the backup service replicates response groups, record that (set-replication).`,
    }),
  );
}
