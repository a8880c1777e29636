/** How objects are identified and refer to each other: by InstanceId, in several spellings. */
import { ClixmlObject, textOf, type ClixmlValue } from './clixml/value.js';

const guid = /[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}/i;
const usable = /^[^\s\p{Cc}\p{Surrogate}]{1,128}$/u;

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
