/** What is left out of the record, told apart by its content. */
import type { JsonValue } from '../../events/envelope.js';
import { isRecord } from '../../policy/object-properties/schema.js';
import { fingerprint } from '../../policy/texts/fingerprint.js';
import { ClixmlObject, type ClixmlValue } from './clixml/value.js';
import { jsonOf, type Budget } from './json.js';
import { ofRemoting } from './remoting.js';

const fingerprints = new WeakMap<ClixmlObject, string>();

/** Of what is left out: a file may refer to one large object many times. */
export function fingerprintOf(value: ClixmlValue, budget: Budget): string {
  const known = value instanceof ClixmlObject ? fingerprints.get(value) : undefined;
  if (known !== undefined) return known;
  const made = fingerprint(JSON.stringify(leavesOf(value, budget)));
  if (value instanceof ClixmlObject) fingerprints.set(value, made);
  return made;
}

/** All that a file says of something, without what is another in each file. */
export function leavesOf(value: ClixmlValue, budget: Budget): JsonValue {
  const json = jsonOf(value, budget);
  if (!isRecord(json)) return json;
  return Object.fromEntries(Object.entries(json).filter(([name]) => !ofRemoting.has(name.toLowerCase())));
}
