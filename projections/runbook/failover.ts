/** The steps while the pool goes down and is down. */
import type { IncidentLogEntry } from '../../facts/event-ref.js';
import type { Copy, PoolFacts } from '../../facts/pair.js';
import { disasterModeFor } from '../../facts/services.js';
import {
  centralManagementCmdlets,
  centralManagementFailover,
  edgeCmdlets,
  exportCmdlet,
  failOverCmdlet,
  listCmdlets,
} from '../../policy/cmdlets.js';
import { isDown, traitsOf } from '../../policy/stages.js';
import { few } from '../../policy/texts/few.js';
import { settingsNotCarried } from '../readiness/application-settings.js';
import { unsaved } from '../readiness/since-export.js';
import { exportsOf, type ReadinessContext } from '../readiness/readiness-context.js';
import { setBackByFile, standIns } from '../readiness/by-file.js';
import { standInImports, latestUnrevoked } from './incident-progress.js';
import { importing } from './prepare.js';
import { recording, recordingExport } from './record.js';
import { beforeEnter, onceItHasEnded, unlessStarted } from './moments.js';
import { signingIn, testCall } from './people.js';
import { centralManagementNote, siteLinkNote, standInNotes } from './services.js';
import { step, completed, record, run, type Describe } from './step.js';

export const declareOutage: Describe = ({ pool }, progress) =>
  completed(latestUnrevoked(progress, 'OutageDeclared'), {
    // Whatever was reported before: nobody has looked since the pool went down.
    actions: record(recording('declare-outage', { pool: pool.fqdn, backEndDatabase: 'unknown' })),
  });

export const reportDatabase: Describe = ({ pool }, { happened }) => {
  const reported = [
    ...happened('OutageDeclared').filter(
      ({ data }) => 'backEndDatabase' in data && data.backEndDatabase !== 'unknown',
    ),
    ...happened('BackEndDatabaseReported'),
  ];
  return step({
    done: pool.backEndDatabase !== 'unknown' && reported.length > 0,
    events: reported.slice(-1),
    // Once failover has begun, what matters more comes first.
    optional: !traitsOf(pool.stage).awaitsFailover,
    actions: [
      ...run(listCmdlets(pool.fqdn, 'all').slice(0, 1)),
      ...record(
        recording('report-back-end-database', { pool: pool.fqdn }, { state: 'available|unavailable' }),
      ),
    ],
    note: `Known so far: ${pool.backEndDatabase}. Available is what answers the listing; record unavailable only if it does not.`,
  });
};

export const rescueExport: Describe = (context, { began }) => {
  const { pair, pool, files } = context;
  const { created, changed } = unsaved(context);
  const since = exportsOf(pair).filter(
    ({ position, data }) => began !== null && position > began && data.pool === pool.fqdn,
  );
  const open = created.length + changed.length + setBackByFile(context).length > 0;
  return step({
    needed: open && pool.backEndDatabase !== 'unavailable',
    done: !open && since.length > 0,
    events: since.slice(-1),
    optional: pool.backEndDatabase === 'unknown',
    actions: [
      ...run([exportCmdlet({ source: pool.fqdn, fileName: files.own })]),
      ...record(recordingExport({ pool: pool.fqdn, fileName: files.own })),
    ],
  });
};

/** In the failback what stood in may be gone again: the import was made all the same. */
function stoodIn(context: ReadinessContext, began: bigint | null): boolean {
  const { pair, pool, partner } = context;
  if (began === null || isDown(pool.stage)) return false;
  const clearances = exportsOf(pair).filter(
    ({ position, data }) => position < began && data.removeExported && data.pool === partner.fqdn,
  );
  return standInImports(context).some(({ position }) => clearances.every((one) => one.position < position));
}

export const importToBackup: Describe = (context, { began }) => {
  const { missing, outdated } = standIns(context);
  const open = missing.length + outdated.length > 0;
  const imports = standInImports(context);
  const { note, ...rest } = importing(context);
  const uncarried = settingsNotCarried(context).length > 0;
  const setBack = setBackByFile(context);
  const notes = [
    ...(note === '' ? [] : [note]),
    ...(setBack.length === 0
      ? []
      : [`Replication brought later than the file, and set back by it: ${few(setBack, { word: nameOf })}.`]),
  ];
  const settingsNote = `The application settings of ${context.pool.fqdn} stay behind without -ReplaceExistingRgsSettings; with it those of ${context.partner.fqdn} are overwritten, so export that first.`;
  return step({
    ...rest,
    note: [...notes, ...(uncarried ? [settingsNote] : [])].join(' '),
    needed: open,
    done: imports.length > 0 && (!open || stoodIn(context, began)),
    events: imports.slice(-1),
  });
};

const nameOf = ({ kind, name }: Copy): string => `${kind} ${name}`;

export const centralManagement: Describe = (context) => {
  const { pool } = context;
  const known = centralManagementNote(context);
  if (known !== null) {
    return step({
      actions: run([...centralManagementCmdlets(pool.fqdn), ...centralManagementFailover(known.isDown)]),
      note: known.note,
    });
  }
  return step({
    optional: true,
    actions: run(centralManagementCmdlets(pool.fqdn)),
    note: 'If it has to be failed over: Invoke-CsManagementServerFailover with -BackupSqlServerFqdn, -BackupSqlInstanceName and -Force where it cannot be reached any more.',
  });
};

export const edgeNextHop: Describe = ({ partner }) =>
  step({ optional: true, actions: run(edgeCmdlets(partner.fqdn)) });

export const failOver: Describe = (context, progress) => {
  const { pool } = context;
  const begun = latestUnrevoked(progress, 'FailoverInitiated', 'FailoverFailed');
  const { disasterMode, why } = modeOf(pool, begun);
  return completed(begun, {
    note: [...siteLinkNote(context), ...standInNotes(context), ...why].join(' ') || null,
    actions: [
      ...record(recording('initiate-failover', { pool: pool.fqdn, disasterMode }), beforeEnter),
      ...run([failOverCmdlet(pool.fqdn, disasterMode)]),
      ...record(recording('complete-failover', { pool: pool.fqdn }), onceItHasEnded),
    ],
  });
};

/** As it was begun; else as the record has it. Why is said where the record alone decides, and the stage does not. */
function modeOf(
  pool: PoolFacts,
  begun: readonly IncidentLogEntry[],
): { readonly disasterMode: boolean; readonly why: readonly string[] } {
  const [initiated] = begun;
  if (initiated?.type === 'FailoverInitiated') return { disasterMode: initiated.data.disasterMode, why: [] };
  const { disasterMode, why } = disasterModeFor(pool);
  if (traitsOf(pool.stage).awaitsFailover) return { disasterMode, why: [`With -DisasterMode: ${why}.`] };
  return {
    disasterMode,
    why: disasterMode
      ? [`With -DisasterMode: ${why}.`]
      : ['For a pool that is up. If it has failed, record the outage first: these lines are others then.'],
  };
}

export const completeFailover: Describe = ({ pool }, progress) => {
  const disasterMode = progress
    .happened('FailoverInitiated')
    .some(({ data }) => 'disasterMode' in data && data.disasterMode);
  return completed(latestUnrevoked(progress, 'FailoverCompleted'), {
    actions: [
      ...run([failOverCmdlet(pool.fqdn, disasterMode)], unlessStarted),
      ...record(recording('complete-failover', { pool: pool.fqdn }), onceItHasEnded),
    ],
  });
};

export const signInOnBackup: Describe = (context, progress) =>
  signingIn(
    context,
    context.imported,
    latestUnrevoked(progress, 'FailoverCompleted').at(-1)?.position ?? null,
  );

export const testOnBackup: Describe = ({ imported }) => testCall(imported);
