/** Who an object is: its name, its owner and its identity, with all that a file says of them besides. */
import type { JsonValue } from '../../events/envelope.js';
import type { ObjectKind, Properties } from '../../events/vocabulary.js';
import { limits, longestKeptText } from '../../policy/limits.js';
import { beginningOf, cutTo } from '../../policy/texts/cut.js';
import { fingerprint } from '../../policy/texts/fingerprint.js';
import { cleanName, nameErrors, poolNameOf } from '../domain/names.js';
import { ClixmlObject, textOf, type ClixmlValue } from './clixml/value.js';
import type { Findings } from './findings.js';
import { besideId } from './identity.js';
import { besideText, jsonOf, type Budget } from './json.js';

/** Properties that every object has, and that tell who it is. */
export const namesOfOwner = ['OwnerPool', 'Owner'] as const;
const namesOfIdentity = ['Identity', 'InstanceId', 'Parent', 'ParentPool'] as const;
export const readByThemselves: ReadonlySet<string> = new Set(
  ['Name', ...namesOfOwner, ...namesOfIdentity].map((name) => name.toLowerCase()),
);

/** Of a finding: the object, and where it stands. */
export type At = Parameters<Findings['add']>[2];

/** Where things are told of, and how much may be read. */
export interface Reading {
  readonly budget: Budget;
  readonly findings: Findings;
}

interface ReadName {
  readonly name: string;
  /** What the file has as its name and the name has not, by path. */
  readonly beside: Properties;
}

export function nameOf(
  kind: ObjectKind,
  value: ClixmlObject,
  id: string,
  at: At,
  { findings, budget }: Reading,
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

export function ownerOf(value: ClixmlObject, at: At, { findings, budget }: Reading): ReadOwner {
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
export const besideIdentity = (value: ClixmlObject, id: string | null, budget: Budget): Properties =>
  Object.fromEntries(
    namesOfIdentity.flatMap((name): [string, JsonValue][] => {
      const rest = besideId(value.property(name) ?? null, id, budget);
      return rest === null ? [] : [[name, rest]];
    }),
  );
