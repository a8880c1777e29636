/** What a CLIXML file says, freed of XML. */
export type ClixmlValue = string | number | boolean | null | ClixmlObject;

export interface ClixmlProperty {
  readonly name: string;
  /** In lower case: PowerShell does not mind the case. */
  readonly folded: string;
  readonly value: ClixmlValue;
}

/** An object of PowerShell: what it is made of, each part absent where the file has none. */
export class ClixmlObject {
  /** In the order of the file. A list, for objects are many and their properties few. */
  readonly properties: ClixmlProperty[] = [];
  /** What it would print as; for an enumeration, its name. */
  text: string | null = null;
  /** The value that the object wraps, such as the number of an enumeration. */
  inner: ClixmlValue | undefined = undefined;
  /** Of a list, queue, stack or enumerable. */
  items: ClixmlValue[] | null = null;
  /** Of a dictionary. */
  entries: { key: ClixmlValue; value: ClixmlValue }[] | null = null;

  property(name: string): ClixmlValue | undefined {
    const folded = name.toLowerCase();
    return this.properties.find((property) => property.folded === folded)?.value;
  }

  /** Of two properties of the same name the first counts: the adapted one is not hidden by an extended one. */
  add(name: string, value: ClixmlValue): void {
    const folded = name.toLowerCase();
    if (!this.properties.some((property) => property.folded === folded))
      this.properties.push({ name, folded, value });
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
