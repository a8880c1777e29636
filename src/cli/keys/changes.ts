/** What the verbs do to the keys of a file. */
import { digestOf, newId, newKey, stateOf, type KeyEntry, type KeyState } from '../../access/keys/key.js';
import { changeKeys, readKeys } from '../../access/keys/key-file.js';
import { isActor, isPoolName, isTime, KeyFileError } from '../../access/keys/key-lines.js';
import { foldedPool } from '../../access/principal.js';
import type { Role } from '../../access/roles.js';
import { timeGiven } from '../times/given.js';
import { localZone } from '../times/zone.js';

/** A key as it is shown, once, with its line. */
export interface Made {
  readonly key: string;
  readonly entry: KeyEntry;
}

export interface Wanted {
  readonly role: Role;
  readonly actor: string;
  readonly pool: readonly string[];
  readonly expires?: string;
  readonly note?: string;
}

export type Listed = Omit<KeyEntry, 'sha256'> & { readonly state: KeyState };

const withKey = (entry: Omit<KeyEntry, 'sha256'>): Made => {
  const key = newKey(entry.id);
  return { key, entry: { ...entry, sha256: digestOf(key).toString('hex') } };
};

/** @throws RangeError for what cannot be a key, KeyFileError for the file */
export async function created(file: string, wanted: Wanted, now: Date): Promise<Made> {
  const { role, actor, pool, expires, note } = wanted;
  if (!isActor(actor)) throw new RangeError('--actor must be 1 to 256 characters of text.');
  const bad = pool.find((name) => !isPoolName(name));
  if (bad !== undefined) {
    throw new RangeError(
      `--pool must be the fully qualified name of a pool, such as pool-a.contoso.com, not "${bad}".`,
    );
  }
  const made = withKey({
    id: newId(),
    role,
    actor,
    ...(pool.length === 0 ? {} : { pools: [...new Set(pool.map(foldedPool))] }),
    created: now.toISOString(),
    ...(expires === undefined ? {} : { expires: timeOf('--expires', expires, now) }),
    ...(note === undefined ? {} : { note }),
  });
  await changeKeys(file, (entries) => [...entries, made.entry]);
  return made;
}

export const listed = (file: string, now: Date): readonly Listed[] =>
  readKeys(file).entries.map(({ sha256: _, ...entry }) => ({
    ...entry,
    state: stateOf({ ...entry, sha256: '' }, now.getTime()),
  }));

/** Resolves to how many secrets of the key are refused now that held before. */
export async function revoked(file: string, id: string, now: Date): Promise<number> {
  let count = 0;
  await changeExisting(file, id, (entry) => {
    if (stateOf(entry, now.getTime()) !== 'valid') return entry;
    count += 1;
    return { ...entry, revoked: now.toISOString() };
  });
  return count;
}

/** The new secret goes by the same id. The old one is refused at once, or when the overlap is over. */
export async function rotated(
  file: string,
  id: string,
  overlap: string | undefined,
  now: Date,
): Promise<Made> {
  const end = overlap === undefined ? null : timeOf('--overlap', overlap, now);
  const made: Made[] = [];
  await changeExisting(
    file,
    id,
    (entry) => {
      if (stateOf(entry, now.getTime()) !== 'valid') return entry;
      if (end === null) return { ...entry, revoked: now.toISOString() };
      const { expires } = entry;
      return {
        ...entry,
        expires: expires !== undefined && Date.parse(expires) < Date.parse(end) ? expires : end,
      };
    },
    (newest) => {
      if (stateOf(newest, now.getTime()) !== 'valid') {
        throw new KeyFileError(
          `The key "${id}" is ${stateOf(newest, now.getTime())}, so it is not rotated. Make another one with "key create".`,
        );
      }
      const { sha256: _, revoked: __, ...rest } = newest;
      const next = withKey({ ...rest, created: now.toISOString() });
      made.push(next);
      return [next.entry];
    },
  );
  const [next] = made;
  if (next === undefined) throw new KeyFileError(`The key "${id}" was not rotated.`);
  return next;
}

async function changeExisting(
  file: string,
  id: string,
  change: (entry: KeyEntry) => KeyEntry,
  added: (newest: KeyEntry) => readonly KeyEntry[] = () => [],
): Promise<void> {
  readKeys(file);
  await changeKeys(file, (entries) => {
    const newest = entries.findLast((entry) => entry.id === id);
    if (newest === undefined) {
      throw new KeyFileError(`There is no key "${id}" in ${file}; "key list" shows those that are there.`);
    }
    return [...entries.map((entry) => (entry.id === id ? change(entry) : entry)), ...added(newest)];
  });
}

const units: Readonly<Record<string, number>> = { m: 60_000, h: 3_600_000, d: 86_400_000 };

/** A time by the clocks of this machine or RFC 3339, or a span from now on. */
function timeOf(flag: string, text: string, now: Date): string {
  const [, count = '', unit = ''] = /^(\d{1,6})([mhd])$/.exec(text) ?? [];
  const at = count === '' ? dateOf(text, now) : now.getTime() + Number(count) * (units[unit] ?? 0);
  if (Number.isNaN(at) || at <= now.getTime()) {
    throw new RangeError(
      `${flag} must lie ahead: a time such as "2027-01-31 18:00" or 2027-01-31T00:00:00Z, or a span such as 30m, 12h or 90d.`,
    );
  }
  return new Date(at).toISOString();
}

function dateOf(text: string, now: Date): number {
  const time = timeGiven(text, { zone: localZone(), now: now.getTime() });
  return typeof time === 'string' && isTime(time) ? Date.parse(time) : Number.NaN;
}
