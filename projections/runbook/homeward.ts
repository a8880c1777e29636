/** What was changed on the backup pool comes home. */
import { isToBeReplaced, missingAtHome } from '../../facts/carriers.js';
import { printedExport } from '../../facts/exports.js';
import { settingsToGive } from '../../facts/carried-settings.js';
import type { Copy } from '../../facts/pair.js';
import { fileOnRecord } from '../../facts/overwritten.js';
import { exportCmdlet, importCmdlet, listCmdlets } from '../../policy/cmdlets.js';
import { addressesHeld } from '../readiness/addresses.js';
import { settingsAwayFromHome } from '../readiness/application-settings.js';
import { fileArgument, holds, type ReadinessContext } from '../readiness/readiness-context.js';
import { ownerForProduct } from '../readiness/remedies.js';
import { awayFromHome } from '../readiness/stand-in.js';
import { wouldClash } from '../readiness/would-clash.js';
import { homewardExports, homewardImports } from './incident-progress.js';
import { keepingEdits } from './overwriting.js';
import { freeingAddresses } from './prepare.js';
import { recording, recordingExport } from './record.js';
import { settingAgain } from './settings.js';
import { step, record, run, type Action, type Describe } from './step.js';

/** Also all that a pool in the place of another does not have: it is built empty. */
function toBring(context: ReadinessContext): readonly Copy[] {
  const { pair, pool, imported } = context;
  if (isToBeReplaced(pool)) return imported.filter(({ ownerRemoved }) => !ownerRemoved);
  return [...awayFromHome(context), ...(pool.replaces === undefined ? [] : missingAtHome(pair, pool.fqdn))];
}

export const nothingAway = (context: ReadinessContext): boolean =>
  toBring(context).length === 0 && !settingsAwayFromHome(context);

const unchanged = ({ pool, partner }: ReadinessContext): string =>
  pool.replaces === undefined
    ? 'Nothing that was changed on the backup pool is missing here: needed only if the pool was rebuilt.'
    : `${pool.fqdn} has all that stands in on ${partner.fqdn}, as it is there.`;

/** Whether the import brings them. A file that was read may have none, and where nothing stands in nothing is imported: they are set by hand then. */
export const settingsComeAlong = (context: ReadinessContext): boolean =>
  settingsAwayFromHome(context) &&
  context.imported.length > 0 &&
  homewardExports(context, false).at(-1)?.data.file?.holdsSettings !== false;

/** The lines for the settings of the lost pool, where no import brings them: they are set before the new pool serves. */
export function settingsByHand(context: ReadinessContext): readonly Action[] {
  const open = settingsToGive(context.pair, context.pool);
  if (open === null || settingsComeAlong(context)) return [];
  return settingAgain(context.pool.fqdn, open.settings);
}

function settingsNote(context: ReadinessContext): readonly string[] {
  const open = settingsToGive(context.pair, context.pool);
  if (open === null) return [];
  return [
    settingsComeAlong(context)
      ? `-ReplaceExistingRgsSettings brings the application settings of ${open.lost}, under which ${context.partner.fqdn} runs.`
      : `Without -ReplaceExistingRgsSettings: ${open.onPartner ? 'the file has no application settings' : `those in the file are not the ones of ${open.lost}`}. They are set by hand before ${context.pool.fqdn} serves.`,
  ];
}

const onceReplaced = ({ pool: { fqdn, route } }: ReadinessContext): string =>
  `It is imported into ${route?.replacement ?? 'the new pool'}, once that is recorded in the place of ${fqdn}.`;

export const exportHomeward: Describe = (context, { began }) => {
  const { pool, partner, imported, files } = context;
  const latest = homewardExports(context, false).at(-1);
  const complete =
    latest !== undefined &&
    toBring(context).every((copy) => holds(latest.data, copy)) &&
    (!settingsAwayFromHome(context) || (partner.settingsChange?.position ?? 0n) < latest.position);
  const home = nothingAway(context);
  return step({
    needed: imported.length > 0 && (began !== null || !home),
    done: complete && (began !== null || !home),
    events: latest === undefined ? [] : [latest],
    optional: home,
    actions: [
      ...run([
        exportCmdlet({
          source: partner.fqdn,
          owner: ownerForProduct(context),
          fileName: files.homeward,
        }),
      ]),
      ...record(recordingExport({ pool: partner.fqdn, owner: pool.fqdn, fileName: files.homeward })),
    ],
    note: home
      ? unchanged(context)
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
  const replaceSettings = settingsComeAlong(context);
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
  if (isToBeReplaced(pool)) return step({ needed: imported.length > 0, note: onceReplaced(context) });
  const notes = [
    ...(edits === null ? [] : [edits.note]),
    ...(freeing?.notes ?? []),
    ...(file === undefined ? [] : [`The file is ${printedExport(file)}.`]),
    ...settingsNote(context),
    ...(home ? [unchanged(context)] : []),
  ];
  return step({
    needed: imported.length > 0 && (progress.began !== null || !home),
    done: imports.length > 0 && home && progress.began !== null,
    events: imports.slice(-1),
    optional: home,
    actions: [
      ...(edits?.actions ?? []),
      ...(freeing?.actions ?? []),
      ...run([
        importCmdlet({
          destination: pool.fqdn,
          fileName: file === undefined ? files.homeward : fileArgument(file),
          overwriteOwner: true,
          replaceSettings,
          resolveNameConflicts,
        }),
      ]),
      ...record(
        recording(
          'import-response-groups',
          {
            destination: pool.fqdn,
            ...(file === undefined ? {} : { exportId: file.data.exportId }),
            overwriteOwner: true,
            ...(replaceSettings ? { replaceExistingSettings: true } : {}),
            ...(resolveNameConflicts ? { resolveNameConflicts } : {}),
            ...(edits === null ? {} : { overwriteEdits: true }),
          },
          file === undefined ? { exportId: 'exportId that record-export answered' } : {},
        ),
      ),
    ],
    verify: listCmdlets(pool.fqdn, 'all'),
    note: notes.length === 0 ? null : notes.join(' '),
  });
};
