/** The changes to a pool that a file reveals, because it differs from the record. */
import type { ConfigurationEvent } from '../../../../events/configuration.js';
import type { Beside } from '../../../../events/export-file.js';
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
import { byKindAndId, hostedBy } from '../hosted.js';

export interface ShownChanges {
  readonly created: readonly ExportedObject[];
  readonly modified: readonly ConfigurationEvent[];
  readonly removed: readonly Copy[];
  /** Copies of the partner's objects without a recorded import, though only an import can have created them. */
  readonly unexplained: readonly ExportedObject[];
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
  return {
    created: unknown.filter((object) => object.owner === pool),
    modified: [
      ...objects.flatMap((object) => modification(pool, copyOf(pair, pool, object.kind, object.id), object)),
      ...settingsChange(requirePool(pair, pool), settings),
    ],
    removed: hostedBy(pair, pool)
      .filter((copy) => owner === null || copy.owner === owner)
      .filter(({ kind, id }) => !inFile.has(copyKey(pool, kind, id)))
      .toSorted(byKindAndId),
    unexplained: unknown.filter((object) => object.owner !== pool),
  };
}

export const eventsOf = (
  pool: string,
  { created, modified, removed }: ShownChanges,
): ConfigurationEvent[] => [
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
