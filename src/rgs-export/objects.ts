/** One object of the file as an object of the product: identity, name, owner and properties. */
import type { JsonValue } from '../../events/envelope.js';
import type { AudioUse } from '../../events/export-file.js';
import {
  applicationSettingsKind,
  type EditableKind,
  type ObjectKind,
  type Properties,
} from '../../events/vocabulary.js';
import { propertyTables } from '../../policy/object-properties/tables.js';
import { identifierPattern, identifierSentence } from '../../policy/ids.js';
import { limits } from '../../policy/limits.js';
import { barredCharacterIn } from '../../policy/texts/characters.js';
import { cutTo } from '../../policy/texts/cut.js';
import { toleratedProperties } from '../domain/properties/tolerated.js';
import type { NamedAudio } from './audio.js';
import { ClixmlObject, textOf, type ClixmlValue } from './clixml/value.js';
import { idIn } from './identity.js';
import { jsonOf, uniquely } from './json.js';
import { fingerprintOf } from './left-out.js';
import type { FileLocation } from './malformed-export-error.js';
import { fieldsOf } from './property-values.js';
import { besideIdentity, nameOf, namesOfOwner, ownerOf, readByThemselves, type Reading } from './who.js';

export interface ReadObject {
  readonly kind: ObjectKind;
  /** The InstanceId, in lower case. */
  readonly id: string;
  readonly name: string;
  /** FQDN of the pool that owns it; null where the file does not say. */
  readonly owner: string | null;
  /** All properties of the kind, as the cmdlets would have them. */
  readonly properties: Properties;
  /** Values that the tables do not know or that break their limits, by the path of the property: `defaultAction/Priority`. */
  readonly unknownProperties: Properties;
}

export interface ObjectContext extends Reading {
  readonly audio: (named: NamedAudio, use: AudioUse) => void;
}

export interface IdentifiedValue {
  readonly id: string;
  readonly value: ClixmlObject;
}

/** Null where the value has no identity, or one that no object can have; a finding says so. */
export function identified(
  kind: ObjectKind,
  value: ClixmlValue,
  { entry, line }: FileLocation,
  { findings, budget }: ObjectContext,
): IdentifiedValue | null {
  const id = value instanceof ClixmlObject ? idIn(value) : null;
  if (id !== null && value instanceof ClixmlObject) return { id, value };
  const given = value instanceof ClixmlObject ? textOf(value.property('InstanceId') ?? null) : null;
  const detail =
    given === null || given.trim() === ''
      ? 'It has no InstanceId, and is left out.'
      : `"${cutTo(given.toWellFormed(), 80)}" can be no InstanceId: it has more than ${limits.id} characters, or blanks or control characters. The object is left out.`;
  findings.add('object-without-identity', detail, {
    entry,
    line,
    kind,
    fingerprint: fingerprintOf(value, budget),
  });
  return null;
}

/** The object is on record under it and can be addressed by it all the same. */
function oddId(id: string): string {
  const barred = barredCharacterIn(id);
  return barred === null
    ? `Its InstanceId is none that a new object can have. ${identifierSentence}.`
    : `Its InstanceId holds ${barred}, which is invisible or changes the direction of text.`;
}

export function readObject(
  kind: ObjectKind,
  { id, value }: IdentifiedValue,
  location: FileLocation,
  context: ObjectContext,
): ReadObject {
  const { findings } = context;
  const at = { entry: location.entry, line: location.line, kind, id };
  if (!identifierPattern.test(id)) findings.add('id-not-allowed', oddId(id), at);
  const { name, beside } = nameOf(kind, value, id, at, context);
  const { owner, besideOwner } = ownerOf(value, at, context);
  const { properties, unknownProperties } = propertiesOf(kind, id, value, location, context);
  return {
    kind,
    id,
    name,
    owner,
    properties,
    unknownProperties: {
      ...unknownProperties,
      ...beside,
      ...besideOwner,
      ...besideIdentity(value, id, context.budget),
    },
  };
}

/** The application settings of the pool. */
export function readSettings(
  value: ClixmlObject,
  location: FileLocation,
  context: ObjectContext,
): Pick<ReadObject, 'properties' | 'unknownProperties'> {
  const kind = applicationSettingsKind;
  const { properties, unknownProperties } = propertiesOf(kind, kind, value, location, context);
  const { budget } = context;
  const said = ['Name', ...namesOfOwner].map((name) => [name, value.property(name) ?? null] as const);
  const beside = said.flatMap(([name, held]) =>
    held === null ? [] : [[name, jsonOf(held, budget)] as const],
  );
  return {
    properties,
    unknownProperties: {
      ...unknownProperties,
      ...Object.fromEntries(beside),
      ...besideIdentity(value, null, budget),
    },
  };
}

function propertiesOf(
  kind: EditableKind,
  id: string,
  value: ClixmlObject,
  location: FileLocation,
  { budget, findings, audio }: ObjectContext,
): Pick<ReadObject, 'properties' | 'unknownProperties'> {
  const at = { entry: location.entry, line: location.line, kind, id };
  const unknown: [string, JsonValue][] = [];
  const given = fieldsOf(
    propertyTables[kind],
    value,
    {
      budget,
      unknown: (path, held) => {
        unknown.push([path, held]);
        findings.add('property-unknown', 'No cmdlet documents it; it is kept as it is.', {
          ...at,
          property: path,
        });
      },
      beside: (path, held) => unknown.push([path, held]),
      audio: (property, named) => audio(named, { kind, id, property }),
    },
    '',
    readByThemselves,
  );
  const { properties, setAside, missing, oddities } = toleratedProperties(kind, given);
  for (const { value: held, pointer, detail } of setAside) {
    const property = pointer.replace('/properties/', '');
    unknown.push([property, held]);
    findings.add('property-set-aside', `${detail} The file has another value, which is kept beside.`, {
      ...at,
      property,
    });
  }
  for (const property of missing) {
    findings.add('property-missing', 'It is required, and the file does not have it.', { ...at, property });
  }
  for (const { pointer, detail } of oddities) {
    findings.add('property-odd', detail, { ...at, property: pointer.replace('/properties/', '') });
  }
  return { properties, unknownProperties: uniquely(unknown) };
}
