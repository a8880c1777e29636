/** The exports of a pool. */
import {
  writtenAtSources,
  type AudioIdentity,
  type ExportedAudio,
  type FileFinding,
} from '../../events/export-file.js';
import type { ExportedObject } from '../../events/transfer.js';
import { objectKinds, type ObjectKind, type Properties } from '../../events/vocabulary.js';
import type { FileOutline } from '../../projections/exports/fold.js';
import type { ExportChange, ExportSummary, ExportsView, ExportView } from '../../projections/exports/view.js';
import { difference } from './differences.js';
import { applicationSettings, properties } from './object-properties.js';
import {
  boolean,
  choice,
  count,
  filledBy,
  integer,
  list,
  named,
  nullable,
  object,
  record,
  describedAs,
  text,
  type Described,
  type JsonSchema,
  type Schema,
} from './schema.js';
import { editableKind, fqdn, kind, moment, position, staleness, time } from './words.js';

const severity = choice('error', 'warning', 'information');

export const fileFinding = named(
  'FileFinding',
  filledBy<FileFinding>()(
    object(
      {
        code: describedAs(text, 'A stable name, in kebab-case.'),
        severity: describedAs(severity, '`error`: something of it is lost or of no use.'),
        detail: text,
        entry: describedAs(nullable(text), 'The entry of the zip.'),
        line: describedAs(
          nullable(integer),
          'Where the object begins in it, from 1; null where no line is meant.',
        ),
        kind: nullable(editableKind),
        id: nullable(text),
        property: describedAs(nullable(text), 'The property, and where within it: `defaultAction/prompt`.'),
      },
      {
        fingerprint: describedAs(
          text,
          'Of what the file has and the record has not: it tells two files apart. Absent where everything is on record.',
        ),
      },
    ),
  ),
);

export const exportedAudio = named(
  'ExportedAudio',
  filledBy<ExportedAudio>()(
    object({
      uniqueName: describedAs(
        nullable(text),
        'The name of the file in the zip; null where the object does not say.',
      ),
      originalFileName: describedAs(text, 'The name that the administrator knows.'),
      bytes: describedAs(nullable(count), 'Null where it is not in the zip.'),
      sha256: describedAs(nullable(text), 'In hex; null where it is not in the zip.'),
      usedBy: describedAs(
        list(object({ kind: editableKind, id: text, property: text })),
        'Empty where no object names it.',
      ),
    }),
  ),
);

const audioIdentity = named(
  'AudioIdentity',
  filledBy<AudioIdentity>()(
    object({
      fileName: describedAs(text, 'The name that the administrator knows.'),
      uniqueName: describedAs(
        nullable(text),
        'The name in the zip, without an extension: another one each time that the file is uploaded.',
      ),
      sha256: describedAs(nullable(text), 'In hex; null where the file is not in the zip.'),
    }),
  ),
);

/** Any value under any path. */
export const anyProperties: Schema<Properties> = { type: 'object', additionalProperties: true };

const unknownProperties = describedAs(
  anyProperties,
  'What no cmdlet documents, and values that fit the type of no property, by path.',
);

/** What a file says of an object besides the properties of the cmdlets. */
export const beside = {
  unknownProperties,
  audio: describedAs(
    record(audioIdentity),
    'The audio files that it names, by the path of the property: `defaultAction/prompt/audioFilePrompt`.',
  ),
} as const;

/** What differs of it; null: it is no longer there. */
export const besideChanges = {
  unknownProperties: describedAs(anyProperties, 'Those that changed; null: it is no longer there.'),
  audio: describedAs(record(nullable(audioIdentity)), 'Those that changed; null: it is no longer there.'),
} as const;

export const exportedObject = named(
  'ExportedObject',
  filledBy<ExportedObject>()(
    object(
      { kind, id: text, name: text, owner: text, properties },
      {
        ...beside,
        instanceId: describedAs(
          text,
          'The InstanceId in the file, where the object is on record under another id.',
        ),
      },
    ),
  ),
);

export const writtenAtFrom = describedAs(
  choice(...writtenAtSources),
  'What says when the file was written: the request (`occurredAt`), the dates of the entries in the zip, or the file time that the request named.',
);

/** What is known of when a file was written, in answers. */
export const written = {
  writtenAt: describedAs(nullable(time), 'When the file was written; null where nothing says so.'),
  writtenAtFrom: nullable(writtenAtFrom),
} as const;

const fileOutline = named(
  'FileOutline',
  filledBy<FileOutline>()(
    object({
      contentHash: describedAs(text, 'SHA-256, in hex.'),
      bytes: count,
      holdsSettings: boolean,
      taken: describedAs(boolean, 'Whether the record of the pool was made what the file says.'),
      ...written,
      audioFiles: count,
      audioMissing: count,
      findings: object({ error: count, warning: count, information: count }),
    }),
  ),
  'Of a file that was read.',
);

const counts: Schema<Partial<Readonly<Record<ObjectKind, number>>>> = {
  type: 'object',
  properties: Object.fromEntries(objectKinds.map((one): [string, JsonSchema] => [one, count])),
  additionalProperties: false,
  description: 'Of each kind, as far as there are any.',
};

const outline = {
  id: text,
  fileName: nullable(text),
  filePath: describedAs(nullable(text), 'Null where the file was given by its name alone.'),
  owner: describedAs(
    nullable(text),
    'What it was restricted to; null where it holds all that the pool hosted.',
  ),
  removeExported: boolean,
  occurredAt: describedAs(
    time,
    'When it was written, as reported; of a file that was read, when it was added, unless somebody said when it was written.',
  ),
  recordedAt: time,
  actor: text,
  position,
  counts,
  file: describedAs(nullable(fileOutline), 'Null where the export was only reported.'),
  imports: list(object({ destination: text, occurredAt: time, position })),
  kept: describedAs(
    nullable(boolean),
    'Whether its zip is kept now, whatever moment is asked for; null where it was only reported, and where zips are not kept.',
  ),
} as const;

/** What an answer adds to the view. */
export interface Kept {
  readonly kept: boolean | null;
}

const summary = named(
  'ExportSummary',
  filledBy<ExportSummary & Kept>()(
    object({ ...outline, changes: object({ created: count, modified: count, removed: count }) }),
  ),
);

const exportsMembers = { fqdn, exports: describedAs(list(summary), 'Oldest first.') } as const;
export interface ExportsWithKept extends ExportsView {
  readonly exports: readonly (ExportSummary & Kept)[];
}
export const exportsView = named('Exports', filledBy<ExportsWithKept>()(object(exportsMembers)));
export const exportsAnswer = named('ExportsAnswer', object({ ...moment, ...exportsMembers }, staleness));
export type ExportsAnswer = Described<typeof exportsAnswer>;

const change = named(
  'ExportChange',
  filledBy<ExportChange>()(
    object({
      change: choice('created', 'modified', 'removed'),
      kind: editableKind,
      id: text,
      name: describedAs(text, 'After the change; of what was removed, its last.'),
      properties: describedAs(properties, 'Those that changed.'),
      differences: describedAs(list(difference), 'Of what was changed, with the values before.'),
    }),
  ),
);

const exportMembers = {
  fqdn,
  ...outline,
  objects: list(exportedObject),
  applicationSettings,
  audio: list(exportedAudio),
  findings: list(fileFinding),
  changes: list(change),
} as const;
export const exportView = named('Export', filledBy<ExportView & Kept>()(object(exportMembers)));
export const exportAnswer = named('ExportAnswer', object({ ...moment, ...exportMembers }, staleness));
export type ExportAnswer = Described<typeof exportAnswer>;
