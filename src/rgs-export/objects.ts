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
import { limits, longestKeptText } from '../../policy/limits.js';
import { barredCharacterIn } from '../../policy/texts/characters.js';
import { beginningOf, cutTo } from '../../policy/texts/cut.js';
import { cleanName, nameErrors, poolNameOf } from '../domain/names.js';
import { toleratedProperties } from '../domain/properties/tolerated.js';
import type { NamedAudio } from './audio.js';
import { ClixmlObject, textOf, type ClixmlValue } from './clixml/value.js';
import type { Findings } from './findings.js';
import { idIn } from './identity.js';
import type { Budget } from './json.js';
import type { FileLocation } from './malformed-export-error.js';
import { fieldsOf, ofRemoting } from './property-values.js';

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

export interface ObjectContext {
  readonly budget: Budget;
  readonly findings: Findings;
  readonly audio: (named: NamedAudio, use: AudioUse) => void;
}

/** Properties that every object has and that are not part of its configuration. */
const ignored: ReadonlySet<string> = new Set([
  'identity',
  'instanceid',
  'name',
  'ownerpool',
  'owner',
  'parent',
  'parentpool',
  'element',
  'xsanynamespace',
  ...ofRemoting,
]);

export interface IdentifiedValue {
  readonly id: string;
  readonly value: ClixmlObject;
}

/** Null where the value has no identity, or one that no object can have; a finding says so. */
export function identified(
  kind: ObjectKind,
  value: ClixmlValue,
  { entry, line }: FileLocation,
  findings: Findings,
): IdentifiedValue | null {
  const id = value instanceof ClixmlObject ? idIn(value) : null;
  if (id !== null && value instanceof ClixmlObject) return { id, value };
  const given = value instanceof ClixmlObject ? textOf(value.property('InstanceId') ?? null) : null;
  const detail =
    given === null || given.trim() === ''
      ? 'It has no InstanceId, and is left out.'
      : `"${cutTo(given.toWellFormed(), 80)}" can be no InstanceId: it has more than ${limits.id} characters, or blanks or control characters. The object is left out.`;
  findings.add('object-without-identity', detail, { entry, line, kind });
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
  const { name, whole } = nameOf(kind, value, id, at, findings);
  const { properties, unknownProperties } = propertiesOf(kind, id, value, location, context);
  return {
    kind,
    id,
    name,
    owner: ownerOf(value, at, findings),
    properties,
    unknownProperties: whole === null ? unknownProperties : { ...unknownProperties, Name: whole },
  };
}

/** The application settings of the pool. */
export const readSettings = (
  value: ClixmlObject,
  location: FileLocation,
  context: ObjectContext,
): Pick<ReadObject, 'properties' | 'unknownProperties'> =>
  propertiesOf(applicationSettingsKind, applicationSettingsKind, value, location, context);

type At = Parameters<Findings['add']>[2];

interface ReadName {
  readonly name: string;
  /** What the file has, where that is longer than a name can be. */
  readonly whole: string | null;
}

function nameOf(kind: ObjectKind, value: ClixmlObject, id: string, at: At, findings: Findings): ReadName {
  const given = textOf(value.property('Name') ?? null) ?? '';
  const whole = cleanName(given.toWellFormed());
  if (whole === '') {
    findings.add('object-without-name', 'It has no name; its id stands for it.', at);
    return { name: id, whole: null };
  }
  const isNotAllowed = (detail: string): void => findings.add('name-not-allowed', detail, at);
  const name = cutTo(whole, limits.name);
  if (!given.isWellFormed()) isNotAllowed('Its name holds half of a character, which is kept as U+FFFD.');
  if (name !== whole) {
    const kept = whole.length > longestKeptText ? `the first ${longestKeptText} are` : 'all are';
    isNotAllowed(
      `Its name has ${whole.length} characters, and no name has more than ${limits.name}: the record has "${name}", and beside it, as Name, ${kept} kept.`,
    );
  }
  for (const { detail } of nameErrors(kind, name)) {
    isNotAllowed(`The name "${name}" is none that the cmdlets take. ${detail}`);
  }
  return { name, whole: name === whole ? null : beginningOf(whole, longestKeptText) };
}

function ownerOf(value: ClixmlObject, at: At, findings: Findings): string | null {
  const owner = value.property('OwnerPool') ?? value.property('Owner') ?? null;
  if (owner === null) return null;
  const text =
    textOf(owner) ?? (owner instanceof ClixmlObject ? textOf(owner.property('Fqdn') ?? null) : null);
  const fqdn = text === null ? '' : poolNameOf(text);
  if (/^[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?$/.test(fqdn)) return fqdn;
  if (fqdn !== '') findings.add('owner-unreadable', `The owner "${cutTo(fqdn, 80)}" names no pool.`, at);
  return null;
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
      audio: (property, named) => audio(named, { kind, id, property }),
    },
    '',
    ignored,
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
  return { properties, unknownProperties: Object.fromEntries(unknown) };
}
