/** Decides import-response-groups: all objects of the export or none. */
import { removedByOwner, type PairFacts } from '../../../../facts/pair.js';
import { accepted, alreadyHolds, unknown, type Decision } from '../../decision.js';
import { evaluate } from '../../rules.js';
import { importHolds, planImport, type Import } from './import-plan.js';
import { editsStay } from './overwritten-edits.js';
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
  if (importHolds(pair, plan, command)) return alreadyHolds(exportId);

  const dead = plan.objects.filter(({ result: { owner, kind, id } }) =>
    removedByOwner(pair, owner, destination, kind, id),
  );
  const ruling = evaluate(
    () => destinationMustBeUp(pair, destination),
    () => rebuiltDestinationNeedsOverwriteOwner(plan, command),
    () => noClashes(plan, command),
    () => primaryUrisFree(plan),
    () => editsStay(pair, plan, command),
    () => warnOfMove(plan, command),
    () => warnOfSettings(pair, plan, command),
    () => warnOfRemovedByOwner(dead),
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
