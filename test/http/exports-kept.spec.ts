import { createHash } from 'node:crypto';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { deployment } from '../../examples/generator/export-file/deployment.js';
import { exportFile } from '../../examples/generator/export-file/export-file.js';
import { ExportFiles } from '../../src/runtime/commands/export-files.js';
import { openMemoryStore } from '../../src/store/memory.js';
import { InvalidAppendError, type EventToAppend, type ExpectedRevision } from '../../src/store/port.js';
import { registerPair } from './support/commands.js';
import { serving } from './support/process.js';
import { documentedFetch } from './support/documented.js';
import { Service } from './support/service.js';
import { temporaryFolder, UnreliableStore } from './support/stores.js';

const a = 'pool-a.contoso.com';
const zip = exportFile(deployment({ workflows: 1, audioFiles: 0 }));
const name = `${createHash('sha256').update(zip).digest('hex')}.zip`;

/** As EventStoreDB, to which an append may be too large. */
class SmallStore extends UnreliableStore {
  override async append(stream: string, events: readonly EventToAppend[], expected: ExpectedRevision) {
    if (events.length > 3) throw new InvalidAppendError('The append is larger than EventStoreDB accepts.');
    return await super.append(stream, events, expected);
  }
}

let folder: ReturnType<typeof temporaryFolder>;
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => folder.remove());

const kept = (): readonly string[] =>
  existsSync(join(folder.path, 'exports')) ? readdirSync(join(folder.path, 'exports')) : [];
const startOn = async (store: UnreliableStore): Promise<Service> => {
  const service = await Service.start({ store, exportFiles: new ExportFiles(join(folder.path, 'exports')) });
  await service.given(registerPair(a, 'pool-b.contoso.com'));
  return service;
};
const add = (service: Service) =>
  service.send({
    method: 'PUT',
    url: `/v1/pools/${a}/exports/pool-a.zip`,
    headers: { 'content-type': 'application/zip' },
    payload: zip,
  });

describe('The zip of an export', () => {
  it('goes again where the service turned its command away because too many are waiting', async () => {
    const store = new UnreliableStore(openMemoryStore({ clock: () => new Date() }));
    const service = await startOn(store);
    const exportFiles = new ExportFiles(join(folder.path, 'exports'));
    const busy = await Service.start({ store, exportFiles, maxPendingCommands: 0 });
    expect((await add(busy)).status).toBe(429);
    expect(kept()).toEqual([]);
    await busy.stop();
    await service.stop();
  });

  it('stays where the store was lost, for what it names may be stored, and the repeat finds it', async () => {
    const store = new UnreliableStore(openMemoryStore({ clock: () => new Date() }));
    const service = await startOn(store);
    store.loseNext('ResponseGroupsExported');
    expect((await add(service)).status).toBe(503);
    expect(kept()).toEqual([name]);
    expect((await add(service)).status).toBe(200);
    expect(kept()).toEqual([name]);
    await service.stop();
  });

  it('goes where what it holds is more than the store takes, and the answer says so', async () => {
    const service = await startOn(new SmallStore(openMemoryStore({ clock: () => new Date() })));
    expect(await add(service)).toMatchObject({
      status: 413,
      body: {
        type: 'urn:poolkeeper:problem:export-too-large',
        detail: expect.stringContaining('EventStoreDB'),
      },
    });
    expect(kept()).toEqual([]);
    await service.stop();
  });

  it.each([
    ['true', [name]],
    ['false', []],
  ])('is kept below DATA_DIR by the service itself, with KEEP_EXPORTS=%s', async (KEEP_EXPORTS, files) => {
    const service = await serving(folder.path, { KEEP_EXPORTS });
    await service.when(registerPair(a, 'pool-b.contoso.com'));
    const answer = await documentedFetch(new URL(`/v1/pools/${a}/exports/pool-a.zip`, service.url), {
      method: 'PUT',
      headers: { 'content-type': 'application/zip' },
      body: new Uint8Array(zip),
    });
    expect(answer.status).toBe(200);
    expect(kept()).toEqual(files);
    await service.kill();
    const restarted = await serving(folder.path, { KEEP_EXPORTS });
    expect(await restarted.shown(`/v1/pools/${a}/exports`)).toMatchObject({
      exports: [{ fileName: 'pool-a.zip' }],
    });
    restarted.terminate();
    await restarted.ended();
  });
});
