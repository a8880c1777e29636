/** The changes to a pool that a file reveals, because it differs from the record. */
import type { ConfigurationEvent } from '../../../../events/configuration.js';
import type { ExportedObject } from '../../../../events/transfer.js';
import { applicationSettingsKind, type Properties } from '../../../../events/vocabulary.js';
import { copyOf, requirePool } from '../../../../facts/copies.js';
import { copyKey, type Copy, type PairFacts } from '../../../../facts/pair.js';
import { differences } from '../../properties/properties.js';
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
  settings: Properties | null,
): ShownChanges {
  const inFile = new Set(objects.map(({ kind, id }) => copyKey(pool, kind, id)));
  const unknown = objects.filter(({ kind, id }) => copyOf(pair, pool, kind, id) === undefined);
  return {
    created: unknown.filter((object) => object.owner === pool),
    modified: [
      ...objects.flatMap((object) => modification(pool, copyOf(pair, pool, object.kind, object.id), object)),
      ...settingsChange(pool, requirePool(pair, pool).applicationSettings, settings),
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
  ...created.map(({ kind, id, name, properties }): ConfigurationEvent => ({
    type: 'ObjectCreated',
    data: { pool, kind, id, name, properties, tool: null },
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
  const { kind, id, name } = object;
  const properties = differences(copy.properties, object.properties);
  if (copy.name === name && Object.keys(properties).length === 0) return [];
  const data = { pool, kind, id, name: copy.name === name ? null : name, properties, tool: null };
  return [{ type: 'ObjectModified', data }];
}

function settingsChange(
  pool: string,
  known: Properties,
  settings: Properties | null,
): readonly ConfigurationEvent[] {
  const properties = settings === null ? {} : differences(known, settings);
  if (Object.keys(properties).length === 0) return [];
  const kind = applicationSettingsKind;
  return [{ type: 'ObjectModified', data: { pool, kind, id: kind, name: null, properties, tool: null } }];
}
