/** What the file of an export says of each object. */
import type {
  AudioByPath,
  AudioIdentity,
  Beside,
  BesideChanges,
  ExportedFile,
} from '../events/export-file.js';
import type { EditableKind, Properties } from '../events/vocabulary.js';
import { sameJson } from '../policy/same-json.js';
import { identityOf, type Identity } from './identity.js';
import type { ExportFacts } from './pair-state.js';

/** Each once, as the facts have an export in two places. */
const completed = new WeakMap<ExportFacts, ExportFacts>();

/** An export with the audio files beside each object. Logs of before have them in one list of the whole file only. */
export function withAudioByObject(data: ExportFacts): ExportFacts {
  const known = completed.get(data) ?? completedByAudio(data);
  completed.set(data, known);
  return known;
}

function completedByAudio(data: ExportFacts): ExportFacts {
  const { file = null, objects, settingsBeside } = data;
  if (file === null || file.audio.length === 0) return data;
  if (settingsBeside?.audio !== undefined || objects.some(({ audio }) => audio !== undefined)) return data;
  const audioOf = audioByObject(file.audio);
  const beside = (kind: EditableKind, id: string): { readonly audio?: AudioByPath } => {
    const audio = audioOf.get(identityOf({ kind, id }));
    return audio === undefined ? {} : { audio };
  };
  const ofSettings = beside('application-settings', 'application-settings');
  return {
    ...data,
    objects: objects.map((object) => ({ ...object, ...beside(object.kind, object.instanceId ?? object.id) })),
    ...(ofSettings.audio === undefined ? {} : { settingsBeside: { ...settingsBeside, ...ofSettings } }),
  };
}

/** The audio files that each object names, by `identityOf` its InstanceId. */
export function audioByObject(audio: ExportedFile['audio']): ReadonlyMap<string, AudioByPath> {
  const byObject = new Map<string, Record<string, AudioIdentity>>();
  for (const { originalFileName: fileName, uniqueName, sha256, usedBy } of audio) {
    for (const { kind, id, property } of usedBy) {
      const key = identityOf({ kind, id } satisfies Identity);
      byObject.set(key, { ...byObject.get(key), [property]: { fileName, uniqueName, sha256 } });
    }
  }
  return byObject;
}

/** What differs beside an object between the record and a file; empty where the record has not learnt of it yet. */
export function besideChanges(before: Beside, after: Beside): BesideChanges {
  const properties = fieldChanges(before.unknownProperties, after.unknownProperties);
  const audio = fieldChanges(before.audio, after.audio);
  return {
    ...(properties === null ? {} : { unknownProperties: properties }),
    ...(audio === null ? {} : { audio }),
  };
}

function fieldChanges<Value>(
  before: Readonly<Record<string, Value>> | undefined,
  after: Readonly<Record<string, Value>> = {},
): Readonly<Record<string, Value | null>> | null {
  if (before === undefined) return null;
  const changed = [...new Set([...Object.keys(before), ...Object.keys(after)])].filter(
    (path) => !sameJson(before[path] ?? null, after[path] ?? null),
  );
  return changed.length === 0 ? null : Object.fromEntries(changed.map((path) => [path, after[path] ?? null]));
}

/** Without the parts that hold nothing, as events have it. */
export const saidBeside = ({ unknownProperties = {}, audio = {} }: Beside): Beside => ({
  ...(Object.keys(unknownProperties).length === 0 ? {} : { unknownProperties }),
  ...(Object.keys(audio).length === 0 ? {} : { audio }),
});

/** What is beside an object once it has changed; always with both parts, as a file has shown them. */
export const besideAfter = (before: Beside, changes: BesideChanges): Required<Beside> => ({
  unknownProperties: given({ ...before.unknownProperties, ...changes.unknownProperties }),
  audio: given({ ...before.audio, ...changes.audio }),
});

const given = <Value>(
  fields: Readonly<Record<string, Value | null | undefined>>,
): Readonly<Record<string, Value>> =>
  Object.fromEntries(
    Object.entries(fields).flatMap(([name, value]) =>
      value === null || value === undefined ? [] : [[name, value] as const],
    ),
  );

/** What stays beside an object whose properties were changed by hand: nothing of these, as their values are others now. */
export function besideAfterEdit({ unknownProperties, audio }: Beside, edited: Properties): Beside {
  const stays = ([path]: readonly [string, unknown]): boolean =>
    !Object.hasOwn(edited, path.split('/')[0] ?? path);
  return {
    ...(unknownProperties === undefined
      ? {}
      : { unknownProperties: Object.fromEntries(Object.entries(unknownProperties).filter(stays)) }),
    ...(audio === undefined ? {} : { audio: Object.fromEntries(Object.entries(audio).filter(stays)) }),
  };
}
