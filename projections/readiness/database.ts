/** A back-end database that is recorded as down under a pool that serves. */
import { serves } from '../../policy/stages.js';
import { finding, type Finding } from './finding.js';
import type { ReadinessContext } from './readiness-context.js';

export function databaseStillUnavailable({ pool }: ReadinessContext): readonly Finding[] {
  if (!serves(pool.stage) || pool.backEndDatabase !== 'unavailable') return [];
  return [
    finding('database-recorded-unavailable', {
      detail: `${pool.fqdn} is in stage ${pool.stage}, and its back-end database is on record as unavailable.`,
      action: `If it is up again, record that: report-back-end-database for ${pool.fqdn} with state available. If it is down, record the outage of the pool, or fail it over.`,
    }),
  ];
}
