/** The stored description of a file of Export-CsRgsConfiguration that was read. */
import type { EditableKind, Properties } from './vocabulary.js';

export type FindingSeverity = 'error' | 'warning' | 'information';

/** A fault or peculiarity of a file that was read. `error`: part of the file is lost or useless. */
export interface FileFinding {
  /** A stable name, in kebab-case. */
  readonly code: string;
  readonly severity: FindingSeverity;
  /** One or more sentences. */
  readonly detail: string;
  /** The entry of the zip. */
  readonly entry: string | null;
  /** The line of the entry, from 1, on which the object begins; null where the finding has no line. */
  readonly line: number | null;
  readonly kind: EditableKind | null;
  readonly id: string | null;
  /** The path of the property: `defaultAction/prompt`. */
  readonly property: string | null;
  /** Of what the file has and the record has not: it tells two files apart. Absent where everything is on record. */
  readonly fingerprint?: string;
}

export interface AudioUse {
  readonly kind: EditableKind;
  readonly id: string;
  /** The path of the property: `defaultAction/prompt`. */
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

/** An audio file as one object names it. Uploading a file again under its old name gives it another unique name. */
export interface AudioIdentity {
  /** The name that the administrator knows. */
  readonly fileName: string;
  /** The name in the zip, without an extension; null where the object does not say. */
  readonly uniqueName: string | null;
  /** In hex; null where the file is not in the zip. */
  readonly sha256: string | null;
}

/** By the path of the property that names the file: `defaultAction/prompt/audioFilePrompt`. */
export type AudioByPath = Readonly<Record<string, AudioIdentity>>;

/** What a file says of an object besides the properties of the cmdlets. Absent where there is nothing. */
export interface Beside {
  /** What no cmdlet documents, and values that fit the type of no property, by path. */
  readonly unknownProperties?: Properties;
  readonly audio?: AudioByPath;
}

/** What differs of it. Null: it is no longer there. */
export interface BesideChanges {
  readonly unknownProperties?: Properties;
  readonly audio?: Readonly<Record<string, AudioIdentity | null>>;
}

/** What says when a file was written: whoever added it, the dates of its entries, or the file time where it was sent from. */
export const writtenAtSources = ['request', 'entry-dates', 'file-time'] as const;
export type WrittenAtFrom = (typeof writtenAtSources)[number];

/** What a file says of agents and managers besides their addresses, by address; without those of whom it says nothing else. */
export interface PeopleBeside {
  readonly agents: Readonly<Record<string, Properties>>;
  readonly managers: Readonly<Record<string, Properties>>;
}

export interface ExportedFile {
  /** SHA-256 of the zip, in hex. */
  readonly contentHash: string;
  /** Of the zip. */
  readonly bytes: number;
  /** Whether the pool-wide settings are in it. */
  readonly holdsSettings: boolean;
  /** Whether the file replaced the recorded configuration of its pool; false where later changes were on record. */
  readonly taken: boolean;
  /** RFC 3339, UTC: when it was written; absent where nothing said so. */
  readonly writtenAt?: string;
  /** What said so. Present with `writtenAt`. */
  readonly writtenAtFrom?: WrittenAtFrom;
  readonly audio: readonly ExportedAudio[];
  /** SIP addresses in lower case, the first 10,000; absent where the file has no list of agents. */
  readonly agents?: readonly string[];
  /** The same for the managers. */
  readonly managers?: readonly string[];
  /** What the file says of them besides; absent where it has neither list, and in logs of before. */
  readonly people?: PeopleBeside;
  readonly findings: readonly FileFinding[];
}
