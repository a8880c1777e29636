/** A zip in the layout of Export-CsRgsConfiguration, from a description: for examples and tests, not for the cmdlets. */
import type { JsonObject, JsonValue } from '../../../events/envelope.js';
import { objectKinds, type ObjectKind, type Properties } from '../../../events/vocabulary.js';
import { uuidOf } from '../../../src/runtime/identifiers.js';
import { ClixmlWriter, usualDialect, type Dialect } from './clixml.js';
import { PropertyWriter, type WrittenAudio } from './properties.js';
import { zipOf, type ZipEntry } from './zip.js';

export interface DescribedObject {
  readonly kind: ObjectKind;
  /** A GUID. */
  readonly id: string;
  readonly name: string;
  /** Null: the file does not say. */
  readonly owner: string | null;
  readonly properties: Properties;
  /** Written as they are, beside the others. */
  readonly unknownProperties?: Properties;
}

export interface DescribedExport {
  /** The pool that was exported. */
  readonly pool: string;
  readonly objects: readonly DescribedObject[];
  /** Null: no Configuration.xml. */
  readonly applicationSettings: Properties | null;
  readonly agents?: readonly string[];
  readonly managers?: readonly string[];
  /** What a clock showed when it was written: `2026-11-17T01:00:00`. */
  readonly wall?: string;
  /** The bytes of an audio file by its original name; null: it is not in the zip. */
  readonly audio?: (originalFileName: string) => Uint8Array | null;
}

export interface Style {
  readonly dialect: Dialect;
  readonly encoding: 'utf-16le' | 'utf-8';
  readonly fileName: (name: string) => string;
}

export const usualStyle: Style = { dialect: usualDialect, encoding: 'utf-16le', fileName: (name) => name };

const files: Readonly<Record<ObjectKind, readonly [file: string, type: string]>> = {
  workflow: ['Workflows.xml', 'Workflow'],
  queue: ['Queues.xml', 'Queue'],
  'agent-group': ['AgentGroups.xml', 'AgentGroup'],
  'hours-of-business': ['HoursOfBusiness.xml', 'BusinessHours'],
  'holiday-set': ['HolidaySets.xml', 'HolidaySet'],
};

export const exportFile = (description: DescribedExport, style: Style = usualStyle): Buffer =>
  zipOf(entriesOf(description, style));

/** The entries of the zip, before they are packed. */
export function entriesOf(description: DescribedExport, style: Style = usualStyle): ZipEntry[] {
  const { pool, objects, applicationSettings, agents = [], managers = [] } = description;
  const audio: WrittenAudio[] = [];
  const xml = (name: string, text: string): ZipEntry => ({
    name: `RgsImportExport/${style.fileName(name)}`,
    content: encoded(text, style.encoding),
  });
  const entries = objectKinds.map((kind) => {
    const [file, type] = files[kind];
    const writer = new ClixmlWriter(style.dialect);
    const values = objects
      .filter((object) => object.kind === kind)
      .map((object) => (name: string | null) => objectText(writer, name, pool, type, object, audio));
    return xml(file, writer.document(values));
  });
  for (const [file, people] of [
    ['Agents.xml', agents],
    ['Managers.xml', managers],
  ] as const) {
    const writer = new ClixmlWriter(style.dialect);
    entries.push(xml(file, writer.document(people.map((uri) => (name) => personText(writer, name, uri)))));
  }
  if (applicationSettings !== null) {
    const writer = new ClixmlWriter(style.dialect);
    const properties = new PropertyWriter(writer, pool, instanceOf(pool), audio);
    const written = properties.all('application-settings', applicationSettings);
    entries.push(
      xml(
        'Configuration.xml',
        writer.document([(name) => writer.object(typeName('Settings'), name, written)]),
      ),
    );
  }
  const { wall } = description;
  const all = [...entries, ...audioEntries(audio, description.audio ?? tone)];
  return wall === undefined ? all : all.map((entry) => ({ ...entry, wall }));
}

const typeName = (type: string): string => `Microsoft.Rtc.Rgs.Management.WritableSettings.${type}`;
const instanceOf = (pool: string): string => uuidOf(`instance ${pool}`);

function objectText(
  writer: ClixmlWriter,
  name: string | null,
  pool: string,
  type: string,
  object: DescribedObject,
  audio: WrittenAudio[],
): string {
  const { kind, id, owner, properties, unknownProperties = {} } = object;
  const written = new PropertyWriter(writer, pool, id, audio);
  return writer.object(typeName(type), name, [
    writer.identity('Identity', pool, id),
    writer.scalar('S', 'Name', object.name),
    ...(owner === null ? [] : [writer.scalar('S', 'OwnerPool', owner)]),
    ...written.all(kind, properties),
    ...Object.entries(unknownProperties).map(([property, value]) => anyText(writer, property, value ?? null)),
  ]);
}

function anyText(writer: ClixmlWriter, name: string | null, value: JsonValue): string {
  if (value === null) return writer.nil(name);
  if (typeof value === 'string') return writer.scalar('S', name, value);
  if (typeof value === 'boolean') return writer.scalar('B', name, value);
  if (typeof value === 'number')
    return writer.scalar(Number.isSafeInteger(value) ? 'I64' : 'Db', name, value);
  if (Array.isArray(value)) {
    return writer.list(
      name,
      value.map((item: JsonValue) => (inner: string | null) => anyText(writer, inner, item)),
    );
  }
  const fields = Object.entries(value as JsonObject);
  return writer.object(
    'System.Object',
    name,
    fields.map(([field, held]) => anyText(writer, field, held ?? null)),
  );
}

const personText = (writer: ClixmlWriter, name: string | null, uri: string): string =>
  writer.object('Microsoft.Rtc.Rgs.Management.Agent', name, [
    writer.scalar('URI', 'Uri', uri),
    writer.scalar('S', 'DisplayName', uri.replace(/^sip:|@.*$/g, '')),
  ]);

const encoded = (text: string, encoding: Style['encoding']): Buffer =>
  encoding === 'utf-8' ? Buffer.from(text, 'utf8') : Buffer.from(`\uFEFF${text}`, 'utf16le');

function audioEntries(
  audio: readonly WrittenAudio[],
  content: (name: string) => Uint8Array | null,
): ZipEntry[] {
  return audio.flatMap(({ owner, uniqueName, originalFileName }) => {
    const bytes = content(originalFileName);
    if (bytes === null) return [];
    const extension = originalFileName.split('.').at(-1) ?? 'wav';
    const name = `RgsImportExport/RGS/Instances/${owner}/AudioFiles/${uniqueName}.${extension}`;
    return [{ name, content: bytes }];
  });
}

/** A short sound of 8-bit, 8 kHz PCM that differs from name to name. */
export function tone(originalFileName: string): Buffer {
  const samples = Buffer.alloc(800);
  const pitch = 20 + (Buffer.from(originalFileName).reduce((sum, byte) => sum + byte, 0) % 40);
  for (let index = 0; index < samples.length; index += 1)
    samples[index] = index % pitch < pitch / 2 ? 96 : 160;
  const header = Buffer.alloc(44);
  header.write('RIFF', 0);
  header.writeUInt32LE(36 + samples.length, 4);
  header.write('WAVEfmt ', 8);
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(1, 20);
  header.writeUInt16LE(1, 22);
  header.writeUInt32LE(8_000, 24);
  header.writeUInt32LE(8_000, 28);
  header.writeUInt16LE(1, 32);
  header.writeUInt16LE(8, 34);
  header.write('data', 36);
  header.writeUInt32LE(samples.length, 40);
  return Buffer.concat([header, samples]);
}
