/** The steps of the second route, and which steps belong to which route. */
import type { StepId } from '../../policy/runbook/steps.js';
import { listCmdlets } from '../../policy/cmdlets.js';
import type { ReadinessContext } from '../readiness/readiness-context.js';
import { recording } from './record.js';
import { record, run, step, type Describe } from './step.js';

const ofFailback: ReadonlySet<StepId> = new Set<StepId>(['fail-back', 'complete-failback']);
const ofReplacement: ReadonlySet<StepId> = new Set<StepId>([
  'replace-pool',
  'rehome-users',
  'complete-replacement',
]);

/** What a failback brings home is given to the new pool before it serves. */
export const isDueInPlace = (id: StepId): boolean => id === 'export-homeward' || id === 'import-homeward';

/** Whether a step is on the route that was chosen: back to the pool, where none was. */
export function isOnRoute(id: StepId, { pool }: ReadinessContext): boolean {
  const replacing = pool.replaces !== undefined || pool.route?.route === 'replacement';
  if (id === 'choose-route') return pool.stage === 'failed-over' && pool.replaces === undefined;
  return replacing ? !ofFailback.has(id) : !ofReplacement.has(id);
}

export const chooseRoute: Describe = ({ pool }) =>
  step({
    done: pool.route !== undefined,
    events: pool.route === undefined ? [] : [pool.route],
    optional: true,
    actions: record(
      recording('choose-route', {
        pool: pool.fqdn,
        route: pool.route?.route === 'replacement' ? 'failback' : 'replacement',
      }),
    ),
  });

export const replacePool: Describe = ({ pool }) => {
  const { replaces, route } = pool;
  const named = route?.replacement ?? null;
  return step({
    done: replaces !== undefined,
    events: replaces === undefined ? [] : [replaces],
    actions:
      replaces !== undefined
        ? []
        : record(
            named === null
              ? recording('replace-pool', { failed: pool.fqdn }, { replacement: 'name of the new pool' })
              : recording('replace-pool', { failed: pool.fqdn, replacement: named }),
          ),
  });
};

export const rehomeUsers: Describe = ({ pool, agents }) => {
  const { replaces } = pool;
  if (replaces === undefined) return step({ note: 'Once the new pool is recorded.' });
  const homed = [...agents.values()].filter(({ homePool }) => homePool === replaces.fqdn);
  return step({
    optional: homed.length === 0,
    actions: run([
      `Get-CsUser -Filter {RegistrarPool -eq "${replaces.fqdn}"} | Move-CsUser -Target "${pool.fqdn}" -Force -Confirm:$false`,
    ]),
    note: `${homed.length} agents on record are homed in ${replaces.fqdn}: record move-agent for each once it is moved.`,
  });
};

export const completeReplacement: Describe = ({ pool, imported, own }) => {
  const here = new Set(own.map(({ kind, id }) => `${kind}|${id}`));
  const missing = imported.filter(
    ({ kind, id, ownerRemoved }) => !ownerRemoved && !here.has(`${kind}|${id}`),
  );
  return step({
    done: pool.lastStageEvent === 'ReplacementCompleted',
    actions:
      pool.replaces === undefined || missing.length > 0
        ? []
        : record(recording('complete-replacement', { pool: pool.fqdn })),
    verify: listCmdlets(pool.fqdn, 'all'),
    note:
      missing.length === 0
        ? null
        : `Not yet: ${missing.length} objects are not on ${pool.fqdn}; import them first.`,
  });
};
