/** What is stored of a file of Export-CsRgsConfiguration that was read. */
import type { EditableKind } from './vocabulary.js';

export type FindingSeverity = 'error' | 'warning' | 'information';

/** Something that was noticed in a file that could be read. `error`: something of it is lost or of no use. */
export interface FileFinding {
  /** A stable name, in kebab-case. */
  readonly code: string;
  readonly severity: FindingSeverity;
  /** In sentences. */
  readonly detail: string;
  /** The entry of the zip. */
  readonly entry: string | null;
  /** Where the object begins in it, from 1; null where no line is meant. */
  readonly line: number | null;
  readonly kind: EditableKind | null;
  readonly id: string | null;
  /** The property, and where within it: `defaultAction/prompt`. */
  readonly property: string | null;
}

export interface AudioUse {
  readonly kind: EditableKind;
  readonly id: string;
  /** The property, and where within it. */
  readonly property: string;
}

/** An audio file, in the zip or only named by an object. */
export interface ExportedAudio {
  /** The name, without an extension, of the file in the zip; null where the object does not say. */
  readonly uniqueName: string | null;
  /** The name that the administrator knows. */
  readonly originalFileName: string;
  /** Null where it is not in the zip. */
  readonly bytes: number | null;
  /** In hex; null where it is not in the zip. */
  readonly sha256: string | null;
  /** Empty where no object names it. */
  readonly usedBy: readonly AudioUse[];
}

export interface ExportedFile {
  /** SHA-256 of the zip, in hex. */
  readonly contentHash: string;
  /** Of the zip. */
  readonly bytes: number;
  /** Whether the pool-wide settings are in it. */
  readonly holdsSettings: boolean;
  /** Whether the pool's configuration was made what the file says: not where later changes were on record. */
  readonly taken: boolean;
  readonly audio: readonly ExportedAudio[];
  readonly findings: readonly FileFinding[];
}
