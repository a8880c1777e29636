/** The backup service that replicates response groups: what troubles it, and what it has not brought to the partner yet. */
import { carrierAway, notBrought } from '../../facts/carriers.js';
import { holds } from '../../facts/content.js';
import { identityOf } from '../../facts/identity.js';
import { replicationOf } from '../../facts/replication.js';
import {
  enableReplicationCmdlet,
  replicateAllCmdlets,
  replicateChangesCmdlet,
  replicationDatabaseCmdlet,
  replicationStatusCmdlet,
  seedReplicationCmdlet,
} from '../../policy/replication-cmdlets.js';
import type { FindingId } from '../../policy/readiness/findings.js';
import { isDown } from '../../policy/stages.js';
import { dueByFile } from './by-file.js';
import { counted, finding, whereAny, type Finding } from './finding.js';
import { changedSinceExport, changesSinceExport, exportAge, unsaved } from './since-export.js';
import type { ReadinessContext } from './readiness-context.js';
import type { Remedy } from './remedies.js';

type Rule = (context: ReadinessContext) => readonly Finding[];

const hour = 3_600_000;

/** Whether what the pool owns gets to its partner by itself. */
const isReplicated = ({ pair, pool }: ReadinessContext): boolean =>
  carrierAway(pair, pool.fqdn) === 'backup-service';

/** What is about exports and imports as the way to the partner, where there is no other. */
export const unlessReplicated =
  (rule: Rule): Rule =>
  (context) =>
    isReplicated(context) ? [] : rule(context);

/** What is about the import of a file, once the pool is down: the backup service brings nothing any more. */
export const whereFileBrings =
  (rule: Rule): Rule =>
  (context) =>
    isReplicated(context) && dueByFile(context).size === 0 ? [] : rule(context);

/** Once the pool is down; what no file brings is told with the replication. */
export function changesSinceFile(context: ReadinessContext): readonly Finding[] {
  if (!isReplicated(context)) return changesSinceExport(context);
  const due = dueByFile(context);
  return changedSinceExport(
    context,
    unsaved(context).changed.filter((copy) => due.has(identityOf(copy))),
  );
}

/** How old the last good replication is, in milliseconds; null where there was none. */
export function replicationAge({ pair, pool, now }: ReadinessContext): number | null {
  const { lastGood } = replicationOf(pair, pool.fqdn);
  return lastGood === null ? null : Math.max(0, Date.parse(now) - Date.parse(lastGood));
}

export function replicationTroubles(context: ReadinessContext): readonly Finding[] {
  const { pair, pool, partner } = context;
  if (pair.replication?.enabled !== true) return [];
  const of = replicationOf(pair, pool.fqdn);
  const areUp = !isDown(pool.stage) && !isDown(partner.stage);
  const found = (
    id: FindingId,
    detail: string,
    action: string,
    ...lines: readonly string[]
  ): readonly Finding[] => [
    finding(id, {
      detail,
      action: areUp
        ? `${action} Then ask for its status, and record it (report-replication).`
        : `Once both pools are up: ${action}`,
      powershell: areUp ? [...lines, replicationStatusCmdlet(pool.fqdn)] : [],
    }),
  ];
  const without = pair.pools.filter(({ fqdn }) => replicationOf(pair, fqdn).update === false);
  const state = `The replication from ${pool.fqdn} to ${partner.fqdn} is in ${of.state ?? 'no known state'}, as last reported.`;
  return [
    ...without.flatMap(({ fqdn }) =>
      found(
        'replication-one-sided',
        `${fqdn} is on record without the update.`,
        `Install the update on ${fqdn}, and its database; record that (set-replication).`,
        replicationDatabaseCmdlet(fqdn),
      ),
    ),
    ...(of.seeded === false
      ? found(
          'replication-not-seeded',
          `What ${pool.fqdn} had before was not seeded.`,
          `Seed it, and record that (set-replication).`,
          seedReplicationCmdlet(pool.fqdn),
        )
      : []),
    ...(of.state === null
      ? [notReported(context)]
      : of.state === 'NotInitialized'
        ? found(
            'replication-not-initialized',
            state,
            'See that it is switched on, and wait a few minutes.',
            enableReplicationCmdlet,
          )
        : of.state === 'NonSteadyState'
          ? found(
              'replication-backlog',
              state,
              'Have it bring what is waiting.',
              replicateChangesCmdlet(pool.fqdn),
            )
          : of.state === 'ErrorState'
            ? found(
                'replication-error',
                state,
                'Mend the cause, and have it bring everything again.',
                ...replicateAllCmdlets(pool.fqdn),
              )
            : []),
    ...(replicationOf(pair, partner.fqdn).importState === 'ErrorState'
      ? found(
          'replication-import-error',
          `${partner.fqdn} reported its import in ErrorState: what ${pool.fqdn} exports is not taken in.`,
          `Mend the cause on ${partner.fqdn}, and have ${pool.fqdn} bring everything again. Report both pools then, ${partner.fqdn} first.`,
          ...replicateAllCmdlets(pool.fqdn),
        )
      : []),
    ...tooOld(context, found),
  ];
}

/** It says of the export too what there is to say: whoever reads it knows which of the two to do. */
function notReported(context: ReadinessContext): Finding {
  const { pool, partner } = context;
  const areUp = !isDown(pool.stage) && !isDown(partner.stage);
  const [exported] = exportTroubles(context);
  const first = `No status of the replication from ${pool.fqdn} to ${partner.fqdn} is on record`;
  const asking = 'for its status, and record it (report-replication).';
  const isNowhere = exported?.id === 'never-exported' && unsaved(context).created.length > 0;
  return {
    ...finding('replication-not-reported', {
      detail: exported === undefined ? `${first}.` : `${first}. ${exported.detail}`,
      action: [
        areUp ? `Ask ${asking}` : `Once both pools are up, ask ${asking}`,
        ...(exported === undefined ? [] : [`If it is in no good state: ${exported.action.text}`]),
      ].join(' '),
      powershell: areUp ? [replicationStatusCmdlet(pool.fqdn)] : [],
    }),
    ...(isNowhere ? { severity: 'critical' } : {}),
  };
}

const exportTroubles = (context: ReadinessContext): readonly Finding[] =>
  exportAge(context).filter(({ id }) => id !== 'nothing-known');

/** Whether the status of the replication is to be reported before anybody knows whether an export is needed. */
const isToBeReported = ({ pair, pool }: ReadinessContext): boolean =>
  pair.replication?.enabled === true && replicationOf(pair, pool.fqdn).state === null;

/** The age of the export is the recovery point where no replication is recorded; until its status is, both are one matter. */
export function exportAgeUnlessReplicated(context: ReadinessContext): readonly Finding[] {
  if (isReplicated(context)) return [];
  const found = exportAge(context);
  return isToBeReported(context) ? found.filter(({ id }) => id === 'nothing-known') : found;
}

function tooOld(
  context: ReadinessContext,
  found: (id: FindingId, detail: string, action: string, ...lines: readonly string[]) => readonly Finding[],
): readonly Finding[] {
  const { pool, partner, exportAgeTargetHours } = context;
  const age = replicationAge(context);
  if (age === null || isDown(pool.stage) || age <= exportAgeTargetHours * hour) return [];
  return found(
    'replication-too-old',
    `The last good replication from ${pool.fqdn} to ${partner.fqdn} on record is ${counted(Math.floor(age / hour), 'hour')} old; the target is ${exportAgeTargetHours}.`,
    'Look how far it is.',
  );
}

/** Own objects that the partner has not as they are, and of a pool that is down no file brings; at stake where no export has them. */
export function changesSinceReplication(context: ReadinessContext): readonly Finding[] {
  const { pair, pool, partner, lastExport } = context;
  if (!isReplicated(context)) return [];
  const due: ReadonlySet<string> = isDown(pool.stage) ? dueByFile(context) : new Set();
  const open = notBrought(pair, pool.fqdn).filter((copy) => !due.has(identityOf(copy)));
  const lost = open.filter((copy) => !holds(lastExport?.data, copy));
  const { lastGood } = replicationOf(pair, pool.fqdn);
  return whereAny(open, (objects) =>
    finding('changed-since-replication', {
      detail: `${counted(objects.length, 'object')} of ${pool.fqdn} not on ${partner.fqdn} as of the last good replication, ${lastGood ?? ''}.`,
      objects,
      atStake: lost.length,
      action: isDown(pool.stage)
        ? `As long as the database of ${pool.fqdn} is up: export it, and import that into ${partner.fqdn}. If it is not, make the changes again on ${partner.fqdn}.`
        : `Have the backup service bring what is waiting, and record its status (report-replication).`,
      powershell:
        isDown(pool.stage) || isDown(partner.stage)
          ? []
          : [replicateChangesCmdlet(pool.fqdn), replicationStatusCmdlet(pool.fqdn)],
    }),
  );
}

/** What was changed on the partner is taken to come home by itself; a report from there says that it has. */
export const homeByReplication = ({ pool, partner }: ReadinessContext): Remedy => ({
  action: `The backup service is taken to bring it home, which no document says. Ask for the status of ${partner.fqdn}, and record it (report-replication): in a good state it is at ${pool.fqdn}. If it is not, export it from ${partner.fqdn} and import it.`,
  powershell: isDown(partner.stage) || isDown(pool.stage) ? [] : [replicationStatusCmdlet(partner.fqdn)],
});
