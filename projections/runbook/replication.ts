/** The steps of a pair whose backup service replicates response groups: its status takes the place of exports and imports. */
import { carrierAway, carrierHome, notBrought } from '../../facts/carriers.js';
import { isGood, replicationOf } from '../../facts/replication.js';
import { replicationStatusCmdlet } from '../../policy/replication-cmdlets.js';
import { isDown } from '../../policy/stages.js';
import { dueByFile } from '../readiness/by-file.js';
import { counted } from '../readiness/finding.js';
import type { ReadinessContext } from '../readiness/readiness-context.js';
import { replicationAge, replicationTroubles } from '../readiness/replication.js';
import { nothingAway } from './homeward.js';
import { latestUnrevoked, standInImports } from './incident-progress.js';
import { recording } from './record.js';
import { record, run, step, type Action, type Describe } from './step.js';

const asking = (pool: string): readonly Action[] => [
  ...run([replicationStatusCmdlet(pool)]),
  ...record(
    recording(
      'report-replication',
      { pool },
      {
        state: 'SteadyState|FinalState|NonSteadyState|ErrorState|NotInitialized',
        importState: 'NormalState|ErrorState',
      },
    ),
  ),
];

export const checkReplication: Describe = (context, { began }) => {
  const { pair, pool } = context;
  const { reported } = replicationOf(pair, pool.fqdn);
  const isFine =
    carrierAway(pair, pool.fqdn) === 'backup-service' && replicationTroubles(context).length === 0;
  return step({
    done: began === null ? isFine : replicationAge(context) !== null,
    events: reported === null ? [] : [reported],
    actions: isDown(pool.stage) ? [] : asking(pool.fqdn),
  });
};

export const checkReplicationHome: Describe = (context, progress) => {
  const { pair, pool, partner, imported } = context;
  const { reported, state } = replicationOf(pair, partner.fqdn);
  const since = latestUnrevoked(progress, 'FailbackInitiated', 'FailbackFailed').at(-1)?.position ?? null;
  const isReported =
    since !== null && reported !== null && state !== null && isGood(state) && reported.position > since;
  return step({
    needed:
      carrierHome(pair, pool) !== 'file' &&
      imported.length > 0 &&
      (progress.began !== null || !nothingAway(context)),
    done: isReported && nothingAway(context),
    events: reported !== null && since !== null && reported.position > since ? [reported] : [],
    actions: asking(partner.fqdn),
  });
};

const byItself =
  'The backup service replicates the response groups: nothing is exported, imported or removed for it. Its status says how far it is.';

/** A step on the way to the partner, which is not needed where the backup service brings what it would. */
export const unlessReplicatedAway =
  (describe: Describe): Describe =>
  (context, progress) =>
    carrierAway(context.pair, context.pool.fqdn) === 'backup-service'
      ? step({ needed: false, note: byItself })
      : describe(context, progress);

/** The same of the import once the pool is down: the backup service brings nothing any more, and a file has what is not there. */
export const whereFileBrings =
  (describe: Describe): Describe =>
  (context, progress) => {
    const { pair, pool, partner, question } = context;
    const { began } = progress;
    if (carrierAway(pair, pool.fqdn) === 'file') return describe(context, progress);
    const isImported = began !== null && standInImports(context).some(({ position }) => position > began);
    const isDue = question !== 'what-is-to-come-home' && dueByFile(context).size > 0;
    if (isImported || isDue) return describe(context, progress);
    const left = isDown(pool.stage) ? notBrought(pair, pool.fqdn).length : 0;
    const note = `${counted(left, 'object')} of ${pool.fqdn} not on ${partner.fqdn} as of the last good replication, and no file brings more: import one once it is on record.`;
    return step({ needed: false, note: left === 0 ? byItself : note });
  };

/** The same of a step on the way home; as long as the way out can be chosen, it may be needed. */
export const unlessReplicatedHome =
  (describe: Describe): Describe =>
  (context, progress) => {
    const carrier = carrierHome(context.pair, context.pool);
    if (carrier === 'backup-service') return step({ needed: false, note: byItself });
    const particulars = describe(context, progress);
    if (carrier === 'file') return particulars;
    const { fqdn } = context.pool;
    const note = `Only if another pool takes the place of ${fqdn}, to which nothing is replicated yet: the backup service is taken to bring home what goes to ${fqdn} itself.`;
    return { ...particulars, optional: true, actions: [], verify: [], note };
  };

/** An export of a pool whose response groups are on its partner by themselves keeps what no document calls replicated. */
export const optionalWhereReplicated =
  (describe: Describe, ofPool: (context: ReadinessContext) => string): Describe =>
  (context, progress) => {
    const particulars = describe(context, progress);
    if (carrierAway(context.pair, ofPool(context)) !== 'backup-service') return particulars;
    const note =
      'The response groups are replicated. A file keeps the application settings, of which no document says that they are, and an earlier state.';
    return { ...particulars, optional: true, note: particulars.note ?? note };
  };
