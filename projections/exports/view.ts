import type { FileFinding, FindingSeverity, ExportedAudio } from '../../events/export-file.js';
import type { ExportedObject } from '../../events/transfer.js';
import { objectKinds, type EditableKind, type ObjectKind, type Properties } from '../../events/vocabulary.js';
import type { ExportOnRecord, ExportsState } from './fold.js';

export interface ExportSummary {
  readonly id: string;
  readonly fileName: string | null;
  /** What it was restricted to; null where it holds all that the pool hosted. */
  readonly owner: string | null;
  readonly removeExported: boolean;
  /** When it was written, as reported. */
  readonly occurredAt: string;
  readonly recordedAt: string;
  readonly actor: string;
  readonly position: string;
  /** Of each kind, as far as there are any. */
  readonly counts: Partial<Readonly<Record<ObjectKind, number>>>;
  /** Of the file, where it was read; null where the export was only reported. */
  readonly file: FileSummary | null;
  readonly changes: { readonly created: number; readonly modified: number; readonly removed: number };
  readonly imports: readonly {
    readonly destination: string;
    readonly occurredAt: string;
    readonly position: string;
  }[];
}

export interface FileSummary {
  /** SHA-256, in hex. */
  readonly contentHash: string;
  readonly bytes: number;
  readonly holdsSettings: boolean;
  /** Whether the record of the pool was made what the file says. */
  readonly taken: boolean;
  readonly audioFiles: number;
  readonly audioMissing: number;
  readonly findings: Readonly<Record<FindingSeverity, number>>;
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

export interface ExportsView {
  readonly fqdn: string;
  /** Oldest first. */
  readonly exports: readonly ExportSummary[];
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
  exports: [...exports.values()].filter(({ event }) => event.data.pool === fqdn).map(summaryOf),
});

/** Null where the pool has no such export. */
export function exportView({ exports }: ExportsState, fqdn: string, id: string): ExportView | null {
  const entry = exports.get(id);
  if (entry === undefined || entry.event.data.pool !== fqdn) return null;
  const { objects, applicationSettings, file } = entry.event.data;
  return {
    fqdn,
    ...summaryOf(entry),
    objects,
    applicationSettings,
    audio: file?.audio ?? [],
    findings: file?.findings ?? [],
    changes: entry.changes.map(changeOf),
  };
}

function summaryOf({ event, changes, imports }: ExportOnRecord): ExportSummary {
  const { exportId, fileName, owner, removeExported, objects, file } = event.data;
  const count = (type: string): number => changes.filter((change) => change.type === type).length;
  return {
    id: exportId,
    fileName,
    owner,
    removeExported,
    occurredAt: event.metadata.occurredAt,
    recordedAt: event.recordedAt,
    actor: event.metadata.actor,
    position: String(event.position),
    counts: Object.fromEntries(
      objectKinds
        .map((kind) => [kind, objects.filter((object) => object.kind === kind).length] as const)
        .filter(([, number]) => number > 0),
    ),
    file: file == null ? null : fileSummaryOf(file),
    changes: {
      created: count('ObjectCreated'),
      modified: count('ObjectModified'),
      removed: count('ObjectRemoved'),
    },
    imports: imports.map(({ data, metadata, position }) => ({
      destination: data.destination,
      occurredAt: metadata.occurredAt,
      position: String(position),
    })),
  };
}

type ReadFile = NonNullable<ExportOnRecord['event']['data']['file']>;

function fileSummaryOf({ contentHash, bytes, holdsSettings, taken, audio, findings }: ReadFile): FileSummary {
  const count = (severity: FindingSeverity): number =>
    findings.filter((one) => one.severity === severity).length;
  return {
    contentHash,
    bytes,
    holdsSettings,
    taken,
    audioFiles: audio.filter((file) => file.bytes !== null).length,
    audioMissing: audio.filter((file) => file.bytes === null).length,
    findings: { error: count('error'), warning: count('warning'), information: count('information') },
  };
}

function changeOf(event: ExportOnRecord['changes'][number]): ExportChange {
  const { kind, id } = event.data;
  switch (event.type) {
    case 'ObjectCreated':
      return { change: 'created', kind, id, name: event.data.name, properties: event.data.properties };
    case 'ObjectModified':
      return { change: 'modified', kind, id, name: event.data.name, properties: event.data.properties };
    case 'ObjectRemoved':
      return { change: 'removed', kind, id, name: null, properties: {} };
  }
}
