/** The steps of the failback itself. */
import { failBackCmdlet, listCmdlets } from '../../policy/cmdlets.js';
import { traitsOf } from '../../policy/stages.js';
import { latestUnrevoked } from './incident-progress.js';
import { beforeEnter, onceItHasEnded, unlessStarted } from './moments.js';
import { signingIn, testCall } from './people.js';
import { recording } from './record.js';
import { step, completed, record, run, type Describe } from './step.js';

export const failBack: Describe = ({ pool }, progress) =>
  completed(latestUnrevoked(progress, 'FailbackInitiated', 'FailbackFailed'), {
    actions: [
      ...record(recording('failback', { pool: pool.fqdn }), beforeEnter),
      ...run([failBackCmdlet(pool.fqdn)]),
      ...record(recording('complete-failback', { pool: pool.fqdn }), onceItHasEnded),
    ],
  });

export const completeFailback: Describe = ({ pool }, progress) =>
  completed(latestUnrevoked(progress, 'FailbackCompleted'), {
    actions: [
      ...run([failBackCmdlet(pool.fqdn)], unlessStarted),
      ...record(recording('complete-failback', { pool: pool.fqdn }), onceItHasEnded),
    ],
  });

/** Nobody reports by itself that the database answers again. */
export const databaseAtHome: Describe = ({ pool }) =>
  step({
    needed: pool.backEndDatabase === 'unavailable',
    actions: [
      ...run(listCmdlets(pool.fqdn, 'all').slice(0, 1)),
      ...record(
        recording('report-back-end-database', { pool: pool.fqdn, state: 'available' }),
        'Only where the listing answers.',
      ),
    ],
    note: 'The record still has the database as unavailable. Should the listing not answer, leave it so, and mend the database.',
  });

/** A failover from failed-back that failed leads back there in an incident that has had no failback. */
export const signInAtHome: Describe = (context, progress) => {
  const since = traitsOf(context.pool.stage).signInAgain === 'own' ? progress.began : null;
  const failedBack = latestUnrevoked(progress, 'FailbackCompleted').at(-1);
  return signingIn(context, context.own, failedBack?.position ?? since);
};

export const testAtHome: Describe = ({ own }) => testCall(own);
