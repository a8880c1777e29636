/** What is refused is on record; and a stream ends once its key does not hold any more. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { changeKeys } from '../../src/access/keys/key-file.js';
import { digestOf, newKey, type KeyEntry } from '../../src/access/keys/key.js';
import { PoolkeeperModule } from '../../src/api/index.js';

let folder: string;
let file: string;
let application: NestFastifyApplication;
const keys = new Map<string, string>();
const line = (id: string, role: KeyEntry['role']): KeyEntry => {
  const key = newKey(id);
  keys.set(id, key);
  return { id, sha256: digestOf(key).toString('hex'), role, actor: id };
};
const as = (id: string): { authorization: string } => ({ authorization: `Bearer ${keys.get(id)}` });

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'poolkeeper-access-'));
  file = join(folder, 'api-keys');
  await changeKeys(file, () => [line('root', 'administrator'), line('eye', 'viewer')]);
  application = await NestFactory.create<NestFastifyApplication>(
    PoolkeeperModule.forRoot({ configuration: { DATA_DIR: folder, API_KEYS_FILE: file }, ownsServer: true }),
    new FastifyAdapter(),
    { logger: false },
  );
  await application.init();
  await application.getHttpAdapter().getInstance().ready();
});
afterEach(async () => {
  await application.close();
  rmSync(folder, { recursive: true });
});

const pools = [{ fqdn: 'pool-a.contoso.com' }, { fqdn: 'pool-b.contoso.com' }];
const entries = async (): Promise<unknown[]> =>
  (await application.inject({ url: '/v1/access-log', headers: as('root') })).json<{ entries: unknown[] }>()
    .entries;

describe('The access log', () => {
  it('has refused requests with why, without a secret', async () => {
    await application.inject({ url: '/v1/pools' });
    await application.inject({
      url: '/v1/pools',
      headers: { authorization: `${as('root').authorization}x` },
    });
    await application.inject({ url: '/v1/access-log', headers: as('eye') });
    await application.inject({ url: '/v1/pools', headers: { host: 'evil.example' } });
    await application.inject({
      method: 'POST',
      url: '/v1/projections/pair/rebuild',
      headers: { origin: 'http://evil.example' },
    });
    const found = await entries();
    expect(found).toEqual([
      expect.objectContaining({
        status: 403,
        reason: 'foreign-origin',
        detail: 'http://evil.example',
        operation: 'rebuild',
      }),
      expect.objectContaining({ status: 421, reason: 'misdirected', detail: 'evil.example' }),
      expect.objectContaining({
        status: 403,
        reason: 'role',
        client: 'key:eye',
        actor: 'eye',
        operation: 'access-log',
      }),
      expect.objectContaining({ status: 401, reason: 'wrong-key', client: 'address:127.0.0.1' }),
      expect.objectContaining({ status: 401, reason: 'no-credentials', kind: 'refused', operation: 'pools' }),
    ]);
    const written = readFileSync(join(folder, 'access-log.ndjson'), 'utf8');
    for (const key of keys.values()) expect(written).not.toContain(key.split('.')[1]);
  });

  it('has changes of the keys, which hold without a start', async () => {
    await changeKeys(file, (known) => [...known.filter(({ id }) => id !== 'eye'), line('new', 'auditor')]);
    let status = 0;
    for (let tries = 0; tries < 600 && status !== 200; tries += 1) {
      ({ statusCode: status } = await application.inject({ url: '/v1/access-log', headers: as('new') }));
      await pause(50);
    }
    expect(status).toBe(200);
    expect((await application.inject({ url: '/v1/pools', headers: as('eye') })).statusCode).toBe(401);
    expect(await entries()).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ kind: 'key-added', client: 'key:new', detail: 'auditor, all pools' }),
        expect.objectContaining({ kind: 'key-removed', client: 'key:eye' }),
      ]),
    );
  });
});

it('A live stream ends once its key is revoked', async () => {
  await application.inject({
    method: 'POST',
    url: '/v1/commands/register-pair',
    headers: as('root'),
    payload: { pools },
  });
  await application.listen(0, '127.0.0.1');
  const url = `${await application.getUrl()}/v1/pools/pool-a.contoso.com/live`;
  const stream = await fetch(url, { headers: as('eye') });
  expect(stream.status).toBe(200);
  await changeKeys(file, (known) =>
    known.map((entry) => (entry.id === 'eye' ? { ...entry, revoked: '2026-01-01T00:00:00Z' } : entry)),
  );
  // Read to its end, which it would not have.
  expect(await stream.text()).toContain('event: state');
  expect((await fetch(url, { headers: as('eye') })).status).toBe(401);
});
