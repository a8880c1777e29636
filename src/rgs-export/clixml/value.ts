/** The values of a CLIXML file, without the XML. */
export type ClixmlValue = string | number | boolean | null | ClixmlObject;

/** A name as written and in lower case, since PowerShell ignores case. All properties of one name share it. */
export interface PropertyName {
  readonly written: string;
  readonly folded: string;
}

export interface ClixmlProperty {
  readonly name: PropertyName;
  readonly value: ClixmlValue;
}

/** An object of PowerShell, with the parts that the file has of it. */
export class ClixmlObject {
  /** By folded name, so that a file of many properties costs no more for each. */
  private own: Map<string, ClixmlProperty> | null = null;
  /** Properties whose name another one had before. */
  readonly repeated: ClixmlProperty[] = [];
  /** Its printed form; for an enumeration, the name of the value. */
  text: string | null = null;
  /** The value that the object wraps, such as the number of an enumeration. */
  inner: ClixmlValue | undefined = undefined;
  /** Of a list, queue, stack or enumerable. */
  items: ClixmlValue[] | null = null;
  /** Of a dictionary. */
  entries: { key: ClixmlValue; value: ClixmlValue }[] | null = null;

  /** In the order of the file. */
  get properties(): readonly ClixmlProperty[] {
    return this.own === null ? [] : [...this.own.values()];
  }

  property(name: string): ClixmlValue | undefined {
    return this.own?.get(name.toLowerCase())?.value;
  }

  /** Of two properties with one name the first counts: an extended property does not hide an adapted one. */
  add(name: PropertyName, value: ClixmlValue): void {
    this.own ??= new Map();
    if (this.own.has(name.folded)) this.repeated.push({ name, value });
    else this.own.set(name.folded, { name, value });
  }
}

/** The items of a list. A single value is a list of itself, null the empty list: CLIXML does not wrap one object. */
export function itemsOf(value: ClixmlValue): readonly ClixmlValue[] {
  if (value === null) return [];
  return value instanceof ClixmlObject && value.items !== null ? value.items : [value];
}

/** A value as text; null where it has none. */
export function textOf(value: ClixmlValue): string | null {
  if (!(value instanceof ClixmlObject)) return value === null ? null : String(value);
  if (value.text !== null) return value.text;
  return value.inner === undefined || value.inner instanceof ClixmlObject ? null : textOf(value.inner);
}
