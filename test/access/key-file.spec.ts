import {
  chmodSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { changeKeys, readKeys } from '../../src/access/keys/key-file.js';
import { digestOf, newKey, type KeyEntry } from '../../src/access/keys/key.js';
import { lineOf } from '../../src/access/keys/key-lines.js';
import { KeyRing, type KeyChange } from '../../src/access/keys/key-ring.js';

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'poolkeeper-keys-'));
  file = join(folder, 'api-keys');
});
afterEach(() => rmSync(folder, { recursive: true }));

const secrets = new Map<string, string>();
const entryOf = (id: string, more: Partial<KeyEntry> = {}): KeyEntry => {
  const key = secrets.get(id) ?? newKey(id);
  secrets.set(id, key);
  return { id, sha256: digestOf(key).toString('hex'), role: 'operator', actor: id, ...more };
};
const keyOf = (id: string): string => secrets.get(id) ?? '';
const add = (...ids: readonly string[]): Promise<void> =>
  changeKeys(file, (entries) => [...entries, ...ids.map((id) => entryOf(id))]);
const idsIn = (path: string): readonly string[] => readKeys(path).entries.map(({ id }) => id);

describe('The file of keys', () => {
  it('is made for its owner alone, and nothing is left beside it', async () => {
    await add('one');
    expect(statSync(file).mode & 0o777).toBe(0o600);
    await add('two');
    expect(idsIn(file)).toEqual(['one', 'two']);
    expect(readdirSync(folder)).toEqual(['api-keys']);
    expect(readFileSync(file, 'utf8')).not.toContain(keyOf('one').slice(-20));
  });

  it('loses nothing where many write at once', async () => {
    const ids = Array.from({ length: 12 }, (_, index) => `writer-${index}`);
    await Promise.all(ids.map((id) => add(id)));
    expect([...idsIn(file)].sort()).toEqual([...ids].sort());
  });

  it('is refused where everybody can read it or others can write it, with what to do', async () => {
    await add('one');
    for (const mode of [0o604, 0o602, 0o620, 0o601]) {
      chmodSync(file, mode);
      expect(() => readKeys(file)).toThrow(`run: chmod 600 ${file}`);
    }
    chmodSync(file, 0o640);
    expect(idsIn(file)).toEqual(['one']);
  });

  it('is changed where a link leads to it, and the link stays', async () => {
    await add('one');
    const link = join(folder, 'link');
    symlinkSync(file, link);
    await changeKeys(link, (entries) => [...entries, entryOf('two')]);
    expect([idsIn(file), idsIn(link)]).toEqual([
      ['one', 'two'],
      ['one', 'two'],
    ]);
    expect(statSync(file).ino).toBe(statSync(link).ino);
  });

  it('stays as it is where a change fails, and the next writer goes on', async () => {
    await add('one');
    const before = readFileSync(file, 'utf8');
    await expect(
      changeKeys(file, () => {
        throw new Error('no');
      }),
    ).rejects.toThrow('no');
    expect(readFileSync(file, 'utf8')).toBe(before);
    expect(existsSync(`${file}.lock`)).toBe(false);
  });

  it('is named where it is missing, with the command that makes it', () => {
    expect(() => readKeys(file)).toThrow(
      `The file of keys ${file} does not exist; "poolkeeper key create --file ${file}`,
    );
    expect(() => readKeys(folder)).toThrow(`The file of keys ${folder} `);
  });
});

describe('The ring of keys', () => {
  const rings: KeyRing[] = [];
  afterEach(() => {
    for (const ring of rings.splice(0)) ring.close();
  });
  const changes: KeyChange[] = [];
  const faults: (string | null)[] = [];
  const ringOf = (now = Date.now): KeyRing => {
    changes.length = 0;
    faults.length = 0;
    const ring = new KeyRing(file, {
      now,
      onChanged: (changed) => changes.push(...changed),
      onFault: (fault) => faults.push(fault),
    });
    rings.push(ring);
    return ring;
  };

  it('finds a key by all of it, and none by its id alone', async () => {
    await add('one', 'two');
    const ring = ringOf();
    expect(ring.find(keyOf('one'))?.entry.actor).toBe('one');
    const other = keyOf('two').split('.')[1] ?? '';
    for (const wrong of [`pk_one.${other}`, `pk_three.${other}`, `${keyOf('one')}x`, 'pk_one.', '']) {
      expect(ring.find(wrong)).toBeNull();
    }
  });

  it('reads the file again once it has changed, and tells what', async () => {
    await add('one', 'two');
    const ring = ringOf();
    await changeKeys(file, ([one, ...rest]) => [
      ...rest,
      entryOf('three'),
      ...(one === undefined ? [] : [{ ...one, revoked: '2026-01-01T00:00:00Z' }]),
    ]);
    ring.look();
    expect(ring.find(keyOf('three'))?.state).toBe('valid');
    expect(ring.find(keyOf('one'))?.state).toBe('revoked');
    await changeKeys(file, (entries) => entries.filter(({ id }) => id !== 'two'));
    ring.look();
    expect(ring.find(keyOf('two'))).toBeNull();
    expect(changes.map(({ kind, entry }) => `${kind} ${entry.id}`)).toEqual([
      'key-added three',
      'key-changed one',
      'key-removed two',
    ]);
  });

  it('keeps the last good keys while the file is broken or gone, and says so once', async () => {
    await add('one');
    const ring = ringOf();
    writeFileSync(file, `${lineOf(entryOf('one'))}\n{ "id": "two" }\n`);
    ring.look();
    ring.look();
    expect(ring.find(keyOf('one'))?.state).toBe('valid');
    expect(ring.fault).toBe(
      `The file of keys ${file}: line 2: "sha256" is missing; it must be the SHA-256 of the whole key in 64 hexadecimal digits.`,
    );
    rmSync(file);
    ring.look();
    ring.look();
    expect(ring.find(keyOf('one'))?.state).toBe('valid');
    expect(ring.fault).toMatch(/does not exist/);
    await add('two');
    ring.look();
    expect([ring.fault, ring.find(keyOf('one'))]).toEqual([null, null]);
    expect(faults).toHaveLength(3);
  });

  it('lets two secrets of one id hold beside each other', async () => {
    await add('one');
    const old = keyOf('one');
    secrets.delete('one');
    await changeKeys(file, (entries) => [
      ...entries.map((entry) => ({ ...entry, expires: '2027-01-01T00:00:00Z' })),
      entryOf('one'),
    ]);
    const times = ['2026-12-31T23:59:59Z', '2027-01-01T00:00:00Z'].map((time) => Date.parse(time));
    const states = times.map((time) => {
      const ring = ringOf(() => time);
      return [ring.find(old)?.state, ring.find(keyOf('one'))?.state];
    });
    expect(states).toEqual([
      ['valid', 'valid'],
      ['expired', 'valid'],
    ]);
  });
});
