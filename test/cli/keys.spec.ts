import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { digestOf } from '../../src/access/keys/key.js';
import { readKeys } from '../../src/access/keys/key-file.js';
import { terminal, type Ran } from './support/terminal.js';

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'poolkeeper-keys-'));
  file = join(folder, 'keys', 'api-keys');
});
afterEach(() => rmSync(folder, { recursive: true }));

const run = terminal('http://127.0.0.1:1');
const key = (verb: string, ...argv: readonly string[]): Promise<Ran> =>
  run('key', verb, ...argv, '--file', file);
const create = (...argv: readonly string[]): Promise<Ran> =>
  key('create', '--role', 'operator', '--actor', 'Desk A', ...argv);

describe('key create', () => {
  it('prints the key alone on standard output, and keeps a hash of it', async () => {
    const { exitCode, out, err } = await create(
      '--pool',
      'POOL-A.contoso.com',
      '--expires',
      '90d',
      '--note',
      'the desk',
    );
    expect([exitCode, out]).toEqual([0, expect.stringMatching(/^pk_[\da-f]{12}\.[\w-]{43}$/)]);
    expect(err).toContain(`API_KEYS_FILE=${file}`);
    const [line] = readKeys(file).entries;
    expect(line).toMatchObject({
      role: 'operator',
      actor: 'Desk A',
      pools: ['pool-a.contoso.com'],
      note: 'the desk',
    });
    expect(line?.sha256).toBe(digestOf(out).toString('hex'));
    expect(readFileSync(file, 'utf8') + err).not.toContain(out.split('.')[1]);
  });

  it.each<[string, readonly string[]]>([
    ['--role', ['--role', 'root', '--actor', 'a']],
    ["required option '--actor <name>'", ['--role', 'viewer']],
    ['--actor must be', ['--role', 'viewer', '--actor', '\u0007']],
    ['--pool must be', ['--role', 'viewer', '--actor', 'a', '--pool', 'pool a']],
    ['--expires must lie ahead', ['--role', 'viewer', '--actor', 'a', '--expires', '2020-01-01T00:00:00Z']],
    ['--expires must lie ahead', ['--role', 'viewer', '--actor', 'a', '--expires', '90']],
  ])('says what is wrong: %s', async (sentence, argv) => {
    const { exitCode, err } = await key('create', ...argv);
    expect([exitCode, err]).toEqual([2, expect.stringContaining(sentence)]);
  });
});

describe('key list', () => {
  it('shows whose keys there are and how they stand, and no hash', async () => {
    await create();
    const [{ id, sha256 } = { id: '', sha256: '' }] = readKeys(file).entries;
    await key('revoke', id);
    const { out } = await key('list');
    for (const word of [id, 'operator', 'Desk A', 'all', 'revoked']) expect(out).toContain(word);
    expect(out + (await key('list', '--json')).out).not.toContain(sha256);
    expect(JSON.parse((await key('list', '--json')).out)).toMatchObject({ keys: [{ id, state: 'revoked' }] });
  });

  it('says that there is no file, or that it can be read by others', async () => {
    expect(await key('list')).toMatchObject({ exitCode: 1, err: expect.stringContaining('does not exist') });
    await create();
    chmodSync(file, 0o644);
    expect(await key('list')).toMatchObject({ exitCode: 1, err: expect.stringContaining('chmod 600') });
  });
});

describe('key rotate', () => {
  it('gives the same id a new secret; the old one is refused at once, or after the overlap', async () => {
    await create();
    const [{ id } = { id: '' }] = readKeys(file).entries;
    const { out } = await key('rotate', id, '--overlap', '24h');
    expect(out).toMatch(new RegExp(`^pk_${id}\\.`));
    const [old, next] = readKeys(file).entries;
    expect(Date.parse(old?.expires ?? '') - Date.now()).toBeGreaterThan(23 * 3_600_000);
    expect(next).toMatchObject({
      id,
      role: 'operator',
      actor: 'Desk A',
      sha256: digestOf(out).toString('hex'),
    });
    await key('rotate', id);
    expect(readKeys(file).entries.map(({ revoked }) => revoked !== undefined)).toEqual([true, true, false]);
    await key('revoke', id);
    expect(await key('rotate', id)).toMatchObject({
      exitCode: 1,
      err: expect.stringContaining('is revoked'),
    });
    expect(await key('revoke', 'nobody')).toMatchObject({
      exitCode: 1,
      err: expect.stringContaining('There is no key "nobody"'),
    });
  });
});

describe('the key of a run', () => {
  it('is taken from a file for its owner alone', async () => {
    const secret = join(folder, 'secret');
    writeFileSync(secret, 'pk_a.0123456789abcdef\n', { mode: 0o644 });
    chmodSync(secret, 0o644);
    const others = await run('pools', '--key-file', secret);
    expect([others.exitCode, others.err]).toEqual([1, expect.stringContaining('chmod 600')]);
    chmodSync(secret, 0o600);
    expect((await run('pools', '--key-file', secret)).exitCode).toBe(7);
    expect(await run('pools', '--key-file', join(folder, 'none'))).toMatchObject({ exitCode: 2 });
  });
});
