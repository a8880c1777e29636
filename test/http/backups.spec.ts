import { afterEach, describe, expect, test } from '@jest/globals';
import { join } from 'node:path';
import { DATABASE_FILE } from '../../src/store/open-store.js';
import { backUp } from '../../src/store/sqlite/backup.js';
import { registerPair } from './support/commands.js';
import { Service, type Answer, type ServiceOptions } from './support/service.js';
import { sqliteIn, temporaryFolder } from './support/stores.js';

let service: Service;
afterEach(() => service.stop());

const start = async (options: ServiceOptions): Promise<void> => {
  service = await Service.start(options);
};
const json = { 'content-type': 'application/json' };
const ask = (payload = '{}', headers: Readonly<Record<string, string>> = json): Promise<Answer> =>
  service.send({ method: 'POST', url: '/v1/backups', headers, payload });

describe('POST /v1/backups', () => {
  test('answers where the backup is, how large, up to which position, and whether it is whole', async () => {
    const folder = temporaryFolder();
    await start({
      store: await sqliteIn(folder.path),
      makeBackup: (verify) => backUp(join(folder.path, DATABASE_FILE), new Date(0), verify),
    });
    await service.given(registerPair('a.contoso.com', 'b.contoso.com'));
    const position = String(await service.poolkeeper.store.lastPosition());
    const made = join(folder.path, 'backups', '1970-01-01T00-00-00.000Z');
    expect(await ask()).toMatchObject({
      status: 201,
      body: { folder: made, bytes: expect.any(Number), position, whole: true },
    });
    const again = await ask();
    expect(again).toMatchObject({ status: 503, body: { type: 'urn:poolkeeper:problem:backup-failed' } });
    folder.remove();
  });

  test('leaves the chain unchecked when asked to', async () => {
    const asked: boolean[] = [];
    await start({
      makeBackup: async (verify) => {
        asked.push(verify);
        return { folder: '/b', bytes: 1, position: 2, verification: null };
      },
    });
    expect((await ask('{"verify":false}')).body).toMatchObject({ whole: null });
    await ask();
    expect(asked).toEqual([false, true]);
  });

  test('makes one at a time', async () => {
    const { promise, resolve } = Promise.withResolvers<void>();
    await start({
      makeBackup: async () => {
        await promise;
        return { folder: '/b', bytes: 1, position: 2, verification: null };
      },
    });
    const first = ask();
    const second = await ask();
    expect(second).toMatchObject({ status: 409, body: { type: 'urn:poolkeeper:problem:backup-under-way' } });
    resolve();
    expect((await first).status).toBe(201);
    expect((await ask()).status).toBe(201);
  });

  test('says so where the store has backups of its own', async () => {
    await start({});
    expect(await ask()).toMatchObject({ status: 501, body: { type: 'urn:poolkeeper:problem:no-backups' } });
  });

  test('takes no body of another type, and nothing of a page of another site', async () => {
    await start({});
    const foreign = { origin: 'http://evil.example', host: '127.0.0.1' };
    expect((await service.send({ method: 'POST', url: '/v1/backups', headers: foreign })).status).toBe(403);
    expect((await ask('{}', { 'content-type': 'text/plain' })).status).toBe(415);
    expect((await ask('x=1', { 'content-type': 'application/x-www-form-urlencoded' })).status).toBe(415);
    expect(await ask('{"to":"/etc"}')).toMatchObject({
      status: 400,
      body: { errors: [{ pointer: '/to', detail: 'to is not a field here; allowed: verify.' }] },
    });
  });
});
