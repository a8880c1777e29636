/** What a recorded change differs in: events have the new values only, the old ones are in the facts before it. */
import type { ObjectModified } from '../../events/configuration.js';
import { applicationSettingsKind } from '../../events/vocabulary.js';
import { copyOf, requirePool } from '../../facts/copies.js';
import { besideAfter } from '../../facts/file-content.js';
import type { PairFacts } from '../../facts/pair.js';
import {
  differencesBetween,
  type Difference,
  type NameOf,
  type ObjectState,
} from '../../policy/differences/differences.js';

type Change = ObjectModified['data'];

/** Null where the facts have no such object. */
export function stateBefore(pair: PairFacts, { pool, kind, id }: Change): ObjectState | null {
  if (kind !== applicationSettingsKind) return copyOf(pair, pool, kind, id) ?? null;
  const { applicationSettings: properties, settingsBeside } = requirePool(pair, pool);
  return { name: applicationSettingsKind, properties, ...settingsBeside };
}

export const changeDifferences = (
  change: Change,
  before: ObjectState,
  nameOf: NameOf,
): readonly Difference[] => {
  const { kind, name, owner, properties } = change;
  const after: ObjectState = {
    ...before,
    name: name ?? before.name,
    ...(owner === undefined ? {} : { owner }),
    properties: { ...before.properties, ...properties },
    ...besideAfter(before, change),
  };
  return differencesBetween(kind, before, after, nameOf);
};
