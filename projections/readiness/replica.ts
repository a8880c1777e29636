/** Copies that stand in without an import on record. */
import { exportEventsOf, printedExport } from '../../facts/exports.js';
import { replicationOf } from '../../facts/replication.js';
import { standingOf } from './copy-standing.js';
import { counted, finding, whereAny, type Finding } from './finding.js';
import type { ReadinessContext } from './readiness-context.js';

/** Says where they came from: nobody else would know in an outage. */
export function replicasShown(context: ReadinessContext): readonly Finding[] {
  const { pair, imported, pool, partner } = context;
  const shown = imported.filter((copy) => standingOf(pair, copy) === 'unexplained');
  const { lastGood } = replicationOf(pair, pool.fqdn);
  return whereAny(shown, (objects) => {
    const there = `${counted(objects.length, 'object')} of ${pool.fqdn} on ${partner.fqdn}`;
    return lastGood === null
      ? finding('replica-shown', {
          detail: `${there} without an import on record${shownBy(context)}.`,
          objects,
          action: `Find out what put them there. If it was an import, record it too, and it is known as of when they are. ${ofTheService(context)}`,
        })
      : finding('replica-shown', {
          detail: `${there}, which the backup service brought up to ${lastGood}: as it is on record now, it replicates no more.`,
          objects,
          action: `If it does replicate, record that (set-replication). If not, what is changed from now on reaches ${partner.fqdn} by an export and an import only.`,
        });
  });
}

const ofTheService = ({ pair, pool }: ReadinessContext): string =>
  pair.replication?.enabled === true
    ? `If it was the backup service, record what its status check says of ${pool.fqdn} (report-replication).`
    : 'If the backup service replicates response groups, record that (set-replication).';

function shownBy({ pair, pool, partner }: ReadinessContext): string {
  const file = exportEventsOf(pair).findLast(
    ({ data }) =>
      data.pool === partner.fqdn &&
      data.file?.taken === true &&
      data.objects.some(({ owner }) => owner === pool.fqdn),
  );
  return file === undefined ? '' : `: ${printedExport(file)} of ${partner.fqdn} shows them`;
}
