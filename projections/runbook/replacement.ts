/** The steps of the second route, and which steps belong to which route. */
import { missingAtHome } from '../../facts/carriers.js';
import type { PoolFacts } from '../../facts/pair.js';
import { replicationOf } from '../../facts/replication.js';
import { settingsToGive, type SettingsToGive } from '../../facts/carried-settings.js';
import type { StepId } from '../../policy/runbook/steps.js';
import { lostInIncident } from '../../facts/former-names.js';
import { drillOf } from '../../facts/incident.js';
import { few } from '../../policy/texts/few.js';
import { listCmdlets } from '../../policy/cmdlets.js';
import { moveAllUsersCmdlet, moveUserCmdlet, usersHomedInCmdlet } from '../../policy/user-cmdlets.js';
import {
  replicationDatabaseCmdlet,
  replicationStatusCmdlet,
  seedReplicationCmdlet,
} from '../../policy/replication-cmdlets.js';
import { mostMovedAtOnce } from '../readiness/homes.js';
import { agentsOfLostPools } from '../readiness/in-place.js';
import type { ReadinessContext } from '../readiness/readiness-context.js';
import { byIdentity, identityOf } from '../../facts/identity.js';
import { onNeitherPool } from '../../facts/replacement.js';
import { counted } from '../readiness/finding.js';
import { settingsByHand } from './homeward.js';
import { recording, recordings } from './record.js';
import { record, run, step, type Action, type Describe, type Particulars } from './step.js';

const ofFailback: ReadonlySet<StepId> = new Set<StepId>(['fail-back', 'complete-failback']);
const ofReplacement: ReadonlySet<StepId> = new Set<StepId>([
  'publish-replacement',
  'remove-lost-pool',
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

/** In a drill nothing is lost, so that there is nothing to choose. */
export const chooseRoute: Describe = ({ pair, pool }) => {
  const isDrill = drillOf(pair, pool).drill === true;
  return step({
    needed: !isDrill,
    note:
      isDrill && pool.route === undefined
        ? `This is a drill: nothing is lost, and ${pool.fqdn} is failed back to.`
        : null,
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
};

export const replacePool: Describe = (context) => {
  const { pool } = context;
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
    note: replaces === undefined ? notImportedNote(context) : null,
  });
};

/** What the pool that stands in does not have comes to no other pool by the steps that follow. */
function notImportedNote({ pool, partner, own, imported }: ReadinessContext): string | null {
  const there = byIdentity(imported);
  const left = own.filter((copy) => !there.has(identityOf(copy))).length;
  if (left === 0) return null;
  return `Not yet: ${counted(left, 'object')} of ${pool.fqdn} ${left === 1 ? 'is' : 'are'} not on ${partner.fqdn}, and the new pool gets what is there. Import ${left === 1 ? 'it' : 'them'} first, unless no file has ${left === 1 ? 'it' : 'them'}.`;
}

/** Done where the new pool is on record; until then somebody may tick it off. */
export const publishReplacement: Describe = ({ pool }) => {
  const { replaces, route, fqdn } = pool;
  const name = replaces === undefined ? (route?.replacement ?? null) : fqdn;
  const shown = name ?? '<name of the new pool>';
  return step({
    done: replaces !== undefined,
    events: replaces === undefined ? [] : [replaces],
    actions:
      replaces === undefined
        ? run([
            `# in Topology Builder: define ${shown} without an associated backup pool, and publish; then, on each of its servers, run the Deployment Wizard`,
            'Enable-CsTopology',
          ])
        : [],
    verify: name === null ? [] : [`Get-CsPool -Identity "${name}"`, 'Get-CsManagementStoreReplicationStatus'],
  });
};

export const rehomeUsers: Describe = (context) => {
  const { pair, pool, agents } = context;
  const { replaces } = pool;
  if (replaces === undefined) return step({});
  const stranded = agentsOfLostPools(context);
  const lost = [...new Set([...lostInIncident(pair, pool), ...stranded.map(({ homePool }) => homePool)])];
  const moved = [...agents.values()].some(
    ({ homePool, homes }) => homePool === pool.fqdn && lost.some((name) => name === homes.at(-2)?.pool),
  );
  const lines = stranded.slice(0, mostMovedAtOnce).map(({ agent }) => agent);
  const everybody = lost.map((name) => moveAllUsersCmdlet(name, pool.fqdn));
  const names = few(lost, { word: (name) => name });
  return step({
    done: stranded.length === 0 && moved,
    optional: stranded.length === 0,
    actions: [
      ...run(lines.map((agent) => moveUserCmdlet(agent, pool.fqdn))),
      ...recordings(
        'move-agent',
        'agent',
        lines.map((value) => ({ value })),
        { homePool: pool.fqdn, force: true },
      ).flatMap((one) => record(one)),
      ...run(everybody, 'for everybody else who is homed there'),
      ...starting(pool),
    ],
    verify: lost.map(usersHomedInCmdlet),
    note:
      stranded.length === 0
        ? `No agent on record is homed in ${names}${moved ? ' any more' : ''}.`
        : stranded.length > lines.length
          ? `${stranded.length} agents on record are homed in ${names}: these are the first ${lines.length}, and the next follow once they are recorded. A list of users records all of them at once.`
          : `${stranded.length} ${stranded.length === 1 ? 'agent on record is' : 'agents on record are'} homed in ${names}.`,
  });
};

/** From then on whoever was moved is reached. */
const starting = ({ fqdn, services }: PoolFacts): readonly Action[] =>
  services?.['front-end']?.state === 'running'
    ? []
    : [
        ...run(['Start-CsWindowsService'], 'on each Front End server of the new pool'),
        ...record(
          recording('report-service', { pool: fqdn, service: 'front-end', state: 'running' }),
          'once they run',
        ),
      ];

export const completeReplacement: Describe = (context) => {
  const { pair, pool } = context;
  const open = settingsToGive(pair, pool);
  const byHand = settingsByHand(context);
  return step({
    done: pool.lastStageEvent === 'ReplacementCompleted',
    actions:
      pool.replaces === undefined || missingAtHome(pair, pool.fqdn).length > 0
        ? []
        : [...byHand, ...record(recording('complete-replacement', { pool: pool.fqdn }))],
    verify: listCmdlets(pool.fqdn, 'all'),
    note:
      [...groupsLeftNote(context), ...(open === null ? [] : [settingsLeftNote(context, open)])].join(' ') ||
      null,
  });
};

function groupsLeftNote({ pair, pool }: ReadinessContext): readonly string[] {
  const left = onNeitherPool(pair, pool).length;
  if (left === 0) return [];
  return [
    `${counted(left, 'object')} of ${pool.replaces?.fqdn ?? ''} ${left === 1 ? 'is' : 'are'} on no pool any more: ${pool.fqdn} serves without ${left === 1 ? 'it' : 'them'}, unless a file that has ${left === 1 ? 'it is' : 'them is'} imported first, or ${left === 1 ? 'it is' : 'they are'} made again.`,
  ];
}

const settingsLeftNote = (context: ReadinessContext, { lost }: SettingsToGive): string =>
  settingsByHand(context).length > 0
    ? `${context.pool.fqdn} does not have the application settings of ${lost} yet: set and record them first, or others that are wanted. The music needs its original file.`
    : `${context.pool.fqdn} does not have the application settings of ${lost} yet, under which ${context.partner.fqdn} runs: the import brings them, with -ReplaceExistingRgsSettings.`;

export const removeLostPool: Describe = ({ pair, pool, partner }) => {
  const { replaces } = pool;
  if (replaces === undefined) return step({ needed: false });
  const lost = lostInIncident(pair, pool);
  const [first = replaces.fqdn] = lost;
  const deleted = few(lost, { word: (name) => name });
  const isReplicating = pair.replication?.enabled === true;
  return step({
    actions: run([
      `# in Topology Builder: associate ${partner.fqdn} with ${pool.fqdn} instead of ${first}, delete ${deleted}, and publish; then, on each Front End server of both, run the Deployment Wizard, and start the backup service:`,
      'Enable-CsTopology',
      'Start-CsWindowsService -Name LYNCBACKUP',
      `Invoke-CsBackupServiceSync -PoolFqdn "${pool.fqdn}"`,
      `Invoke-CsBackupServiceSync -PoolFqdn "${partner.fqdn}"`,
      ...(isReplicating ? [replicationDatabaseCmdlet(pool.fqdn), seedReplicationCmdlet(pool.fqdn)] : []),
    ]),
    verify: [
      `Get-CsPoolBackupRelationship -PoolFqdn "${partner.fqdn}"`,
      'Get-CsPool',
      ...(isReplicating ? [pool, partner].map(({ fqdn }) => replicationStatusCmdlet(fqdn)) : []),
    ],
    note:
      isReplicating && replicationOf(pair, pool.fqdn).reported === null
        ? `Nothing is on record yet of the replication between ${pool.fqdn} and ${partner.fqdn}: record what their status says (report-replication).`
        : null,
  });
};

/** Steps of the failover of the lost pool: what they print would speak of a pool that has not failed. */
const ofLostPool: ReadonlySet<StepId> = new Set<StepId>([
  'pre-stage',
  'check-replication',
  'declare-outage',
  'report-database',
  'rescue-export',
  'import-to-backup',
  'central-management',
  'edge-next-hop',
  'fail-over',
  'complete-failover',
]);

/** What was done stays ticked off; what was not is needed no more. */
export function inPlace({ pool }: ReadinessContext, id: StepId, particulars: Particulars): Particulars {
  if (pool.replaces === undefined || !ofLostPool.has(id)) return particulars;
  return { ...particulars, needed: particulars.done, actions: [], verify: [], note: null };
}
