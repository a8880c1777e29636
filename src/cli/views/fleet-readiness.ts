import type { FleetReadinessAnswer } from '../../contract/fleet.js';
import { styled, type Io } from '../io.js';
import { table } from '../output/table.js';
import { orDash, time } from '../output/words.js';

export function fleetReadinessText({ pools, counts }: FleetReadinessAnswer, io: Io): string {
  const rows = pools.map(({ fqdn, stage, verdict, counts: of, atStake, lastExport, worst }) => [
    fqdn,
    stage,
    `${verdict}\n${of.critical} critical, ${of.warning} warnings`,
    String(atStake.total),
    orDash(lastExport === null ? null : time(lastExport.writtenAt ?? lastExport.occurredAt)),
    worst.map(({ severity, detail, action }) => `${severity}: ${detail} ${action}`).join('\n'),
  ]);
  const sum = `${counts.critical} critical findings, ${counts.warning} warnings`;
  return [
    `${styled(io, 'bold', sum)} of ${pools.length} pools; "poolkeeper readiness <fqdn>" has all of one.`,
    table(['pool', 'stage', 'verdict', 'at stake', 'last export', 'worst, and what to do'], rows, io),
  ].join('\n');
}
