/** The steps back: what was changed on the backup pool comes home, and nothing is left behind there. */
import { applicationSettingsKind } from '../../events/vocabulary.js';
import { isLeftover } from '../../facts/copies.js';
import { printedExport } from '../../facts/exports.js';
import { fileOnRecord } from '../../facts/overwritten.js';
import {
  exportCmdlet,
  failBackCmdlet,
  importCmdlet,
  listCmdlets,
  setSettingsCmdlets,
  showSettingsCmdlet,
} from '../../policy/cmdlets.js';
import { traitsOf } from '../../policy/stages.js';
import { settingsAwayFromHome, settingsOfPartnerBefore } from '../readiness/application-settings.js';
import { fileArgument, holds, type ReadinessContext } from '../readiness/readiness-context.js';
import { awayFromHome } from '../readiness/stand-in.js';
import { addressesHeld } from '../readiness/addresses.js';
import { wouldClash } from '../readiness/would-clash.js';
import { homewardExports, homewardImports, latestUnrevoked } from './incident-progress.js';
import { signingIn, testCall } from './people.js';
import { freeingAddresses } from './prepare.js';
import { keepingEdits } from './overwriting.js';
import { recording } from './record.js';
import { step, completed, type Describe } from './step.js';

export const failBack: Describe = ({ pool }, progress) =>
  completed(latestUnrevoked(progress, 'FailbackInitiated', 'FailbackFailed'), {
    powershell: [failBackCmdlet(pool.fqdn)],
    record: recording('failback', { pool: pool.fqdn }),
  });

export const completeFailback: Describe = ({ pool }, progress) =>
  completed(latestUnrevoked(progress, 'FailbackCompleted'), {
    record: recording('complete-failback', { pool: pool.fqdn }),
  });

const nothingAway = (context: ReadinessContext): boolean =>
  awayFromHome(context).length === 0 && !settingsAwayFromHome(context);
const unchanged =
  'Nothing that was changed on the backup pool is missing here: needed only if the pool was rebuilt.';

export const exportHomeward: Describe = (context, { began }) => {
  const { pool, partner, imported, files } = context;
  const latest = homewardExports(context, false).at(-1);
  const complete =
    latest !== undefined &&
    awayFromHome(context).every((copy) => holds(latest.data, copy)) &&
    (!settingsAwayFromHome(context) || (partner.settingsChange?.position ?? 0n) < latest.position);
  const home = nothingAway(context);
  return step({
    needed: imported.length > 0 && (began !== null || !home),
    done: complete && (began !== null || !home),
    events: latest === undefined ? [] : [latest],
    optional: home,
    powershell: [exportCmdlet({ source: partner.fqdn, owner: pool.fqdn, fileName: files.homeward })],
    record: recording('record-export', { pool: partner.fqdn, owner: pool.fqdn, fileName: files.homeward }),
    note: home
      ? unchanged
      : latest === undefined || complete
        ? null
        : `${printedExport(latest)} does not have what was changed since: export anew.`,
  });
};

export const importHomeward: Describe = (context, progress) => {
  const { pair, pool, partner, imported, files } = context;
  const imports = homewardImports(context);
  const exported = exportHomeward(context, progress);
  const latest = homewardExports(context, false).at(-1);
  const file = exported.done ? latest : undefined;
  const replaceSettings = settingsAwayFromHome(context);
  const objects = file?.data.objects ?? imported;
  const resolveNameConflicts = wouldClash(pair, objects, pool.fqdn);
  const freeing = freeingAddresses(addressesHeld(pair, objects, pool.fqdn));
  const edits = keepingEdits(
    context,
    {
      destination: pool.fqdn,
      file:
        file === undefined ? { pool: partner.fqdn, written: null } : fileOnRecord(pair, file.data.exportId),
      objects,
    },
    { fileName: files.own },
  );
  const home = nothingAway(context);
  const notes = [
    ...(edits === null ? [] : [edits.note]),
    ...(freeing?.notes ?? []),
    ...(file === undefined ? [] : [`The file is ${printedExport(file)}.`]),
    ...(home ? [unchanged] : []),
  ];
  return step({
    needed: imported.length > 0 && (progress.began !== null || !home),
    done: imports.length > 0 && home && progress.began !== null,
    events: imports.slice(-1),
    optional: home,
    powershell: [
      ...(edits?.powershell ?? []),
      ...(freeing?.powershell ?? []),
      importCmdlet({
        destination: pool.fqdn,
        fileName: file === undefined ? files.homeward : fileArgument(file),
        overwriteOwner: true,
        replaceSettings,
        resolveNameConflicts,
      }),
    ],
    verify: listCmdlets(pool.fqdn, 'all'),
    record:
      edits?.record ??
      freeing?.record ??
      recording('import-response-groups', {
        destination: pool.fqdn,
        exportId: file?.data.exportId ?? '<exportId that record-export answered>',
        overwriteOwner: true,
        ...(replaceSettings ? { replaceExistingSettings: true } : {}),
        ...(resolveNameConflicts ? { resolveNameConflicts } : {}),
        ...(edits === null ? {} : { overwriteEdits: true }),
      }),
    note: notes.length === 0 ? null : notes.join(' '),
  });
};

/** A failover from failed-back that failed leads back there in an incident that has had no failback. */
export const signInAtHome: Describe = (context, progress) => {
  const since = traitsOf(context.pool.stage).signInAgain === 'own' ? progress.began : null;
  const failedBack = latestUnrevoked(progress, 'FailbackCompleted').at(-1);
  return signingIn(context, context.own, failedBack?.position ?? since);
};

export const testAtHome: Describe = ({ own }) => testCall(own);

/** Settings that were carried ahead of need are there for the incident to come: nobody wants them undone before. */
const servedTheirPurpose = ({ pair, pool, partner }: ReadinessContext): boolean =>
  pair.incidents.some(
    (incident) =>
      incident.pool === pool.fqdn &&
      (incident.endedAtPosition === null ||
        incident.endedAtPosition > (partner.settingsReplaced?.position ?? 0n)),
  );

export const restoreSettings: Describe = (context, { began }) => {
  const { partner } = context;
  const before = settingsOfPartnerBefore(context);
  const { settingsReplaced: replaced, settingsChange: change } = partner;
  const restored =
    before === null &&
    began !== null &&
    change?.type === 'ObjectModified' &&
    replaced !== null &&
    replaced.position < change.position;
  return step({
    needed: before !== null && servedTheirPurpose(context),
    done: restored,
    events: restored ? [change] : [],
    powershell: before === null ? [] : setSettingsCmdlets(partner.fqdn, before),
    verify: [showSettingsCmdlet(partner.fqdn)],
    record:
      before === null
        ? null
        : recording('modify-object', {
            pool: partner.fqdn,
            kind: applicationSettingsKind,
            properties: before,
            tool: 'managementShell',
          }),
  });
};

export const removeCopies: Describe = (context, progress) => {
  const { pair, pool, partner, imported, files } = context;
  const removals = homewardExports(context, true);
  const left = progress.began === null ? imported.filter((copy) => isLeftover(pair, copy)) : imported;
  return step({
    needed: left.length > 0,
    done: progress.began !== null && removals.length > 0 && imported.length === 0,
    events: removals.slice(-1),
    optional: true,
    powershell: [
      exportCmdlet({ source: partner.fqdn, owner: pool.fqdn, fileName: files.removed, remove: true }),
    ],
    verify: [...listCmdlets(partner.fqdn, { owner: pool.fqdn }), ...listCmdlets(pool.fqdn, 'all')],
    record: recording('record-export', {
      pool: partner.fqdn,
      owner: pool.fqdn,
      fileName: files.removed,
      removeExported: true,
    }),
    note: nothingAway(context)
      ? null
      : `Not yet: what was changed on ${partner.fqdn} is not home, and would be in this file only.`,
  });
};

export const closeIncident: Describe = (context) =>
  step({
    record: recording('close-incident', { pool: context.pool.fqdn }),
    note: nothingAway(context) ? null : 'Not yet: what was changed on the backup pool is not home.',
  });
