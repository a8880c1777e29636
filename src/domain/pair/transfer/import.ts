/** Decides import-response-groups: all objects of the export or none. */
import { partnerOf, requirePool } from '../../../../facts/copies.js';
import { removedByOwner, type ExportFacts, type PairFacts } from '../../../../facts/pair.js';
import { isDown } from '../../../../policy/stages.js';
import { accepted, unknown, type Decision, type Held, type Warning } from '../../decision.js';
import { evaluate, warn } from '../../rules.js';
import { importNeeds } from '../../../../facts/service-needs.js';
import { byServices } from '../by-services.js';
import { importHolds, planImport, type Import } from './import-plan.js';
import { editsStay, standInEditsGoAlong } from './overwritten-edits.js';
import {
  destinationMustBeUp,
  noClashes,
  primaryUrisFree,
  rebuiltDestinationNeedsOverwriteOwner,
  warnOfMove,
  warnOfRemovedByOwner,
  warnOfSettings,
} from './import-rules.js';

export function importResponseGroups(pair: PairFacts, command: Import): Decision {
  const { destination, exportId } = command;
  const file = pair.exports.get(exportId);
  if (file === undefined) return unknown('/exportId', `No export of this pair has the id "${exportId}".`);
  const plan = planImport(pair, file, command);
  if (importHolds(pair, plan, command)) {
    const held = heldImport(pair, command);
    return accepted([], {
      subject: exportId,
      warnings: warnOfOwnFile(pair, file, command),
      ...(held === undefined ? {} : { held }),
    });
  }

  const dead = plan.objects.filter(({ result: { owner, kind, id } }) =>
    removedByOwner(pair, owner, destination, kind, id),
  );
  const ruling = evaluate(
    () => destinationMustBeUp(pair, destination),
    () => rebuiltDestinationNeedsOverwriteOwner(plan, command),
    () => noClashes(plan, command),
    () => primaryUrisFree(plan),
    () => editsStay(pair, plan, command),
    () => standInEditsGoAlong(pair, plan, command),
    () => warnOfMove(plan, command),
    () => warnOfSettings(pair, plan, command),
    () => warnOfRemovedByOwner(dead),
    () => byServices(pair, importNeeds(destination, file.pool !== destination)),
  );
  if (ruling.outcome !== 'allowed') return ruling;
  const data = {
    exportId,
    destination,
    overwriteOwner: command.overwriteOwner ?? false,
    replaceExistingSettings: command.replaceExistingSettings ?? false,
    resolveNameConflicts: command.resolveNameConflicts ?? false,
    ...(command.overwriteEdits === true ? { overwriteEdits: true } : {}),
    objects: plan.objects.map(({ result }) => result),
  };
  return accepted([{ type: 'ResponseGroupsImported', data }], {
    because: ruling.because,
    warnings: ruling.warnings,
    subject: exportId,
  });
}

/** The last import of this export into this pool. */
function heldImport(pair: PairFacts, { destination, exportId }: Import): Held | undefined {
  const last = pair.incidentLog.findLast(
    ({ type, data }) =>
      type === 'ResponseGroupsImported' && data.exportId === exportId && data.destination === destination,
  );
  if (last === undefined) return undefined;
  return { what: `The import of export ${exportId} into ${destination}`, at: last.occurredAt };
}

/** While the pool is down, most likely the wrong destination was named: it has what the file holds, and no import brought it. */
function warnOfOwnFile(
  pair: PairFacts,
  file: ExportFacts,
  { destination, exportId }: Import,
): readonly Warning[] {
  const wasImported = pair.incidentLog.some(
    ({ type, data }) =>
      type === 'ResponseGroupsImported' && data.exportId === exportId && data.destination === destination,
  );
  const { stage } = requirePool(pair, destination);
  if (file.pool !== destination || wasImported || !isDown(stage)) return [];
  return warn(
    'import-into-its-own-pool',
    `The file was exported from ${destination} itself, which has all that it holds: nothing was written. If ${partnerOf(pair, destination).fqdn} is to stand in for it, import the file there (destination).`,
  );
}
