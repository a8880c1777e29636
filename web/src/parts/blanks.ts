/** What only the person who records a step knows: it stands in the command's body as `<what it is>` or `<one|another>`. */

export interface Blank {
  /** Its place in the body: `/exportId`, `/pools/1/fqdn`. */
  readonly pointer: string;
  /** The member's own name. */
  readonly name: string;
  readonly inside: string;
}

/** In the order of the body, at any depth. */
export function blanksOf(value: unknown, pointer = ''): readonly Blank[] {
  if (typeof value === 'string') {
    const [, inside] = /^<(.*)>$/.exec(value) ?? [];
    const name = pointer.slice(pointer.lastIndexOf('/') + 1);
    return inside === undefined ? [] : [{ pointer, name, inside }];
  }
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, member]) => blanksOf(member, `${pointer}/${name}`));
}

type Body = Readonly<Record<string, unknown>>;

/** The same body with what was given in its places. */
export const filled = (body: Body, given: Readonly<Record<string, string>>): Body =>
  membersFilled(body, given, '');

const membersFilled = (members: object, given: Readonly<Record<string, string>>, pointer: string): Body =>
  Object.fromEntries(
    Object.entries(members).map(([name, value]: [string, unknown]) => [
      name,
      valueFilled(value, given, `${pointer}/${name}`),
    ]),
  );

function valueFilled(value: unknown, given: Readonly<Record<string, string>>, pointer: string): unknown {
  if (typeof value !== 'object' || value === null) return given[pointer] ?? value;
  if (!Array.isArray(value)) return membersFilled(value, given, pointer);
  return value.map((member: unknown, index) => valueFilled(member, given, `${pointer}/${String(index)}`));
}
