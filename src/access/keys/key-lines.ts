/** The text of a file of keys: one JSON object a line. */
import { isRole, roles } from '../roles.js';
import { foldedPool, longestActor } from '../principal.js';
import { idPattern, type KeyEntry } from './key.js';

/** A file that cannot be used, with the line and the field. */
export class KeyFileError extends Error {
  constructor(sentence: string) {
    super(sentence);
    this.name = 'KeyFileError';
  }
}

const mostKeys = 10_000;
const mostPools = 1_000;
const longestNote = 500;
const time = /^\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(\.\d+)?([Zz]|[+-]\d\d:\d\d)$/;
const poolName = /^[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)+$/;

const isText = (value: unknown, longest: number): value is string =>
  typeof value === 'string' &&
  value.trim() !== '' &&
  value.length <= longest &&
  value.isWellFormed() &&
  !/[\p{Cc}\p{Cf}\u2028\u2029]/u.test(value);

export const isTime = (value: unknown): value is string =>
  typeof value === 'string' && time.test(value) && !Number.isNaN(Date.parse(value));

export const isPoolName = (value: unknown): boolean =>
  typeof value === 'string' && value.length <= 253 && poolName.test(foldedPool(value));

export const isActor = (value: unknown): value is string => isText(value, longestActor);

interface Rule {
  readonly isNeeded: boolean;
  readonly holds: (value: unknown) => boolean;
  readonly must: string;
}

const aTime: Rule = {
  isNeeded: false,
  holds: isTime,
  must: 'be an RFC 3339 time such as 2027-01-31T00:00:00Z',
};

const rules: Readonly<Record<keyof KeyEntry, Rule>> = {
  id: {
    isNeeded: true,
    holds: (value) => typeof value === 'string' && idPattern.test(value),
    must: 'be 1 to 64 letters, digits, hyphens and underscores',
  },
  sha256: {
    isNeeded: true,
    holds: (value) => typeof value === 'string' && /^[\da-f]{64}$/i.test(value),
    must: 'be the SHA-256 of the whole key in 64 hexadecimal digits',
  },
  role: { isNeeded: true, holds: isRole, must: `be one of: ${roles.join(', ')}` },
  actor: { isNeeded: true, holds: isActor, must: `be 1 to ${longestActor} characters of text` },
  pools: {
    isNeeded: false,
    holds: (value) =>
      Array.isArray(value) && value.length > 0 && value.length <= mostPools && value.every(isPoolName),
    must: `be a list of 1 to ${mostPools} fully qualified names of pools; leave it out for all pools`,
  },
  created: aTime,
  expires: aTime,
  revoked: aTime,
  note: {
    isNeeded: false,
    holds: (value) => isText(value, longestNote),
    must: `be at most ${longestNote} characters of text`,
  },
};

/** @throws KeyFileError that names the line and the field, and shows nothing of what it holds */
export function keysIn(text: string): readonly KeyEntry[] {
  const lines = text.replace(/^\uFEFF/, '').split('\n');
  const entries = lines.flatMap((line, index) => (line.trim() === '' ? [] : [entryIn(line, index + 1)]));
  if (entries.length > mostKeys)
    throw new KeyFileError(`holds ${entries.length} keys; at most ${mostKeys} are taken`);
  return entries;
}

function entryIn(line: string, number: number): KeyEntry {
  const value = objectIn(line);
  if (value === null) throw new KeyFileError(`line ${number} is not a JSON object`);
  const fault = faultIn(value);
  if (fault !== null || !isEntry(value)) throw new KeyFileError(`line ${number}: ${fault}`);
  return value.pools === undefined ? value : { ...value, pools: value.pools.map(foldedPool) };
}

function faultIn(value: Readonly<Record<string, unknown>>): string | null {
  const unknown = Object.keys(value).find((field) => !Object.hasOwn(rules, field));
  if (unknown !== undefined) {
    return `the field "${unknown.slice(0, 40)}" is none of: ${Object.keys(rules).join(', ')}`;
  }
  for (const [field, { isNeeded, holds, must }] of Object.entries(rules)) {
    const given = value[field];
    if (given === undefined ? isNeeded : !holds(given)) {
      return `"${field}" ${given === undefined ? 'is missing; it ' : ''}must ${must}`;
    }
  }
  return null;
}

const isEntry = (value: object): value is KeyEntry => faultIn({ ...value }) === null;

function objectIn(line: string): Readonly<Record<string, unknown>> | null {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : null;
  } catch {
    return null;
  }
}

export const lineOf = (entry: KeyEntry): string => JSON.stringify(entry);
