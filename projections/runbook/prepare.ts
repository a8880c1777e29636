/** The steps before anything fails. */
import { printedExport } from '../../facts/exports.js';
import type { ExportEvent } from '../../facts/event-ref.js';
import { fileOnRecord } from '../../facts/overwritten.js';
import { exportCmdlet, importCmdlet, listCmdlets } from '../../policy/cmdlets.js';
import { canBeExported } from '../../policy/stages.js';
import { changesSinceExport, isTooOld, settingsSinceExport } from '../readiness/since-export.js';
import { addressesHeld, changeAddressCmdlets, type HeldAddress } from '../readiness/addresses.js';
import { counted } from '../readiness/finding.js';
import { fileArgument, lastExportOf, type ReadinessContext } from '../readiness/readiness-context.js';
import { wouldClash } from '../readiness/would-clash.js';
import { standIns } from '../readiness/by-file.js';
import { standInImports } from './incident-progress.js';
import { keepingEdits, notRemoved } from './overwriting.js';
import { recording, recordingExport, type Recording } from './record.js';
import { record, run, step, type Action, type Describe } from './step.js';

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
    actions: [
      ...run([exportCmdlet({ source: pool.fqdn, fileName: files.own })]),
      ...record(recordingExport({ pool: pool.fqdn, fileName: files.own })),
    ],
  });
};

export const exportPartner: Describe = (context, { began }) => {
  const { pair, partner, files } = context;
  const lastExport = lastExportOf(pair, partner.fqdn);
  return step({
    done: began === null ? !isTooOld({ ...context, lastExport }) : lastExport !== null,
    events: lastExport === null ? [] : [lastExport],
    actions: [
      ...run([exportCmdlet({ source: partner.fqdn, fileName: files.partners })]),
      ...record(recordingExport({ pool: partner.fqdn, fileName: files.partners })),
    ],
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
  const { pair, pool, partner, lastExport, files } = context;
  if (lastExport === null)
    return { needed: false, note: 'Nothing was exported: there is nothing to import.' };
  const { exportId } = lastExport.data;
  const rebuilt = isRebuilt(context, lastExport);
  const alone = rebuilt && canBeExported(pool);
  const objects = lastExport.data.objects.filter(({ owner }) => !alone || owner === pool.fqdn);
  if (objects.length === 0)
    return { needed: false, note: `${printedExport(lastExport)} holds nothing of ${pool.fqdn}.` };
  const edits = keepingEdits(
    context,
    { destination: partner.fqdn, file: fileOnRecord(pair, exportId), objects },
    { owner: pool.fqdn, fileName: files.homeward },
  );
  const clashes = wouldClash(context.pair, objects, partner.fqdn);
  const resolved = clashes ? { resolveNameConflicts: true } : {};
  const moved = rebuilt && !alone ? { overwriteOwner: true } : {};
  const overwriting = edits === null ? {} : { overwriteEdits: true };
  const freeing = freeingAddresses(addressesHeld(context.pair, objects, partner.fqdn));
  const notes = [
    ...(edits === null ? [] : [edits.note]),
    ...(freeing?.notes ?? []),
    ...(clashes
      ? [
          'Names clash, as readiness lists them: rename first, or keep -ResolveNameConflicts, which renames one of each two.',
        ]
      : []),
    ...(rebuilt ? [rebuiltNote(context, alone)] : []),
    ...(alone ? [] : [`The file is ${printedExport(lastExport)}.`]),
  ];
  return {
    // What nobody changed there is as good as the file.
    optional: edits !== null && notRemoved(standIns(context).missing, edits).length === 0,
    actions: [
      ...(edits?.actions ?? []),
      ...(freeing?.actions ?? []),
      ...(alone ? exportingAlone(context) : []),
      ...run([
        importCmdlet({
          destination: partner.fqdn,
          fileName: alone ? files.own : fileArgument(lastExport),
          ...resolved,
          ...moved,
        }),
      ]),
      ...record(
        recording(
          'import-response-groups',
          {
            destination: partner.fqdn,
            ...(alone ? {} : { exportId }),
            ...resolved,
            ...moved,
            ...overwriting,
          },
          alone ? { exportId: 'exportId that record-export answered' } : {},
        ),
      ),
    ],
    verify: listCmdlets(partner.fqdn, { owner: rebuilt && !alone ? partner.fqdn : pool.fqdn }),
    note: notes.join(' '),
  };
}

/** Whether the file holds objects of a partner that hosts none: an import of them has to overwrite their owner. */
const isRebuilt = ({ pair, partner }: ReadinessContext, { data }: ExportEvent): boolean =>
  ![...pair.copies.values()].some(({ parent }) => parent === partner.fqdn) &&
  data.objects.some(({ owner }) => owner === partner.fqdn);

const exportingAlone = ({ pool, files }: ReadinessContext): readonly Action[] => [
  ...run([exportCmdlet({ source: pool.fqdn, owner: pool.fqdn, fileName: files.own })]),
  ...record(recordingExport({ pool: pool.fqdn, owner: pool.fqdn, fileName: files.own })),
];

const rebuiltNote = ({ pool, partner }: ReadinessContext, alone: boolean): string =>
  alone
    ? `The last file holds objects of ${partner.fqdn}, which hosts nothing: export those of ${pool.fqdn} alone first.`
    : `The file holds objects of ${partner.fqdn}, which hosts nothing: the import makes ${partner.fqdn} the owner of all objects in the file.`;

/** The addresses to free before an import; null where none is held. */
export function freeingAddresses(
  held: readonly HeldAddress[],
): { readonly actions: readonly Action[]; readonly notes: readonly string[] } | null {
  const [first] = held;
  if (first === undefined) return null;
  return {
    actions: held.flatMap((one) => [...run(changeAddressCmdlets(one)), ...record(newAddress(one))]),
    notes: [
      `${counted(held.length, 'workflow')} of ${first.holder.parent} first needs another address, for the file has its address for another workflow. Choose the address freely, and record each change; then import.`,
    ],
  };
}

const newAddress = ({ holder, freeUri }: HeldAddress): Recording =>
  recording('modify-object', {
    pool: holder.parent,
    kind: 'workflow',
    id: holder.id,
    properties: { primaryUri: freeUri },
    tool: 'managementShell',
  });
