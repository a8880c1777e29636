/** The steps before anything fails. */
import { exportCmdlet, importCmdlet, listCmdlets } from '../../policy/cmdlets.js';
import { changesSinceExport, isTooOld, settingsSinceExport } from '../readiness/since-export.js';
import { fileOf, lastExportOf, type Situation } from '../readiness/readiness-context.js';
import { standIns, wouldClash } from '../readiness/transfer.js';
import { standInImports } from './incident-progress.js';
import { recording } from './record.js';
import { step, type Describe } from './step.js';

const isSaved = (situation: Situation): boolean =>
  situation.lastExport !== null &&
  changesSinceExport(situation).length === 0 &&
  settingsSinceExport(situation).length === 0;

export const exportPool: Describe = (situation, { began }) => {
  const { pool, lastExport, files } = situation;
  return step({
    // Once the pool is down, an export that there was is a step that was taken; readiness says what it lacks.
    done: began === null ? isSaved(situation) && !isTooOld(situation) : lastExport !== null,
    events: lastExport === null ? [] : [lastExport],
    powershell: [exportCmdlet({ source: pool.fqdn, fileName: files.own })],
    record: recording('record-export', { pool: pool.fqdn, fileName: files.own }),
  });
};

export const exportPartner: Describe = (situation, { began }) => {
  const { pair, partner, files } = situation;
  const lastExport = lastExportOf(pair, partner.fqdn);
  return step({
    done: began === null ? !isTooOld({ ...situation, lastExport }) : lastExport !== null,
    events: lastExport === null ? [] : [lastExport],
    powershell: [exportCmdlet({ source: partner.fqdn, fileName: files.partners })],
    record: recording('record-export', { pool: partner.fqdn, fileName: files.partners }),
  });
};

export const preStage: Describe = (situation, { began }) => {
  const before = standInImports(situation).filter(({ position }) => began === null || position < began);
  const { missing, outdated } = standIns(situation);
  return step({
    ...importing(situation),
    done: before.length > 0 && (began !== null || (missing.length === 0 && outdated.length === 0)),
    events: before.slice(-1),
  });
};

/** The import of the last export into the partner. */
export function importing(situation: Situation) {
  const { pool, partner, lastExport } = situation;
  if (lastExport === null)
    return { needed: false, note: 'Nothing was exported: there is nothing to import.' };
  const clashes = wouldClash(situation.pair, lastExport.data.objects, partner.fqdn);
  const resolved = clashes ? { resolveNameConflicts: true } : {};
  return {
    powershell: [importCmdlet({ destination: partner.fqdn, fileName: fileOf(lastExport), ...resolved })],
    verify: listCmdlets(partner.fqdn, { owner: pool.fqdn }),
    record: recording('import-response-groups', {
      destination: partner.fqdn,
      exportId: lastExport.data.exportId,
      ...resolved,
    }),
    ...(clashes
      ? {
          note: 'Names clash, as readiness lists them: rename first, or keep -ResolveNameConflicts, which renames one of each two.',
        }
      : {}),
  };
}
