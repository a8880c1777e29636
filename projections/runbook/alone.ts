/** The steps of a pool that is in no pair, or hosts what a pool of no pair with it owns. */
import { isPaired } from '../../facts/copies.js';
import { backupRelationshipCmdlet, exportCmdlet, listCmdlets } from '../../policy/cmdlets.js';
import type { StepId } from '../../policy/runbook/steps.js';
import { strangersOn } from '../readiness/alone.js';
import { recording, recordings, type Recording } from './record.js';
import { record, run, step, type Describe } from './step.js';

/** Those that a pool takes which is in no pair; the others need a partner. */
export const takenAlone: ReadonlySet<StepId> = new Set<StepId>([
  'export-pool',
  'pair-again',
  'declare-outage',
  'report-database',
  'rescue-export',
  'database-at-home',
  'remove-strange-copies',
]);

export const pairAgain: Describe = ({ pair, pool }) =>
  step({
    needed: !isPaired(pair) && pool.retired === null,
    actions: record(pairing(pool.fqdn)),
    verify: [backupRelationshipCmdlet(pool.fqdn)],
  });

const otherPool = 'the pool that is to stand in for it';

/** The command line has a flag for each pool. */
export function pairing(fqdn: string): Recording | null {
  const [line] = recordings('register-pair', 'pool', [{ value: fqdn }, { blank: otherPool }], {});
  const body = { pools: [{ fqdn }, { fqdn: `<${otherPool}>` }] };
  return line === undefined ? null : { ...line, body, bodies: [body] };
}

export const removeStrangeCopies: Describe = ({ pair, pool, files }) => {
  const owners = [...new Set(strangersOn(pair, pool.fqdn).map(({ owner }) => owner))];
  return step({
    needed: owners.length > 0,
    actions: owners.flatMap((owner) => {
      const fileName = files.strange(owner);
      return [
        ...run([exportCmdlet({ source: pool.fqdn, owner, fileName, remove: true })]),
        ...record(recording('record-export', { pool: pool.fqdn, owner, fileName, removeExported: true })),
      ];
    }),
    verify: owners.flatMap((owner) => listCmdlets(pool.fqdn, { owner })),
  });
};
