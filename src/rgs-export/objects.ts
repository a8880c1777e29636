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
import { isRecord } from '../../policy/object-properties/schema.js';
import { beginningOf, cutTo } from '../../policy/texts/cut.js';
import { fingerprint } from '../../policy/texts/fingerprint.js';
import { cleanName, nameErrors, poolNameOf } from '../domain/names.js';
import { toleratedProperties } from '../domain/properties/tolerated.js';
import type { NamedAudio } from './audio.js';
import { ClixmlObject, textOf, type ClixmlValue } from './clixml/value.js';
import type { Findings } from './findings.js';
import { besideId, idIn } from './identity.js';
import { besideText, jsonOf, uniquely, type Budget } from './json.js';
import type { FileLocation } from './malformed-export-error.js';
import { fieldsOf } from './property-values.js';
import { ofRemoting } from './remoting.js';

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

/** Properties that every object has, and that tell who it is. */
const namesOfOwner = ['OwnerPool', 'Owner'] as const;
const namesOfIdentity = ['Identity', 'InstanceId', 'Parent', 'ParentPool'] as const;
const readByThemselves: ReadonlySet<string> = new Set(
  ['Name', ...namesOfOwner, ...namesOfIdentity].map((name) => name.toLowerCase()),
);

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

type At = Parameters<Findings['add']>[2];

interface ReadName {
  readonly name: string;
  /** What the file has as its name and the name has not, by path. */
  readonly beside: Properties;
}

function nameOf(
  kind: ObjectKind,
  value: ClixmlObject,
  id: string,
  at: At,
  { findings, budget }: ObjectContext,
): ReadName {
  const named = value.property('Name') ?? null;
  const given = textOf(named) ?? '';
  const more = besideText(named, budget);
  const beside: Properties = more === null ? {} : { 'Name (object)': more };
  const whole = cleanName(given.toWellFormed());
  if (whole === '') {
    findings.add('object-without-name', 'It has no name; its id stands for it.', at);
    return { name: id, beside };
  }
  const isNotAllowed = (detail: string, about = at): void => findings.add('name-not-allowed', detail, about);
  const name = cutTo(whole, limits.name);
  if (!given.isWellFormed()) isNotAllowed('Its name holds half of a character, which is kept as U+FFFD.');
  if (name !== whole) {
    const kept = whole.length > longestKeptText ? `the first ${longestKeptText} are` : 'all are';
    isNotAllowed(
      `Its name has ${whole.length} characters, and no name has more than ${limits.name}: the record has "${name}", and beside it, as Name, ${kept} kept.`,
      { ...at, fingerprint: fingerprint(whole) },
    );
  }
  for (const { detail } of nameErrors(kind, name)) {
    isNotAllowed(`The name "${name}" is none that the cmdlets take. ${detail}`);
  }
  return { name, beside: name === whole ? beside : { ...beside, Name: beginningOf(whole, longestKeptText) } };
}

interface ReadOwner {
  readonly owner: string | null;
  /** What the file says of it besides, or instead of a pool, by path. */
  readonly besideOwner: Properties;
}

function ownerOf(value: ClixmlObject, at: At, { findings, budget }: ObjectContext): ReadOwner {
  const given = namesOfOwner.flatMap((name) => {
    const held = value.property(name) ?? null;
    return held === null ? [] : [{ name, held, fqdn: poolIn(held) }];
  });
  const [first] = given;
  const owner = first?.fqdn ?? null;
  const besideOwner = given.flatMap(({ name, held, fqdn }): [string, JsonValue][] => {
    const rest = fqdn !== null && fqdn === owner ? besideText(held, budget) : jsonOf(held, budget);
    return rest === null || rest === '' ? [] : [[name, shortened(rest)]];
  });
  const [unreadable] = besideOwner;
  if (first !== undefined && owner === null && unreadable !== undefined) {
    const text = textOf(first.held)?.toWellFormed() ?? JSON.stringify(unreadable[1]);
    findings.add(
      'owner-unreadable',
      `The owner "${cutTo(text, 80)}" names no pool; it is kept beside the object.`,
      { ...at, fingerprint: fingerprint(text) },
    );
  }
  return { owner, besideOwner: Object.fromEntries(besideOwner) };
}

const shortened = (json: JsonValue): JsonValue =>
  typeof json === 'string' ? beginningOf(json, longestKeptText) : json;

/** The FQDN in a text, or in an object that has it; null where it is none. */
function poolIn(owner: ClixmlValue): string | null {
  const text =
    textOf(owner) ?? (owner instanceof ClixmlObject ? textOf(owner.property('Fqdn') ?? null) : null);
  const fqdn = text === null ? '' : poolNameOf(text);
  return /^[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?$/.test(fqdn) ? fqdn : null;
}

/** What its identity, and that of what hosts it, say besides its id and the service of a pool. */
const besideIdentity = (value: ClixmlObject, id: string | null, budget: Budget): Properties =>
  Object.fromEntries(
    namesOfIdentity.flatMap((name): [string, JsonValue][] => {
      const rest = besideId(value.property(name) ?? null, id, budget);
      return rest === null ? [] : [[name, rest]];
    }),
  );

const fingerprints = new WeakMap<ClixmlObject, string>();

/** Of what is left out: a file may refer to one large object many times. */
export function fingerprintOf(value: ClixmlValue, budget: Budget): string {
  const known = value instanceof ClixmlObject ? fingerprints.get(value) : undefined;
  if (known !== undefined) return known;
  const made = fingerprint(JSON.stringify(leavesOf(value, budget)));
  if (value instanceof ClixmlObject) fingerprints.set(value, made);
  return made;
}

/** All that a file says of something, without what is another in each file. */
export function leavesOf(value: ClixmlValue, budget: Budget): JsonValue {
  const json = jsonOf(value, budget);
  if (!isRecord(json)) return json;
  return Object.fromEntries(Object.entries(json).filter(([name]) => !ofRemoting.has(name.toLowerCase())));
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
