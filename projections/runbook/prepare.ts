/** The steps before anything fails. */
import { exportCmdlet, importCmdlet, listCmdlets } from '../../policy/cmdlets.js';
import { changesSinceExport, isTooOld, settingsSinceExport } from '../readiness/since-export.js';
import { fileOf, lastExportOf, type ReadinessContext } from '../readiness/readiness-context.js';
import { standIns, wouldClash } from '../readiness/transfer.js';
import { standInImports } from './incident-progress.js';
import { recording } from './record.js';
import { step, type Describe } from './step.js';

const isSaved = (context: ReadinessContext): boolean =>
  context.lastExport !== null &&
  changesSinceExport(context).length === 0 &&
  settingsSinceExport(context).length === 0;

export const exportPool: Describe = (context, { began }) => {
  const { pool, lastExport, files } = context;
  return step({
    // Once the pool is down, an export that there was is a step that was taken; readiness says what it lacks.
    done: began === null ? isSaved(context) && !isTooOld(context) : lastExport !== null,
    events: lastExport === null ? [] : [lastExport],
    powershell: [exportCmdlet({ source: pool.fqdn, fileName: files.own })],
    record: recording('record-export', { pool: pool.fqdn, fileName: files.own }),
  });
};

export const exportPartner: Describe = (context, { began }) => {
  const { pair, partner, files } = context;
  const lastExport = lastExportOf(pair, partner.fqdn);
  return step({
    done: began === null ? !isTooOld({ ...context, lastExport }) : lastExport !== null,
    events: lastExport === null ? [] : [lastExport],
    powershell: [exportCmdlet({ source: partner.fqdn, fileName: files.partners })],
    record: recording('record-export', { pool: partner.fqdn, fileName: files.partners }),
  });
};

export const preStage: Describe = (context, { began }) => {
  const before = standInImports(context).filter(({ position }) => began === null || position < began);
  const { missing, outdated } = standIns(context);
  return step({
    ...importing(context),
    done: before.length > 0 && (began !== null || (missing.length === 0 && outdated.length === 0)),
    events: before.slice(-1),
  });
};

/** The import of the last export into the partner. */
export function importing(context: ReadinessContext) {
  const { pool, partner, lastExport } = context;
  if (lastExport === null)
    return { needed: false, note: 'Nothing was exported: there is nothing to import.' };
  const clashes = wouldClash(context.pair, lastExport.data.objects, partner.fqdn);
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
