/** What differs between two configurations, object by object. */
import { applicationSettingsKind, objectKinds, type EditableKind } from '../../events/vocabulary.js';
import { copyKey, type Copy, type PairFacts, type PoolFacts } from '../../facts/pair.js';
import {
  differencesBetween,
  type Difference,
  type ObjectState,
} from '../../policy/differences/differences.js';

export interface ObjectDifference {
  readonly change: 'created' | 'modified' | 'removed';
  readonly kind: EditableKind;
  readonly id: string;
  /** After the change; of what is gone, its last. */
  readonly name: string;
  /** The pool that hosts it. */
  readonly pool: string;
  /** No more than `differencesAtMost`. */
  readonly differences: readonly Difference[];
  readonly moreDifferences: number;
}

export interface ConfigurationDifferences {
  readonly created: number;
  readonly modified: number;
  readonly removed: number;
  /** No more than `objectsAtMost`. */
  readonly objects: readonly ObjectDifference[];
  readonly moreObjects: number;
}

/** An object, or the settings of a pool, as it stands in a configuration. */
export interface ConfiguredObject {
  readonly kind: EditableKind;
  readonly id: string;
  readonly pool: string;
  readonly state: ObjectState;
}

/** By a key that both configurations have of one object. */
export type Configuration = ReadonlyMap<string, ConfiguredObject>;

const objectsAtMost = 1_000;
export const differencesAtMost = 100;

export function configurationDifferences(
  before: Configuration,
  after: Configuration,
): ConfigurationDifferences {
  const names = new Map(
    [...before.values(), ...after.values()].map(({ kind, id, state }) => [`${kind}|${id}`, state.name]),
  );
  const nameOf = (kind: EditableKind, id: string): string | undefined => names.get(`${kind}|${id}`);
  const counted = { created: 0, modified: 0, removed: 0 };
  const objects: ObjectDifference[] = [];
  const all = [...new Set([...before.keys(), ...after.keys()])]
    .flatMap((key) => {
      const [was, is] = [before.get(key), after.get(key)];
      const either = is ?? was;
      return either === undefined ? [] : [{ was, is, either }];
    })
    .toSorted((one, other) => rank(one.either) - rank(other.either));
  for (const { was, is, either } of all) {
    const found = differencesBetween(either.kind, was?.state ?? null, is?.state ?? null, nameOf);
    if (found.length === 0) continue;
    const change = was === undefined ? 'created' : is === undefined ? 'removed' : 'modified';
    counted[change] += 1;
    if (objects.length >= objectsAtMost) continue;
    const { kind, id, pool, state } = either;
    const differences = found.slice(0, differencesAtMost);
    const moreDifferences = found.length - differences.length;
    objects.push({ change, kind, id, name: state.name, pool, differences, moreDifferences });
  }
  const total = counted.created + counted.modified + counted.removed;
  return { ...counted, objects, moreObjects: total - objects.length };
}

const kinds: readonly EditableKind[] = [...objectKinds, applicationSettingsKind];
const rank = ({ kind }: ConfiguredObject): number => kinds.indexOf(kind);

/** Of its own: the facts may be changed afterwards. */
export const stateOf = ({
  name,
  owner,
  properties,
  unknownProperties,
  audio,
}: StatedObject): ObjectState => ({
  name,
  owner,
  properties,
  ...(unknownProperties === undefined ? {} : { unknownProperties }),
  ...(audio === undefined ? {} : { audio }),
});

type StatedObject = Pick<Copy, 'name' | 'owner' | 'properties' | 'unknownProperties' | 'audio'>;

export const settingsIn = ({ fqdn, applicationSettings, settingsBeside }: PoolFacts): ConfiguredObject => ({
  kind: applicationSettingsKind,
  id: applicationSettingsKind,
  pool: fqdn,
  state: { name: 'application settings', properties: applicationSettings, ...settingsBeside },
});

/** Every copy on both pools, and the settings of both; empty before the pair was registered. */
export function configurationOf(pair: PairFacts | null): Configuration {
  if (pair === null) return new Map();
  return new Map([
    ...[...pair.copies.values()].map((copy): [string, ConfiguredObject] => {
      const { kind, id, parent: pool } = copy;
      return [copyKey(pool, kind, id), { kind, id, pool, state: stateOf(copy) }];
    }),
    ...pair.pools.map((pool): [string, ConfiguredObject] => [`${pool.fqdn}|settings`, settingsIn(pool)]),
  ]);
}
