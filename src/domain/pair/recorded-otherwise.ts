/** A repeat that says otherwise what is on record. */
import type { PairFacts, PoolFacts } from '../../../facts/pair.js';
import type { StageChange } from '../../../policy/stages.js';
import type { PairCommands } from '../commands.js';
import { allowed, refusedBy, type Ruling } from '../rules.js';

/** What cannot be recorded must not look recorded: an outage that began at another time, or for another reason. */
export function sameAsRecorded(
  { fqdn, since, lastStageEvent, lastStageReason }: PoolFacts,
  change: StageChange,
  happenedAt: string | null,
  reason: string | undefined,
): Ruling {
  // Where another command led to the stage, its time and reason say nothing about this one.
  if (lastStageEvent !== change.event) return allowed();
  const otherTime = happenedAt !== null && happenedAt !== since;
  const otherReason = reason !== undefined && reason !== lastStageReason;
  if (!otherTime && !otherReason) return allowed();
  const recorded = lastStageReason === null ? 'without a reason' : `for the reason "${lastStageReason}"`;
  return refusedBy(
    'recorded-otherwise',
    `${change.command} of ${fqdn} is on record as of ${since}, ${recorded}. Nothing was changed. Without ${
      otherTime ? (otherReason ? 'time and reason' : 'time') : 'reason'
    } it is a repeat of that.`,
    { allowed: [`${change.command} ${fqdn}`] },
  );
}

/** Likewise, a failover that was invoked with the other switch. */
export function sameDisasterMode(
  { incidentLog }: PairFacts,
  { fqdn, incident }: PoolFacts,
  { disasterMode }: PairCommands['initiate-failover'],
): Ruling {
  const last = incidentLog.findLast(({ type, data }) => type === 'FailoverInitiated' && data.pool === fqdn);
  if (incident === null || last?.type !== 'FailoverInitiated') return allowed();
  if (disasterMode === undefined || disasterMode === last.data.disasterMode) return allowed();
  return refusedBy(
    'recorded-otherwise',
    `initiate-failover of ${fqdn} is on record as of ${last.occurredAt}, ${last.data.disasterMode ? 'with' : 'without'} -DisasterMode. Nothing was changed. Without disasterMode it is a repeat of that. Was it a mistake, retract that FailoverInitiated first, whose id the audit trail has.`,
    { allowed: [`initiate-failover ${fqdn}`] },
  );
}
