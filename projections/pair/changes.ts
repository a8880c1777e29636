/**
 * How events changed the objects of a pair. An event has the new values only, and an id where people want a name: both are
 * in the facts before it, so the fold keeps what differed. The audit trail tells of it.
 */
import type { ResponseGroupsImported } from '../../events/transfer.js';
import type { PoolkeeperEvent } from '../../events/registry.js';
import { applicationSettingsKind, type EditableKind } from '../../events/vocabulary.js';
import { objectsOf } from '../../facts/content.js';
import { copyOf, poolOf } from '../../facts/copies.js';
import { identityOf } from '../../facts/identity.js';
import type { PairFacts } from '../../facts/pair.js';
import { differencesBetween, type Difference, type NameOf } from '../../policy/differences/differences.js';
import { changeDifferences, stateBefore } from '../differences/change.js';
import {
  differencesAtMost,
  settingsIn,
  stateOf,
  type ObjectDifference,
} from '../differences/configurations.js';

export interface EventChanges {
  /** No more than `changesAtMost`. */
  readonly objects: readonly ObjectDifference[];
  readonly moreObjects: number;
}

export interface KeptChanges {
  /** By the id of the event, in the order of the log. */
  readonly byEvent: Map<string, EventChanges>;
  /** As JSON, in UTF-16 code units: beyond a bound the oldest are let go. */
  characters: number;
}

/** Objects of one event. */
export const changesAtMost = 100;

/** @param pair the facts right before the event; null where it changed nothing that is known */
export function changesOf(pair: PairFacts, event: PoolkeeperEvent): EventChanges | null {
  switch (event.type) {
    case 'ObjectModified': {
      const { kind, id, pool, name } = event.data;
      const before = poolOf(pair, pool) === undefined ? null : stateBefore(pair, event.data);
      if (before === null) return null;
      const differences = changeDifferences(event.data, before, namesOn(pair, pool));
      return only(described('modified', { kind, id, pool, name: name ?? before.name }, differences));
    }
    case 'ObjectRemoved': {
      const { kind, id, pool } = event.data;
      const copy = copyOf(pair, pool, kind, id);
      return copy === undefined ? null : only(described('removed', { kind, id, pool, name: copy.name }, []));
    }
    case 'ResponseGroupsImported':
      return importedChanges(pair, event.data);
    case 'ReplicaShown': {
      const { pool: destination, ...shown } = event.data;
      return importedChanges(pair, { destination, replaceExistingSettings: false, ...shown });
    }
    default:
      return null;
  }
}

type Subject = Pick<ObjectDifference, 'kind' | 'id' | 'pool' | 'name'>;

const described = (
  change: ObjectDifference['change'],
  subject: Subject,
  differences: readonly Difference[],
): ObjectDifference => ({
  change,
  ...subject,
  differences: differences.slice(0, differencesAtMost),
  moreDifferences: Math.max(0, differences.length - differencesAtMost),
});

const only = (object: ObjectDifference): EventChanges => ({ objects: [object], moreObjects: 0 });

const namesOn =
  (pair: PairFacts, pool: string): NameOf =>
  (kind, id) =>
    copyOf(pair, pool, kind, id)?.name;

/** What the file brought, and what of the destination it replaced. An object that was as the file has it is none of both. */
function importedChanges(
  pair: PairFacts,
  data: Pick<
    ResponseGroupsImported['data'],
    'destination' | 'exportId' | 'objects' | 'replaceExistingSettings'
  >,
): EventChanges | null {
  const { destination: pool, exportId, objects, replaceExistingSettings } = data;
  const file = pair.exports.get(exportId);
  const destination = poolOf(pair, pool);
  if (file === undefined || destination === undefined) return null;
  const contents = objectsOf(file);
  const brought = new Map(objects.map((object) => [identityOf(object), object.name]));
  const nameOf = (kind: EditableKind, id: string): string | undefined =>
    brought.get(identityOf({ kind, id })) ??
    (kind === applicationSettingsKind ? undefined : namesOn(pair, pool)(kind, id));
  const changes = objects.flatMap(({ kind, id, name, owner }): readonly ObjectDifference[] => {
    const before = copyOf(pair, pool, kind, id);
    const subject = { kind, id, pool, name };
    if (before === undefined) return [described('created', subject, [])];
    const { properties = {}, ...content } = contents.get(identityOf({ kind, id })) ?? {};
    const after = stateOf({ ...content, properties, name, owner });
    const differences = differencesBetween(kind, stateOf(before), after, nameOf);
    return differences.length === 0 ? [] : [described('modified', subject, differences)];
  });
  if (replaceExistingSettings && file.file?.holdsSettings !== false) {
    const { kind, id, state: before } = settingsIn(destination);
    const after = { ...before, properties: file.applicationSettings, ...file.settingsBeside };
    const differences = differencesBetween(kind, before, after, nameOf);
    if (differences.length > 0) {
      changes.push(described('modified', { kind, id, pool, name: before.name }, differences));
    }
  }
  return changes.length === 0
    ? null
    : { objects: changes.slice(0, changesAtMost), moreObjects: Math.max(0, changes.length - changesAtMost) };
}
