/** The changes to a pool that a file reveals, because it differs from the record. */
import type { ConfigurationEvent } from '../../../../events/configuration.js';
import type { Beside } from '../../../../events/export-file.js';
import type { ReplicaShown } from '../../../../events/replication.js';
import type { ExportedObject } from '../../../../events/transfer.js';
import {
  applicationSettingsKind,
  type EditableKind,
  type Properties,
} from '../../../../events/vocabulary.js';
import { copyOf, requirePool } from '../../../../facts/copies.js';
import { besideChanges } from '../../../../facts/file-content.js';
import { copyKey, type Copy, type PairFacts, type PoolFacts } from '../../../../facts/pair.js';
import { differingProperties } from '../../../../policy/object-properties/comparison.js';
import { serves } from '../../../../policy/stages.js';
import { byKindAndId, hostedBy } from '../hosted.js';

export interface ShownChanges {
  readonly created: readonly ExportedObject[];
  readonly modified: readonly ConfigurationEvent[];
  readonly removed: readonly Copy[];
  /** Copies of the partner's objects that no import on record brought: new ones, and those that are not as they were. */
  readonly replicas: readonly ExportedObject[];
}

/** `owner`: the one owner that the file was restricted to; null where it holds all that the pool hosts. */
export function changesShownBy(
  pair: PairFacts,
  pool: string,
  owner: string | null,
  objects: readonly ExportedObject[],
  settings: FileSettings | null,
): ShownChanges {
  const inFile = new Set(objects.map(({ kind, id }) => copyKey(pool, kind, id)));
  const unknown = objects.filter(({ kind, id }) => copyOf(pair, pool, kind, id) === undefined);
  const changed = objects.flatMap((object) =>
    modification(pool, copyOf(pair, pool, object.kind, object.id), object).map((event) => ({
      object,
      event,
    })),
  );
  const followsOwner = ({ kind, id, owner: itsOwner }: ExportedObject): boolean => {
    const copy = copyOf(pair, pool, kind, id);
    return copy?.replica === true && copy.owner === itsOwner && serves(requirePool(pair, itsOwner).stage);
  };
  return {
    created: unknown.filter((object) => object.owner === pool),
    modified: [
      ...changed.flatMap(({ object, event }) => (followsOwner(object) ? [] : [event])),
      ...settingsChange(requirePool(pair, pool), settings),
    ],
    removed: hostedBy(pair, pool)
      .filter((copy) => owner === null || copy.owner === owner)
      .filter(({ kind, id }) => !inFile.has(copyKey(pool, kind, id)))
      .toSorted(byKindAndId),
    replicas: [
      ...unknown.filter((object) => object.owner !== pool),
      ...changed.flatMap(({ object }) => (followsOwner(object) ? [object] : [])),
    ].toSorted(byKindAndId),
  };
}

export const eventsOf = (
  pool: string,
  exportId: string,
  { created, modified, removed, replicas }: ShownChanges,
): (ConfigurationEvent | ReplicaShown)[] => [
  ...created.map(({ kind, id, name, properties, unknownProperties, audio }): ConfigurationEvent => ({
    type: 'ObjectCreated',
    data: {
      pool,
      kind,
      id,
      name,
      properties,
      ...(unknownProperties === undefined ? {} : { unknownProperties }),
      ...(audio === undefined ? {} : { audio }),
      tool: null,
    },
  })),
  ...modified,
  ...removed.map(({ kind, id }): ConfigurationEvent => ({
    type: 'ObjectRemoved',
    data: { pool, kind, id, tool: null },
  })),
  ...(replicas.length === 0
    ? []
    : [
        {
          type: 'ReplicaShown' as const,
          data: {
            exportId,
            pool,
            objects: replicas.map(({ kind, id, name, owner }) => ({ kind, id, name, owner })),
          },
        },
      ]),
];

function modification(
  pool: string,
  copy: Copy | undefined,
  object: ExportedObject,
): readonly ConfigurationEvent[] {
  if (copy === undefined) return [];
  const { kind, id, name, owner } = object;
  const properties = changedProperties(kind, copy.properties, object.properties);
  const beside = besideChanges(copy, object);
  const same = copy.name === name && copy.owner === owner;
  if (same && isEmpty(properties) && isEmpty(beside)) return [];
  const data = {
    pool,
    kind,
    id,
    name: copy.name === name ? null : name,
    ...(copy.owner === owner ? {} : { owner }),
    properties,
    ...beside,
    tool: null,
  };
  return [{ type: 'ObjectModified', data }];
}

/** The application settings in a file, with what it says of them besides. */
export interface FileSettings extends Beside {
  readonly properties: Properties;
}

function settingsChange(pool: PoolFacts, settings: FileSettings | null): readonly ConfigurationEvent[] {
  if (settings === null) return [];
  const kind: EditableKind = applicationSettingsKind;
  const properties = changedProperties(kind, pool.applicationSettings, settings.properties);
  const beside = besideChanges(pool.settingsBeside, settings);
  if (isEmpty(properties) && isEmpty(beside)) return [];
  const data = { pool: pool.fqdn, kind, id: kind, name: null, properties, ...beside, tool: null };
  return [{ type: 'ObjectModified', data }];
}

const changedProperties = (kind: EditableKind, known: Properties, inFile: Properties): Properties =>
  Object.fromEntries(
    differingProperties(kind, known, inFile).map((name) => [name, inFile[name] ?? null] as const),
  );

const isEmpty = (fields: object): boolean => Object.keys(fields).length === 0;
