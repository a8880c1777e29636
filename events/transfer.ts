import type { EventOf } from './envelope.js';
import { eventSchema, type EventSchemas } from './event-schema.js';
import type { Beside, ExportedFile } from './export-file.js';
import type { ObjectKind, Properties } from './vocabulary.js';

export interface ExportedObject extends Beside {
  readonly kind: ObjectKind;
  readonly id: string;
  readonly name: string;
  readonly owner: string;
  readonly properties: Properties;
  /** The InstanceId in the file, where the object is on record under another id. */
  readonly instanceId?: string;
}

export type ResponseGroupsExported = EventOf<
  'ResponseGroupsExported',
  {
    readonly exportId: string;
    /** The pool that was exported: the parent of every object in the file. */
    readonly pool: string;
    /** Restricts the file to objects of this owner; null where it holds all. */
    readonly owner: string | null;
    /** Without a folder; exports that were recorded by earlier versions may have a path here. */
    readonly fileName: string | null;
    /** The path with which it was given; absent where it was given by its name alone. */
    readonly filePath?: string;
    /** Whether the exported objects were deleted from the pool after the file was written. */
    readonly removeExported: boolean;
    readonly objects: readonly ExportedObject[];
    /** The settings of the pool when it was exported, as far as they are known. */
    readonly applicationSettings: Properties;
    /** What the file says of the settings besides; absent where it says nothing. */
    readonly settingsBeside?: Beside;
    /** The file, where it was read; null, or absent, where the export was only reported. */
    readonly file?: ExportedFile | null;
  }
>;

export interface ImportedObject {
  readonly kind: ObjectKind;
  readonly id: string;
  /** The name it bears at the destination. */
  readonly name: string;
  /** The owner it has at the destination. */
  readonly owner: string;
}

export type ResponseGroupsImported = EventOf<
  'ResponseGroupsImported',
  {
    readonly exportId: string;
    readonly destination: string;
    readonly overwriteOwner: boolean;
    readonly replaceExistingSettings: boolean;
    readonly resolveNameConflicts: boolean;
    /** Present and true where changes at the destination were overwritten on request. */
    readonly overwriteEdits?: boolean;
    readonly objects: readonly ImportedObject[];
  }
>;

export type TransferEvent = ResponseGroupsExported | ResponseGroupsImported;

export const transferSchemas: EventSchemas<TransferEvent> = {
  ResponseGroupsExported: eventSchema(
    // Version 1 knew only of exports that were reported.
    (data) => ({ ...data, file: null }),
  ),
  ResponseGroupsImported: eventSchema(),
};
