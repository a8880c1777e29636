/** Writes PowerShell's CLIXML, as far as exports of response groups need it. */

/** How the same thing may be written; third-party readers have met each of these. */
export interface Dialect {
  /** Enumerations as objects with a text and a number, or as plain text. */
  readonly enumerationsAsObjects: boolean;
  /** Identities as objects with an InstanceId, or as their text. */
  readonly identitiesAsObjects: boolean;
  /** An object that comes again is a reference to the first. */
  readonly references: boolean;
  /** A list of one item is not wrapped. */
  readonly unwrapsSingleItems: boolean;
  /** All objects of a file in one list, or one after the other. */
  readonly oneListPerFile: boolean;
}

export const usualDialect: Dialect = {
  enumerationsAsObjects: true,
  identitiesAsObjects: true,
  references: true,
  unwrapsSingleItems: false,
  oneListPerFile: false,
};

/** Where a value goes: named within an object, nameless within a list. */
const named = (name: string | null): string => (name === null ? '' : ` N="${escaped(name)}"`);

export class ClixmlWriter {
  private objects = 0;
  private types = 0;
  private readonly typeNumbers = new Map<string, number>();
  private readonly written = new Map<string, number>();

  constructor(private readonly dialect: Dialect) {}

  document(values: readonly ((name: string | null) => string)[]): string {
    const wrapped =
      this.dialect.oneListPerFile && values.length !== 1
        ? [
            () =>
              this.list(
                null,
                values.map((value) => () => value(null)),
              ),
          ]
        : values;
    const body = wrapped.map((value) => value(null)).join('\n');
    return `<Objs Version="1.1.0.1" xmlns="http://schemas.microsoft.com/powershell/2004/04">\n${body}\n</Objs>`;
  }

  nil(name: string | null): string {
    return `<Nil${named(name)} />`;
  }

  /** `element`: S, B, I16, TS, DT, URI, G and their like. */
  scalar(element: string, name: string | null, value: string | number | boolean): string {
    const text = typeof value === 'string' ? escaped(value) : String(value);
    return `<${element}${named(name)}>${text}</${element}>`;
  }

  enumeration(type: string, name: string | null, word: string): string {
    if (!this.dialect.enumerationsAsObjects) return this.scalar('S', name, word);
    const number = word.length;
    return `<Obj${named(name)} RefId="${this.next()}">${this.typeNames(type)}<ToString>${word}</ToString><I32>${number}</I32></Obj>`;
  }

  object(
    type: string,
    name: string | null,
    properties: readonly string[],
    text: string | null = null,
  ): string {
    const refId = this.next();
    const toString = text === null ? '' : `<ToString>${escaped(text)}</ToString>`;
    return `<Obj${named(name)} RefId="${refId}">${this.typeNames(type)}${toString}<Props>${properties.join('')}</Props></Obj>`;
  }

  /** An identity: the pool's service and the object's GUID. */
  identity(name: string | null, pool: string, id: string): string {
    const text = `service:ApplicationServer:${pool}/${id}`;
    if (!this.dialect.identitiesAsObjects) return this.scalar('S', name, text);
    const known = this.written.get(text);
    if (known !== undefined && this.dialect.references) return `<Ref${named(name)} RefId="${known}" />`;
    this.written.set(text, this.objects);
    return this.object(
      'Microsoft.Rtc.Rgs.Management.RgsIdentity',
      name,
      [this.scalar('G', 'InstanceId', id)],
      text,
    );
  }

  list(name: string | null, items: readonly ((name: string | null) => string)[]): string {
    const [only, ...others] = items;
    if (only !== undefined && others.length === 0 && this.dialect.unwrapsSingleItems) return only(name);
    const type = this.typeNames('System.Collections.ArrayList');
    const refId = this.next();
    return `<Obj${named(name)} RefId="${refId}">${type}<LST>${items.map((item) => item(null)).join('')}</LST></Obj>`;
  }

  private next(): number {
    this.objects += 1;
    return this.objects - 1;
  }

  private typeNames(type: string): string {
    const known = this.typeNumbers.get(type);
    if (known !== undefined) return `<TNRef RefId="${known}" />`;
    this.typeNumbers.set(type, this.types);
    this.types += 1;
    return `<TN RefId="${this.types - 1}"><T>${type}</T><T>System.Object</T></TN>`;
  }
}

/** What XML cannot hold goes as `_x000A_`; an underscore that looks so goes as `_x005F_`. */
const escaped = (text: string): string =>
  text
    .replace(/_(?=x[0-9a-f]{4}_)/gi, '_x005F_')
    .replace(
      /[\p{Cc}\uFFFE\uFFFF]/gu,
      (character) => `_x${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}_`,
    )
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
