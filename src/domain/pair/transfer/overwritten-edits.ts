/** Rules about what an import would undo at its destination. */
import { fileOnRecord, overwrittenBy, type Overwritten } from '../../../../facts/overwritten.js';
import type { PairFacts } from '../../../../facts/pair.js';
import { copyOf, partnerOf, requirePool } from '../../../../facts/copies.js';
import { differencesBetween, type NameOf } from '../../../../policy/differences/differences.js';
import { differenceText } from '../../../../policy/differences/text.js';
import { few, fewSentences } from '../../../../policy/texts/few.js';
import { allowed, refusedBy, warn, type Ruling } from '../../rules.js';
import { labelOf } from '../hosted.js';
import type { Import, ImportPlan } from './import-plan.js';

/** What was changed at the destination is overwritten only on request; the refusal and the warning name it. */
export function editsStay(pair: PairFacts, plan: ImportPlan, command: Import): Ruling {
  const { destination, file } = plan;
  const incoming = plan.objects.map(({ incoming: object, result: { name } }) => ({ ...object, name }));
  const overwritten = overwrittenBy(pair, fileOnRecord(pair, file.exportId), destination, incoming);
  if (overwritten.length === 0) return allowed();
  const nameOf: NameOf = (kind, id) =>
    copyOf(pair, destination, kind, id)?.name ??
    incoming.find((object) => object.kind === kind && object.id === id)?.name;
  const sentences = fewSentences(overwritten.map((one) => sentenceOf(one, destination, nameOf)));
  if (command.overwriteEdits === true) {
    return allowed({ warnings: warn('edits-overwritten', `Overwritten are: ${sentences}`) });
  }
  return refusedBy('edits-would-be-overwritten', sentences, {
    allowed: ['overwriteEdits', `record-export ${destination}`],
  });
}

/**
 * What was changed on the pool that stands in goes along to the pool that takes the place of the lost one. There it
 * overwrites nothing, for nothing is there; but a file of before the failover would leave it behind.
 */
export function standInEditsGoAlong(pair: PairFacts, plan: ImportPlan, command: Import): Ruling {
  const { destination, file } = plan;
  const { replaces } = requirePool(pair, destination);
  if (replaces === undefined) return allowed();
  const partner = partnerOf(pair, destination).fqdn;
  const incoming = plan.objects
    .map(({ incoming: object }) => object)
    .filter(({ owner }) => owner === destination);
  const left = overwrittenBy(pair, fileOnRecord(pair, file.exportId), partner, incoming);
  if (left.length === 0) return allowed();
  const nameOf: NameOf = (kind, id) => copyOf(pair, partner, kind, id)?.name;
  const sentences = fewSentences(left.map((one) => sentenceOf(one, partner, nameOf)));
  if (command.overwriteEdits === true) {
    return allowed({ warnings: warn('stand-in-edits-left-behind', `Left behind are: ${sentences}`) });
  }
  return refusedBy(
    'stand-in-edits-go-along',
    `The file is older than what stands in for ${replaces.fqdn}. ${sentences} Export what ${destination} owns from ${partner} to a new file, and import that one.`,
    { allowed: [`record-export ${partner} --owner ${destination}`, 'overwriteEdits'] },
  );
}

/** With the values there, and those that the import would set. */
function sentenceOf({ incoming, copy, by }: Overwritten, destination: string, nameOf: NameOf): string {
  const when = `${by.occurredAt} by ${by.actor}`;
  if (copy === null) {
    return `The ${labelOf(incoming)} was removed from ${destination} at ${when}, and would come back.`;
  }
  // Whose it is afterwards, -OverwriteOwner decides.
  const [there, after] = [copy, incoming].map(({ owner: _, ...state }) => state);
  const changed = differencesBetween(copy.kind, there ?? null, after ?? null, nameOf).map(differenceText);
  const what = changed.length === 0 ? '' : `: ${few(changed, { word: (one) => one, separator: '; ' })}`;
  const how = by.type === 'ResponseGroupsImported' ? 'imported there' : 'changed there';
  return `The ${labelOf(copy)} on ${destination} was ${how} at ${when}, which the file does not have${what}.`;
}
