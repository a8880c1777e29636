/** What a CLIXML file says, freed of XML. */
export type ClixmlValue = string | number | boolean | null | ClixmlObject;

/** A name as it is written, and in lower case: PowerShell does not mind the case. Shared by all properties of that name. */
export interface PropertyName {
  readonly written: string;
  readonly folded: string;
}

export interface ClixmlProperty {
  readonly name: PropertyName;
  readonly value: ClixmlValue;
}

const none: readonly ClixmlProperty[] = [];

/** An object of PowerShell: what it is made of, each part absent where the file has none. */
export class ClixmlObject {
  private own: ClixmlProperty[] | null = null;
  /** What it would print as; for an enumeration, its name. */
  text: string | null = null;
  /** The value that the object wraps, such as the number of an enumeration. */
  inner: ClixmlValue | undefined = undefined;
  /** Of a list, queue, stack or enumerable. */
  items: ClixmlValue[] | null = null;
  /** Of a dictionary. */
  entries: { key: ClixmlValue; value: ClixmlValue }[] | null = null;

  /** In the order of the file. */
  get properties(): readonly ClixmlProperty[] {
    return this.own ?? none;
  }

  property(name: string): ClixmlValue | undefined {
    const folded = name.toLowerCase();
    return this.own?.find((property) => property.name.folded === folded)?.value;
  }

  /** Of two properties of the same name the first counts: the adapted one is not hidden by an extended one. */
  add(name: PropertyName, value: ClixmlValue): void {
    this.own ??= [];
    if (!this.own.some((property) => property.name.folded === name.folded)) this.own.push({ name, value });
  }
}

/** One object is not wrapped in a list; nothing is none. */
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
