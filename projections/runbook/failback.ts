/** The steps back: what was changed on the backup pool comes home, and nothing is left behind there. */
import { applicationSettingsKind } from '../../events/vocabulary.js';
import { isLeftover } from '../../facts/copies.js';
import {
  exportCmdlet,
  failBackCmdlet,
  importCmdlet,
  listCmdlets,
  setSettingsCmdlets,
  showSettingsCmdlet,
} from '../../policy/cmdlets.js';
import { settingsAwayFromHome, settingsOfPartnerBefore } from '../readiness/application-settings.js';
import { fileOf, holds, type Situation } from '../readiness/readiness-context.js';
import { awayFromHome } from '../readiness/stand-in.js';
import { wouldClash } from '../readiness/transfer.js';
import { homewardExports, homewardImports, standing } from './incident-progress.js';
import { signingIn, testCall } from './people.js';
import { recording } from './record.js';
import { step, ticked, type Describe } from './step.js';

export const failBack: Describe = ({ pool }, course) =>
  ticked(standing(course, 'FailbackInitiated', 'FailbackFailed'), {
    powershell: [failBackCmdlet(pool.fqdn)],
    record: recording('failback', { pool: pool.fqdn }),
  });

export const completeFailback: Describe = ({ pool }, course) =>
  ticked(standing(course, 'FailbackCompleted'), {
    record: recording('complete-failback', { pool: pool.fqdn }),
  });

const nothingAway = (situation: Situation): boolean =>
  awayFromHome(situation).length === 0 && !settingsAwayFromHome(situation);
const unchanged =
  'Nothing that was changed on the backup pool is missing here: needed only if the pool was rebuilt.';

export const exportHomeward: Describe = (situation, { began }) => {
  const { pool, partner, imported, files } = situation;
  const latest = homewardExports(situation, false).at(-1);
  const complete =
    latest !== undefined &&
    awayFromHome(situation).every((copy) => holds(latest.data, copy)) &&
    (!settingsAwayFromHome(situation) || (partner.settingsChange?.position ?? 0n) < latest.position);
  const home = nothingAway(situation);
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
        : `${fileOf(latest)} does not have what was changed since: export anew.`,
  });
};

export const importHomeward: Describe = (situation, course) => {
  const { pair, pool, imported, files } = situation;
  const imports = homewardImports(situation);
  const exported = exportHomeward(situation, course);
  const latest = homewardExports(situation, false).at(-1);
  const file = exported.done ? latest : undefined;
  const replaceSettings = settingsAwayFromHome(situation);
  const resolveNameConflicts = wouldClash(pair, file?.data.objects ?? imported, pool.fqdn);
  const home = nothingAway(situation);
  return step({
    needed: imported.length > 0 && (course.began !== null || !home),
    done: imports.length > 0 && home && course.began !== null,
    events: imports.slice(-1),
    optional: home,
    powershell: [
      importCmdlet({
        destination: pool.fqdn,
        fileName: file === undefined ? files.homeward : fileOf(file),
        overwriteOwner: true,
        replaceSettings,
        resolveNameConflicts,
      }),
    ],
    verify: listCmdlets(pool.fqdn, 'all'),
    record: recording('import-response-groups', {
      destination: pool.fqdn,
      exportId: file?.data.exportId ?? '<exportId that record-export answered>',
      overwriteOwner: true,
      ...(replaceSettings ? { replaceExistingSettings: true } : {}),
      ...(resolveNameConflicts ? { resolveNameConflicts } : {}),
    }),
    note: home ? unchanged : null,
  });
};

/** A failover from failed-back that failed leads back there in an incident that has had no failback. */
export const signInAtHome: Describe = (situation, course) => {
  const since = situation.pool.stage === 'failed-back' ? course.began : null;
  const failedBack = standing(course, 'FailbackCompleted').at(-1);
  return signingIn(situation, situation.own, failedBack?.position ?? since);
};

export const testAtHome: Describe = ({ own }) => testCall(own);

/** Settings that were carried ahead of need are there for the incident to come: nobody wants them undone before. */
const servedTheirPurpose = ({ pair, pool, partner }: Situation): boolean =>
  pair.incidents.some(
    (incident) =>
      incident.pool === pool.fqdn &&
      (incident.endedAtPosition === null ||
        incident.endedAtPosition > (partner.settingsReplaced?.position ?? 0n)),
  );

export const restoreSettings: Describe = (situation, { began }) => {
  const { partner } = situation;
  const before = settingsOfPartnerBefore(situation);
  const { settingsReplaced: replaced, settingsChange: change } = partner;
  const restored =
    before === null &&
    began !== null &&
    change?.type === 'ObjectModified' &&
    replaced !== null &&
    replaced.position < change.position;
  return step({
    needed: before !== null && servedTheirPurpose(situation),
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

export const removeCopies: Describe = (situation, course) => {
  const { pair, pool, partner, imported, files } = situation;
  const removals = homewardExports(situation, true);
  const left = course.began === null ? imported.filter((copy) => isLeftover(pair, copy)) : imported;
  return step({
    needed: left.length > 0,
    done: course.began !== null && removals.length > 0 && imported.length === 0,
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
    note: nothingAway(situation)
      ? null
      : `Not yet: what was changed on ${partner.fqdn} is not home, and would be in this file only.`,
  });
};

export const closeIncident: Describe = (situation) =>
  step({
    record: recording('close-incident', { pool: situation.pool.fqdn }),
    note: nothingAway(situation) ? null : 'Not yet: what was changed on the backup pool is not home.',
  });
