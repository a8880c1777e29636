/** An outline of each export of a pair, with the number of changes that it brought. Its content is in the log, at `revision`. */
import type { Recorded } from '../../events/envelope.js';
import type { ExportedFile, FindingSeverity, WrittenAtFrom } from '../../events/export-file.js';
import type { PoolkeeperEvent } from '../../events/registry.js';
import type { ResponseGroupsExported } from '../../events/transfer.js';
import { objectKinds, type ObjectKind } from '../../events/vocabulary.js';
import { exportOf } from '../../facts/file-time.js';
import type { Projection } from '../projection.js';

/** Of a file that was read. */
export interface FileOutline {
  /** SHA-256, in hex. */
  readonly contentHash: string;
  readonly bytes: number;
  readonly holdsSettings: boolean;
  /** Whether the file was taken as the configuration of the pool. */
  readonly taken: boolean;
  /** RFC 3339, UTC; null where nothing says when it was written. */
  readonly writtenAt: string | null;
  readonly writtenAtFrom: WrittenAtFrom | null;
  readonly audioFiles: number;
  readonly audioMissing: number;
  readonly findings: Readonly<Record<FindingSeverity, number>>;
}

export interface ExportOutline {
  readonly id: string;
  readonly pool: string;
  readonly fileName: string | null;
  /** Null where the file was given by its name alone. */
  readonly filePath: string | null;
  /** What it was restricted to; null where it holds all that the pool hosted. */
  readonly owner: string | null;
  readonly removeExported: boolean;
  /** When it was written, as reported. */
  readonly occurredAt: string;
  readonly recordedAt: string;
  readonly actor: string;
  readonly position: bigint;
  /** In the stream of the pair, where the changes that it brought follow it. */
  readonly revision: bigint;
  readonly eventId: string;
  /** Of each kind, as far as there are any. */
  readonly counts: Partial<Readonly<Record<ObjectKind, number>>>;
  /** Null where the export was only reported. */
  readonly file: FileOutline | null;
  readonly changes: { created: number; modified: number; removed: number };
  readonly imports: {
    readonly destination: string;
    readonly occurredAt: string;
    readonly position: bigint;
  }[];
}

export interface ExportsState {
  /** By the id of the export, in the order of the log. */
  readonly exports: Map<string, ExportOutline>;
  /** The latest export: the changes that it brought are in the same append. */
  latest: string | null;
}

const changeOf = { ObjectCreated: 'created', ObjectModified: 'modified', ObjectRemoved: 'removed' } as const;

export const exports: Projection<ExportsState> = {
  name: 'exports',
  version: 3,
  reads: ['pair'],
  initial: () => ({ exports: new Map(), latest: null }),
  apply,
  inHistory: { of: 'pair', pick: (history) => history.exports },
};

function apply(state: ExportsState, event: Recorded<PoolkeeperEvent>): ExportsState {
  switch (event.type) {
    case 'ResponseGroupsExported':
      state.exports.set(event.data.exportId, outlineOf(event));
      state.latest = event.data.exportId;
      break;
    case 'ObjectCreated':
    case 'ObjectModified':
    case 'ObjectRemoved': {
      const latest = state.latest === null ? undefined : state.exports.get(state.latest);
      if (latest?.eventId === event.metadata.causationId) latest.changes[changeOf[event.type]] += 1;
      break;
    }
    case 'ResponseGroupsImported':
      state.exports.get(event.data.exportId)?.imports.push({
        destination: event.data.destination,
        occurredAt: event.metadata.occurredAt,
        position: event.position,
      });
      break;
    default:
      break;
  }
  return state;
}

function outlineOf(event: Recorded<ResponseGroupsExported>): ExportOutline {
  const { exportId, pool, fileName, filePath = null, owner, removeExported, objects, file } = exportOf(event);
  return {
    id: exportId,
    pool,
    fileName,
    filePath,
    owner,
    removeExported,
    occurredAt: event.metadata.occurredAt,
    recordedAt: event.recordedAt,
    actor: event.metadata.actor,
    position: event.position,
    revision: event.revision,
    eventId: event.id,
    counts: Object.fromEntries(
      objectKinds
        .map((kind) => [kind, objects.filter((object) => object.kind === kind).length] as const)
        .filter(([, number]) => number > 0),
    ),
    file: file == null ? null : fileOutlineOf(file),
    changes: { created: 0, modified: 0, removed: 0 },
    imports: [],
  };
}

function fileOutlineOf({
  contentHash,
  bytes,
  holdsSettings,
  taken,
  audio,
  findings,
  ...file
}: ExportedFile): FileOutline {
  const count = (severity: FindingSeverity): number =>
    findings.filter((one) => one.severity === severity).length;
  return {
    contentHash,
    bytes,
    holdsSettings,
    taken,
    writtenAt: file.writtenAt ?? null,
    writtenAtFrom: file.writtenAtFrom ?? null,
    audioFiles: audio.filter((one) => one.bytes !== null).length,
    audioMissing: audio.filter((one) => one.bytes === null).length,
    findings: { error: count('error'), warning: count('warning'), information: count('information') },
  };
}
