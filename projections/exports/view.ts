import { logPositionOf } from '../../events/places.js';
import type { Recorded } from '../../events/envelope.js';
import type { ExportedAudio, FileFinding } from '../../events/export-file.js';
import type { PoolkeeperEvent } from '../../events/registry.js';
import type { ExportedObject } from '../../events/transfer.js';
import { applicationSettingsKind, type EditableKind, type Properties } from '../../events/vocabulary.js';
import { copyOf } from '../../facts/copies.js';
import { byIdentity, identityOf } from '../../facts/identity.js';
import type { Copy, PairFacts } from '../../facts/pair.js';
import { changeDifferences, stateBefore } from '../differences/change.js';
import type { Difference } from '../../policy/differences/differences.js';
import type { ExportOutline, ExportsState } from './fold.js';

export interface ExportSummary extends Omit<
  ExportOutline,
  'pool' | 'revision' | 'eventId' | 'position' | 'imports'
> {
  readonly position: string;
  readonly imports: readonly {
    readonly destination: string;
    readonly occurredAt: string;
    readonly position: string;
  }[];
}

export interface ExportsView {
  readonly fqdn: string;
  /** Oldest first. */
  readonly exports: readonly ExportSummary[];
}

export interface ExportChange {
  readonly change: 'created' | 'modified' | 'removed';
  readonly kind: EditableKind;
  readonly id: string;
  /** After the change; of what was removed, its last. */
  readonly name: string;
  /** Those that changed. */
  readonly properties: Properties;
  /** With the values before; of what was changed. */
  readonly differences: readonly Difference[];
}

export interface ExportView extends Omit<ExportSummary, 'changes'> {
  readonly fqdn: string;
  readonly objects: readonly ExportedObject[];
  readonly applicationSettings: Properties;
  readonly audio: readonly ExportedAudio[];
  readonly findings: readonly FileFinding[];
  readonly changes: readonly ExportChange[];
}

export const exportsView = ({ exports }: ExportsState, fqdn: string): ExportsView => ({
  fqdn,
  exports: [...exports.values()].filter(({ pool }) => pool === fqdn).map(summaryOf),
});

/** Undefined where the pool has no such export. */
export function outlineOf({ exports }: ExportsState, fqdn: string, id: string): ExportOutline | undefined {
  const outline = exports.get(id);
  return outline?.pool === fqdn ? outline : undefined;
}

/** @param events those of the pair's stream from the export's on: itself, and what it changed */
export function exportView(
  outline: ExportOutline,
  events: readonly Recorded<PoolkeeperEvent>[],
  before: PairFacts | null,
): ExportView {
  const [exported, ...changes] = events;
  if (exported?.type !== 'ResponseGroupsExported')
    throw new Error(`Export ${outline.id} is not where it was.`);
  const { objects, applicationSettings, file } = exported.data;
  return {
    fqdn: outline.pool,
    ...summaryOf(outline),
    objects,
    applicationSettings,
    audio: file?.audio ?? [],
    findings: file?.findings ?? [],
    changes: changesIn(outline, changes, objects, before),
  };
}

function summaryOf(outline: ExportOutline): ExportSummary {
  const { id, fileName, filePath, owner, removeExported, occurredAt, recordedAt, actor, counts, file } =
    outline;
  return {
    id,
    fileName,
    filePath,
    owner,
    removeExported,
    occurredAt,
    recordedAt,
    actor,
    position: String(logPositionOf(outline.position)),
    counts,
    file,
    changes: { ...outline.changes },
    imports: outline.imports.map((one) => ({ ...one, position: String(logPositionOf(one.position)) })),
  };
}

/** @param before the facts right before the export, which have the old values; they are not changed */
function changesIn(
  { pool }: ExportOutline,
  events: readonly Recorded<PoolkeeperEvent>[],
  objects: readonly ExportedObject[],
  before: PairFacts | null,
): readonly ExportChange[] {
  const inFile = byIdentity(objects);
  const copyBefore = (kind: EditableKind, id: string): Copy | undefined =>
    before === null || kind === applicationSettingsKind ? undefined : copyOf(before, pool, kind, id);
  const nameOf = (kind: EditableKind, id: string): string | undefined =>
    inFile.get(identityOf({ kind, id }))?.name ?? copyBefore(kind, id)?.name;
  return events.flatMap((event): readonly ExportChange[] => {
    switch (event.type) {
      case 'ObjectCreated': {
        const { kind, id, name, properties } = event.data;
        return [{ change: 'created', kind, id, name, properties, differences: [] }];
      }
      case 'ObjectModified': {
        const { kind, id, properties } = event.data;
        const was = before === null ? null : stateBefore(before, event.data);
        const name = event.data.name ?? was?.name ?? nameOf(kind, id) ?? id;
        const differences = was === null ? [] : changeDifferences(event.data, was, nameOf);
        return [{ change: 'modified', kind, id, name, properties, differences }];
      }
      case 'ObjectRemoved': {
        const { kind, id } = event.data;
        return [
          { change: 'removed', kind, id, name: nameOf(kind, id) ?? id, properties: {}, differences: [] },
        ];
      }
      default:
        return [];
    }
  });
}
