import type { Recorded } from '../../events/envelope.js';
import type { ExportedAudio, FileFinding } from '../../events/export-file.js';
import type { PoolkeeperEvent } from '../../events/registry.js';
import type { ExportedObject } from '../../events/transfer.js';
import type { EditableKind, Properties } from '../../events/vocabulary.js';
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
  /** The new name of what was created or renamed. */
  readonly name: string | null;
  /** Those that changed. */
  readonly properties: Properties;
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
export function exportView(outline: ExportOutline, events: readonly Recorded<PoolkeeperEvent>[]): ExportView {
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
    changes: changes.flatMap((event) => changeOf(event)),
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
    position: String(outline.position),
    counts,
    file,
    changes: { ...outline.changes },
    imports: outline.imports.map((one) => ({ ...one, position: String(one.position) })),
  };
}

function changeOf(event: Recorded<PoolkeeperEvent>): readonly ExportChange[] {
  switch (event.type) {
    case 'ObjectCreated': {
      const { kind, id, name, properties } = event.data;
      return [{ change: 'created', kind, id, name, properties }];
    }
    case 'ObjectModified': {
      const { kind, id, name, properties } = event.data;
      return [{ change: 'modified', kind, id, name, properties }];
    }
    case 'ObjectRemoved':
      return [{ change: 'removed', kind: event.data.kind, id: event.data.id, name: null, properties: {} }];
    default:
      return [];
  }
}
