/** Rules about what an import would undo at its destination. */
import { fileOnRecord, overwrittenBy, type Overwritten } from '../../../../facts/overwritten.js';
import type { PairFacts } from '../../../../facts/pair.js';
import { cmdletWord } from '../../../../policy/object-properties/cmdlet-word.js';
import { sameJson } from '../../../../policy/same-json.js';
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
  const sentences = fewSentences(overwritten.map((one) => sentenceOf(one, destination)));
  if (command.overwriteEdits === true) {
    return allowed({ warnings: warn('edits-overwritten', `Overwritten are: ${sentences}`) });
  }
  return refusedBy('edits-would-be-overwritten', sentences, {
    allowed: ['overwriteEdits', `record-export ${destination}`],
  });
}

function sentenceOf({ incoming, copy, by }: Overwritten, destination: string): string {
  const when = `${by.occurredAt} by ${by.actor}`;
  if (copy === null) {
    return `The ${labelOf(incoming)} was removed from ${destination} at ${when}, and would come back.`;
  }
  const changed = [
    ...(copy.name === incoming.name ? [] : ['Name']),
    ...[...new Set([...Object.keys(copy.properties), ...Object.keys(incoming.properties)])]
      .filter((name) => !sameJson(copy.properties[name], incoming.properties[name]))
      .map(cmdletWord),
  ];
  const what = changed.length === 0 ? '' : `: ${few(changed, { word: (name) => name })}`;
  const how = by.type === 'ResponseGroupsImported' ? 'imported there' : 'changed there';
  return `The ${labelOf(copy)} on ${destination} was ${how} at ${when}, which the file does not have${what}.`;
}
