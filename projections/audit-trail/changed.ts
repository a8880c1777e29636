/** What an event changed, in words: with the names of the objects, and the values before and after. */
import type { Recorded } from '../../events/envelope.js';
import type { PoolkeeperEvent } from '../../events/registry.js';
import { identityOf } from '../../facts/identity.js';
import { differenceText } from '../../policy/differences/text.js';
import { few } from '../../policy/texts/few.js';
import type { ObjectDifference } from '../differences/configurations.js';
import { changesAtMost, type EventChanges, type KeptChanges } from '../pair/changes.js';
import { kindNames, summaryOf, withTool } from './summary.js';

/**
 * What an event changed; null where it changed nothing, or nothing is known of it any more.
 * @param caused events that it brought about in its append: what a file showed
 */
export function changesMadeBy(
  event: Recorded<PoolkeeperEvent>,
  kept: KeptChanges | undefined,
  caused: readonly Recorded<PoolkeeperEvent>[] = [],
): EventChanges | null {
  if (event.type !== 'ResponseGroupsExported') return kept?.byEvent.get(event.id) ?? null;
  const shown = caused.flatMap((one) => kept?.byEvent.get(one.id)?.objects ?? createdIn(one));
  const known = new Set(shown.map(identityOf));
  const { pool, removeExported, objects } = event.data;
  const removed = (removeExported ? objects : [])
    .filter((object) => !known.has(identityOf(object)))
    .map(({ kind, id, name }) => plain('removed', { kind, id, name, pool }));
  const all = [...shown, ...removed];
  if (all.length === 0) return null;
  const moreObjects = Math.max(0, all.length - changesAtMost);
  return { objects: all.slice(0, changesAtMost), moreObjects };
}

function createdIn(event: Recorded<PoolkeeperEvent>): readonly ObjectDifference[] {
  if (event.type !== 'ObjectCreated') return [];
  const { kind, id, name, pool } = event.data;
  return [plain('created', { kind, id, name, pool })];
}

const plain = (
  change: ObjectDifference['change'],
  subject: Pick<ObjectDifference, 'kind' | 'id' | 'name' | 'pool'>,
): ObjectDifference => ({ change, ...subject, differences: [], moreDifferences: 0 });

/** The sentence of the trail with what is known of the changes; null for what belongs to no pool's trail. */
export function summaryWith(event: Recorded<PoolkeeperEvent>, changes: EventChanges | null): string | null {
  const summary = summaryOf(event);
  const [first] = changes?.objects ?? [];
  if (summary === null || changes === null || first === undefined) return summary;
  switch (event.type) {
    case 'ObjectModified':
      return `Changed ${labelOf(first)} on ${first.pool}${withTool(event.data.tool)}${colon(valuesOf(first))}`;
    case 'ObjectRemoved':
      return `Removed ${labelOf(first)} from ${first.pool}${withTool(event.data.tool)}`;
    case 'ResponseGroupsExported':
      return event.data.removeExported ? summary : `${summary}, and showed ${changesText(changes)}`;
    case 'ResponseGroupsImported': {
      const replaced = changes.objects.filter(({ change }) => change === 'modified');
      const text = changesText({ objects: replaced, moreObjects: 0 });
      return replaced.length === 0 ? summary : `${summary}; it changed ${text}`;
    }
    default:
      return summary;
  }
}

const labelOf = ({ kind, name }: ObjectDifference): string =>
  kind === 'application-settings' ? kindNames[kind] : `${kindNames[kind]} "${name}"`;

const colon = (text: string): string => (text === '' ? '' : `: ${text}`);

const valuesOf = ({ differences, moreDifferences }: ObjectDifference): string =>
  few(differences, {
    word: differenceText,
    separator: '; ',
    more: (rest) => `; and ${rest + moreDifferences} more`,
  });

const verbs = { created: 'new', modified: '', removed: 'removed' } as const;

const changesText = ({ objects, moreObjects }: EventChanges): string =>
  few(objects, {
    word: (object) =>
      [verbs[object.change], labelOf(object), valuesIn(object)].filter((part) => part !== '').join(' '),
    more: (rest) => ` and ${rest + moreObjects} more`,
  });

const valuesIn = (object: ObjectDifference): string =>
  object.differences.length === 0 ? '' : `(${valuesOf(object)})`;

/** Every change in a line of its own, for a cell of a sheet. */
export const changeLines = (changes: readonly ObjectDifference[], more: number): string =>
  [
    ...changes.flatMap((object) => {
      const label = [verbs[object.change], labelOf(object)].filter((part) => part !== '').join(' ');
      return object.differences.length === 0
        ? [label]
        : object.differences.map((difference) => `${label}: ${differenceText(difference)}`);
    }),
    ...(more === 0 ? [] : [`and ${more} more objects`]),
  ].join('\n');
