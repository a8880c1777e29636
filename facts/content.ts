/** What an object is made of: whether two descriptions of it agree, and whether a file has it as it is. */
import type { Beside } from '../events/export-file.js';
import type { ExportedObject } from '../events/transfer.js';
import type { EditableKind } from '../events/vocabulary.js';
import { sameProperties } from '../policy/object-properties/comparison.js';
import { sameJson } from '../policy/same-json.js';
import { byIdentity, identityOf } from './identity.js';
import type { Copy, ExportFacts } from './pair-state.js';

export type Content = Pick<ExportedObject, 'name' | 'properties'> & { readonly kind: EditableKind } & Beside;

/** What nobody has seen in a file is not known to differ. */
export const sameContent = (one: Content, other: Content): boolean =>
  one.name === other.name &&
  sameProperties(one.kind, one.properties, other.properties) &&
  agree(one.unknownProperties, other.unknownProperties) &&
  agree(one.audio, other.audio);

const agree = (one: unknown, other: unknown): boolean =>
  one === undefined || other === undefined || sameJson(one, other);

/** Whether a file has an object just as this copy is. */
export function holds(file: ExportFacts | undefined, copy: Pick<Copy, 'id' | 'kind'> & Content): boolean {
  const object = file === undefined ? undefined : objectsOf(file).get(identityOf(copy));
  return object !== undefined && sameContent(object, copy);
}

/** By identity, built once for each file: every copy is looked for in it. */
const indexes = new WeakMap<ExportFacts['objects'], ReadonlyMap<string, ExportedObject>>();

/** The objects of an export, by `identityOf`. Of a file that was read it is known where there is nothing beside an object. */
export function objectsOf({
  objects,
  file,
}: Pick<ExportFacts, 'objects' | 'file'>): ReadonlyMap<string, ExportedObject> {
  const known = indexes.get(objects) ?? byIdentity((file ?? null) === null ? objects : objects.map(seen));
  indexes.set(objects, known);
  return known;
}

const nothing = {};

const seen = (object: ExportedObject): ExportedObject =>
  object.unknownProperties !== undefined && object.audio !== undefined
    ? object
    : { ...object, unknownProperties: object.unknownProperties ?? nothing, audio: object.audio ?? nothing };
