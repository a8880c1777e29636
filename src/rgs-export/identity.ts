/** How objects are identified and refer to each other: by InstanceId, in several spellings. */
import type { JsonValue } from '../../events/envelope.js';
import { ClixmlObject, textOf, type ClixmlValue } from './clixml/value.js';
import { otherParts, uniquely, type Budget, jsonOf } from './json.js';
import { ofRemoting } from './remoting.js';

const guid = /[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}/i;
const usable = /^[^\s\p{Cc}\p{Surrogate}]{1,128}$/u;
/** The service of a pool, alone or before the id of an object: `service:ApplicationServer:<fqdn>/`. */
const service = /^(?:service\s*:\s*)?applicationserver\s*:[^/\s]+\/?/i;

/** Identities nest two deep in all files that are known; deeper ones are not followed. */
const deepest = 4;

/**
 * The id in a value. Of an identity object: its InstanceId, else its NonNormalized or its text. Of a text: the GUID in
 * it (`service:ApplicationServer:<fqdn>/<guid>`), else the whole text. Null where there is none.
 */
export function idIn(value: ClixmlValue | undefined, depth = 0): string | null {
  if (value === undefined || value === null || depth > deepest) return null;
  if (value instanceof ClixmlObject) {
    for (const name of ['InstanceId', 'NonNormalized', 'Identity']) {
      const id = idIn(value.property(name), depth + 1);
      if (id !== null) return id;
    }
  }
  return idInText(textOf(value));
}

function idInText(text: string | null): string | null {
  if (text === null) return null;
  const [found] = guid.exec(text) ?? [];
  if (found !== undefined) return found.toLowerCase();
  const id = text.trim();
  return usable.test(id) ? id : null;
}

/**
 * What an identity says besides the pool's service and the id. What is nested too deep to be one is kept whole: an object
 * may refer to one around it.
 * @param id null: any GUID is one
 * @returns null where it says nothing else
 */
export function besideId(value: ClixmlValue, id: string | null, budget: Budget, depth = 0): JsonValue {
  if (depth > deepest) return jsonOf(value, budget);
  budget.spend();
  if (!(value instanceof ClixmlObject)) return isIdentity(textOf(value), id) ? null : value;
  const properties = [...value.properties, ...value.repeated].filter(
    ({ name }) => !ofRemoting.has(name.folded),
  );
  const others = otherParts(value, (part) => jsonOf(part, budget));
  if (properties.length === 0 && others.length === 0) {
    const text = textOf(value);
    return isIdentity(text, id) ? null : (text?.toWellFormed() ?? null);
  }
  const said = properties.flatMap(({ name, value: held }): [string, JsonValue][] => {
    const rest = besideId(held, id, budget, depth + 1);
    return rest === null ? [] : [[name.written.toWellFormed(), rest]];
  });
  const rest = uniquely([...said, ...others]);
  return Object.keys(rest).length === 0 ? null : rest;
}

function isIdentity(text: string | null, id: string | null): boolean {
  const said = (text ?? '')
    .trim()
    .replace(service, '')
    .replace(/^\{(.*)\}$/, '$1');
  if (said === '') return true;
  return id === null ? guid.exec(said)?.[0] === said : said.toLowerCase() === id.toLowerCase();
}
