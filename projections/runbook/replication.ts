/** The steps of a pair whose backup service replicates response groups: its status takes the place of exports and imports. */
import { replicates } from '../../facts/copies.js';
import { isGood, replicationOf } from '../../facts/replication.js';
import { replicationStatusCmdlet } from '../../policy/replication-cmdlets.js';
import { isDown } from '../../policy/stages.js';
import { replicationAge, replicationTroubles } from '../readiness/replication.js';
import { nothingAway } from './homeward.js';
import { latestUnrevoked } from './incident-progress.js';
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
  const isFine = replicates(pair, pool.fqdn) && replicationTroubles(context).length === 0;
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
      replicates(pair, pool.fqdn) &&
      imported.length > 0 &&
      (progress.began !== null || !nothingAway(context)),
    done: isReported && nothingAway(context),
    events: reported !== null && since !== null && reported.position > since ? [reported] : [],
    actions: asking(partner.fqdn),
  });
};

const byItself =
  'The backup service replicates the response groups: nothing is exported, imported or removed for it. Its status says how far it is.';

/** A step that is not needed where the backup service does what it would do. */
export const unlessReplicated =
  (describe: Describe): Describe =>
  (context, progress) =>
    replicates(context.pair, context.pool.fqdn)
      ? step({ needed: false, note: byItself })
      : describe(context, progress);
