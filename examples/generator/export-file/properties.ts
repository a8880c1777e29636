/** Properties in CLIXML, under the cmdlets' names, by the same tables that they are read with. */
import type { JsonObject, JsonValue } from '../../../events/envelope.js';
import type { EditableKind, Properties } from '../../../events/vocabulary.js';
import { fieldsOfCallAction } from '../../../policy/object-properties/call-actions.js';
import {
  audioFile,
  callActionNames,
  date,
  lineUri,
  sipUri,
  timeOfDay,
  transferUri,
  type PropertyTable,
  type PropertyType,
} from '../../../policy/object-properties/schema.js';
import { propertyTables } from '../../../policy/object-properties/tables.js';
import { uuidOf } from '../../../src/runtime/identifiers.js';
import type { ClixmlWriter } from './clixml.js';
import { textOf } from '../text-of.js';

export interface WrittenAudio {
  /** The object whose folder the file is in. */
  readonly owner: string;
  readonly uniqueName: string;
  readonly originalFileName: string;
}

/** businessHoursId is BusinessHoursID in the cmdlets, holidaySetIdList HolidaySetIDList. */
const cmdletName = (name: string): string =>
  (name.charAt(0).toUpperCase() + name.slice(1)).replace(/Id(?=$|List$)/, 'ID');

export class PropertyWriter {
  constructor(
    private readonly writer: ClixmlWriter,
    private readonly pool: string,
    /** Whose folder audio files go to. */
    private readonly owner: string,
    private readonly audio: WrittenAudio[],
  ) {}

  all(kind: EditableKind, properties: Properties): string[] {
    return this.fields(propertyTables[kind], properties, kind);
  }

  private fields(table: PropertyTable, values: JsonObject, path: string): string[] {
    return Object.entries(table).map(([name, { type }]) =>
      this.value(type, cmdletName(name), values[name] ?? null, `${path}/${name}`),
    );
  }

  private value(type: PropertyType, name: string | null, value: JsonValue, path: string): string {
    if (value === null) return this.writer.nil(name);
    switch (type.is) {
      case 'boolean':
        return this.writer.scalar('B', name, value === true);
      case 'integer':
        return this.writer.scalar('I16', name, Number(value));
      case 'choice':
        return this.writer.enumeration('Microsoft.Rtc.Rgs.Enumeration', name, textOf(value));
      case 'text':
        return this.text(type, name, textOf(value), path);
      case 'reference':
        return this.writer.identity(name, this.pool, textOf(value));
      case 'list':
        return this.writer.list(
          name,
          (value as readonly JsonValue[]).map(
            (item, index) => (inner: string | null) => this.value(type.of, inner, item, `${path}/${index}`),
          ),
        );
      case 'record':
        return this.record(type.fields(), name, value as JsonObject, path);
      case 'call-action':
        return this.action(name, value as JsonObject, path);
    }
  }

  private text(type: PropertyType, name: string | null, value: string, path: string): string {
    if (type === audioFile) {
      const uniqueName = uuidOf(`${this.owner} ${path} ${value}`);
      this.audio.push({ owner: this.owner, uniqueName, originalFileName: value });
      return this.writer.object('Microsoft.Rtc.Rgs.Management.AudioFile', name, [
        this.writer.scalar('S', 'OriginalFileName', value),
        this.writer.scalar('S', 'UniqueName', uniqueName),
      ]);
    }
    if (type === timeOfDay) return this.writer.scalar('TS', name, durationOf(value));
    if (type === date) return this.writer.scalar('DT', name, /T/.test(value) ? value : `${value}T00:00:00`);
    const isUri = type === sipUri || type === transferUri || type === lineUri;
    return this.writer.scalar(isUri ? 'URI' : 'S', name, value);
  }

  private record(table: PropertyTable, name: string | null, value: JsonObject, path: string): string {
    return this.writer.object('Microsoft.Rtc.Rgs.Management.Part', name, this.fields(table, value, path));
  }

  /** Whatever it does, an action has the properties of all actions. */
  private action(name: string | null, value: JsonObject, path: string): string {
    const own = callActionNames.find((candidate) => candidate === value['action']);
    if (own === undefined) throw new Error(`There is no action ${textOf(value['action'])}.`);
    const table = fieldsOfCallAction(own);
    const others = ['uri', 'queueId', 'question'].filter((field) => !(field in table));
    return this.writer.object('Microsoft.Rtc.Rgs.Management.CallAction', name, [
      ...this.fields(table, value, path),
      ...others.map((field) => this.writer.nil(cmdletName(field))),
    ]);
  }
}

function durationOf(time: string): string {
  const [hours = 0, minutes = 0, seconds = 0] = time.split(':').map(Number);
  const parts = [
    [hours, 'H'],
    [minutes, 'M'],
    [seconds, 'S'],
  ] as const;
  const said = parts.filter(([number]) => number > 0).map(([number, unit]) => `${number}${unit}`);
  return `PT${said.length === 0 ? '0S' : said.join('')}`;
}
