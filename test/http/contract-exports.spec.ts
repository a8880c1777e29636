import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { deployment, idOf } from '../../examples/generator/export-file/deployment.js';
import { exportFile } from '../../examples/generator/export-file/export-file.js';
import { ExportFiles } from '../../src/runtime/commands/export-files.js';
import { broken } from '../rgs-export/support/broken.js';
import { mutatedXml, mutatedZip } from '../rgs-export/support/mutations.js';
import { declareOutage, modifyObject, recordExport, registerPair } from './support/commands.js';
import { entries } from './support/pair.js';
import { Service, type Answer, type Headers, type ServiceOptions } from './support/service.js';
import { temporaryFolder } from './support/stores.js';
import { textOf } from '../../examples/generator/text-of.js';

const [a, b] = ['pool-a.contoso.com', 'pool-b.contoso.com'];
const small = deployment({ workflows: 2, audioFiles: 1 });
const zip = exportFile(small);
const hashOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
const url = `/v1/pools/${a}/exports`;

let folder: ReturnType<typeof temporaryFolder>;
let service: Service;
const start = async (options: ServiceOptions = {}): Promise<void> => {
  service = await Service.start({ exportFiles: new ExportFiles(join(folder.path, 'exports')), ...options });
  await service.given(registerPair(a, b));
};
beforeEach(async () => {
  folder = temporaryFolder();
  await start();
});
afterEach(async () => {
  await service.stop();
  folder.remove();
});

const add = async (payload: Buffer = zip, headers: Headers = {}, fileName = 'pool-a.zip'): Promise<Answer> =>
  await service.send({
    method: 'PUT',
    url: `${url}/${fileName}`,
    headers: { 'content-type': 'application/zip', ...headers },
    payload,
  });
const kept = (): readonly string[] =>
  existsSync(join(folder.path, 'exports')) ? readdirSync(join(folder.path, 'exports')) : [];
const position = async (): Promise<bigint | null> => await service.poolkeeper.store.lastPosition();

describe('PUT /v1/pools/{fqdn}/exports/{fileName}', () => {
  it('records the export and what it shows, in one append, each caused by the export', async () => {
    const answer = await add(zip, { 'x-actor': 'kim', 'x-correlation-id': 'night-1' });
    expect(answer).toMatchObject({ status: 200, body: { exportId: expect.any(String), warnings: [] } });
    const [exported, ...changes] = entries(answer.body['events']);
    expect(exported).toMatchObject({
      type: 'ResponseGroupsExported',
      metadata: { actor: 'kim', correlationId: 'night-1' },
    });
    expect(changes).toHaveLength(9);
    for (const change of changes) {
      expect(change).toMatchObject({ metadata: { actor: 'kim', causationId: exported?.['id'] } });
    }
    expect(answer.headers['etag']).toBe(`"${textOf(answer.body['revision'])}"`);
    const { objects } = await service.shown(`/v1/pools/${a}/visibility`);
    expect(
      entries(objects)
        .map(({ id }) => id)
        .sort(),
    ).toEqual(small.objects.map(({ id }) => id).sort());
  });

  it('records nothing for the same file, whatever it is called, and names the export', async () => {
    const first = await add();
    const before = await position();
    expect(await add(zip, {}, 'copy.zip')).toMatchObject({
      status: 200,
      body: { events: [], exportId: first.body['exportId'] },
    });
    expect(await position()).toBe(before);
  });

  it('gives a repeat with the same idempotency key the first answer', async () => {
    const first = await add(zip, { 'idempotency-key': 'night' });
    const again = await add(zip, { 'idempotency-key': 'night' });
    expect(again.text).toBe(first.text);
    const other = exportFile(deployment({ workflows: 1, audioFiles: 0 }));
    expect((await add(other, { 'idempotency-key': 'night' })).status).toBe(422);
  });

  it('is conditional on If-Match', async () => {
    expect((await add(zip, { 'if-match': '"99"' })).status).toBe(412);
    expect(kept()).toEqual([]);
    expect((await add(zip, { 'if-match': '"0"' })).status).toBe(200);
  });

  it('takes a path, and prints it whole where the file is imported', async () => {
    const path = 'E:\\Sets\\2013-03-09\\RgsConfig.zip';
    const written = '?occurredAt=2013-03-09T01:00:00Z';
    expect(await add(zip, {}, encodeURIComponent(path) + written)).toMatchObject({ status: 200 });
    expect(await service.shown(url)).toMatchObject({
      exports: [{ fileName: 'RgsConfig.zip', filePath: path }],
    });
    await service.given(declareOutage(a));
    const { steps } = await service.shown(`/v1/pools/${a}/runbook`);
    const step = entries(steps).find(({ id }) => id === 'import-to-backup');
    expect(step).toMatchObject({
      powershell: [expect.stringContaining(`-FileName "${path}"`)],
      note: expect.stringMatching(/RgsConfig\.zip \(written 2013-03-09 01:00:00Z, SHA-256 [0-9a-f]{8}…\)/),
    });
    expect(await add(zip, {}, encodeURIComponent('E:\\Sets\\'))).toMatchObject({
      status: 400,
      body: { errors: [{ pointer: '/fileName' }] },
    });
  });

  it('says when it was written', async () => {
    await add(zip, {}, 'pool-a.zip?occurredAt=2013-03-09T01:00:00%2B01:00');
    expect(await service.shown(url)).toMatchObject({ exports: [{ occurredAt: '2013-03-09T00:00:00.000Z' }] });
    const future = await add(zip, {}, 'later.zip?occurredAt=2999-01-01T00:00:00Z');
    expect(future).toMatchObject({ status: 400, body: { errors: [{ pointer: '/occurredAt' }] } });
  });

  it('takes an old file of a pool that is down', async () => {
    await service.given(declareOutage(a));
    const answer = await add();
    expect(answer).toMatchObject({
      status: 200,
      body: { warnings: [{ code: 'written-before-the-outage' }] },
    });
  });

  it('keeps the zip under the hash of its content, once', async () => {
    await add();
    await add(zip, {}, 'copy.zip');
    expect(kept()).toEqual([`${hashOf(zip)}.zip`]);
    expect(readFileSync(join(folder.path, 'exports', `${hashOf(zip)}.zip`)).equals(zip)).toBe(true);
  });

  it('keeps none where that is switched off, and records it all the same', async () => {
    await service.stop();
    await start({ exportFiles: null });
    expect(await add()).toMatchObject({ status: 200 });
    expect(kept()).toEqual([]);
    expect(await service.shown(url)).toMatchObject({ exports: [{ file: { contentHash: hashOf(zip) } }] });
  });

  it('knows no pool that is not registered', async () => {
    const answer = await service.send({
      method: 'PUT',
      url: '/v1/pools/nowhere.contoso.com/exports/x.zip',
      headers: { 'content-type': 'application/zip' },
      payload: zip,
    });
    expect(answer).toMatchObject({ status: 404, body: { errors: [{ pointer: '/fqdn' }] } });
  });

  it('takes no body but a zip, and none that is too large', async () => {
    const json = await add(Buffer.from('{}'), { 'content-type': 'application/json' });
    expect(json).toMatchObject({
      status: 415,
      body: { errors: [{ detail: 'Send the body as application/zip.' }] },
    });
    expect((await add(zip, { 'content-type': 'text/html' })).status).toBe(415);
    await service.stop();
    await start({ maxExportBytes: 1_024 });
    expect(await add()).toMatchObject({
      status: 413,
      body: { detail: expect.stringContaining('MAX_EXPORT_BYTES') },
    });
    expect(await add(zip, {}, 'x.zip?owner=nobody@x')).toMatchObject({ status: 413 });
  });

  it('refuses by rule what is not of this pool, and keeps nothing of it', async () => {
    const ofB = exportFile(deployment({ workflows: 1, audioFiles: 0, pool: b }));
    const before = kept();
    expect(await add(ofB)).toMatchObject({ status: 409, body: { rule: 'export-is-of-this-pool' } });
    expect(kept()).toEqual(before);
    const { entries: trail } = await service.shown(`/v1/pools/${a}/audit-trail?refused=true`);
    expect(entries(trail)).toMatchObject([
      { command: 'add-export', data: { body: { contentHash: hashOf(ofB) } } },
    ]);
    expect(JSON.stringify(trail)).not.toContain('objects');
  });

  it.each(Object.entries(broken))(
    'refuses a file that %s, and stores nothing',
    async (_what, { file, entry, line }) => {
      const before = await position();
      const answer = await add(Buffer.from(file));
      expect(answer).toMatchObject({
        status: 400,
        body: {
          type: 'urn:poolkeeper:problem:malformed-export',
          entry,
          ...(line === undefined ? {} : { line }),
        },
      });
      expect(await position()).toBe(before);
      expect(kept()).toEqual([]);
    },
  );

  it('never fails by itself, whatever the file, and stores nothing of what it refuses', async () => {
    for (let seed = 1; seed <= 150; seed += 1) {
      for (const file of [mutatedZip(seed), mutatedXml(seed)]) {
        const before = await position();
        const { status } = await add(file);
        expect([200, 400, 409]).toContain(status);
        if (status === 400) expect(await position()).toBe(before);
        if (status !== 200) expect(kept()).not.toContain(`${hashOf(file)}.zip`);
      }
    }
  });
});

describe('GET /v1/pools/{fqdn}/exports/compare', () => {
  const compare = async (query: string) => await service.shown(`${url}/compare?${query}`);
  const longerAlert = {
    kind: 'agent-group',
    change: 'modified',
    differences: [{ property: 'AgentAlertTime', before: expect.any(Number), after: 45 }],
  };

  it('tells a file from the record, from another file and from what the partner hosts', async () => {
    const first = textOf((await add(zip, {}, 'night.zip?occurredAt=2026-01-01T00:00:00Z')).body['exportId']);
    expect(await compare('')).toMatchObject({ created: 0, modified: 0, removed: 0, objects: [] });
    const [group] = entries((await service.shown(`${url}/${first}`))['objects']).filter(
      ({ kind }) => kind === 'agent-group',
    );
    const id = textOf(group?.['id']);
    const { position: before } = await service.shown(`/v1/pools/${a}`);
    await service.given(modifyObject(a, 'agent-group', id, { agentAlertTime: 45 }));
    const changed = { ...longerAlert, id };
    expect(await compare('from=night.zip&to=record')).toMatchObject({
      from: { what: 'export', exportId: first, file: expect.stringContaining('2026-01-01 00:00:00Z') },
      to: { what: 'record', pool: a },
      modified: 1,
      objects: [changed],
    });
    await service.given(recordExport(a, { fileName: 'later.zip' }));
    expect(await compare(`from=${first}&to=latest`)).toMatchObject({ modified: 1, objects: [changed] });
    expect(await compare('to=partner')).toMatchObject({
      owner: a,
      to: { what: 'partner', pool: b },
      removed: small.objects.length,
      created: 0,
    });
    const diff = await service.shown(`/v1/pools/${a}/diff?from=${textOf(before)}`);
    expect(diff).toMatchObject({ configuration: { modified: 1, objects: [changed] } });
  });

  it('says which files can be named where a name is of none or of several', async () => {
    await add(zip, {}, 'night.zip?occurredAt=2026-01-01T00:00:00Z');
    const other = exportFile(deployment({ workflows: 2, audioFiles: 0 }));
    await add(other, {}, 'night.zip?occurredAt=2026-01-02T00:00:00Z');
    for (const [name, sentence] of [
      ['night.zip', /^2 exports have that name.*2026-01-02 00:00:00Z.*2026-01-01 00:00:00Z/],
      ['morning.zip', /^No export of the pair has that id or name\. There are: .*latest, record and partner/],
    ] as const) {
      expect(await service.get(`${url}/compare?from=${name}`)).toMatchObject({
        status: 404,
        body: { errors: [{ pointer: '/from', detail: expect.stringMatching(sentence) }] },
      });
    }
  });
});

describe('GET /v1/pools/{fqdn}/exports', () => {
  it('lists what was read and what was only reported, with what each holds, found and changed', async () => {
    await add(exportFile({ ...small, audio: () => null }), { 'x-actor': 'kim' });
    await service.given(recordExport(a, { fileName: 'by-hand.zip' }), recordExport(b));
    const { exports } = await service.shown(url);
    expect(exports).toMatchObject([
      {
        fileName: 'pool-a.zip',
        owner: null,
        actor: 'kim',
        counts: { workflow: 2, queue: 2, 'agent-group': 2, 'hours-of-business': 1, 'holiday-set': 1 },
        file: {
          holdsSettings: true,
          taken: true,
          audioFiles: 0,
          audioMissing: 1,
          findings: { error: 0, warning: 1 },
        },
        changes: { created: 8, modified: 1, removed: 0 },
        imports: [],
      },
      { fileName: 'by-hand.zip', file: null, changes: { created: 0, modified: 0, removed: 0 } },
    ]);
  });

  it('shows one with its content, findings and changes, as of any moment', async () => {
    const { body } = await add();
    const first = textOf(body['exportId']);
    await service.given(modifyObject(a, 'queue', idOf('Group 1 queue'), { timeoutThreshold: 60 }));
    const renamed = small.objects.map((object) =>
      object.name === 'Group 2 agents' ? { ...object, name: 'The second group' } : object,
    );
    const second = await add(exportFile({ ...small, objects: renamed }));
    const shown = await service.shown(`${url}/${textOf(second.body['exportId'])}`);
    expect(shown).toMatchObject({
      fqdn: a,
      applicationSettings: { agentRingbackGracePeriod: 90 },
      audio: [{ originalFileName: 'music-1.wav', usedBy: [{ property: 'customMusicOnHoldFile' }] }],
      findings: [],
      changes: [
        { change: 'modified', kind: 'queue', properties: { timeoutThreshold: 300 } },
        { change: 'modified', kind: 'agent-group', name: 'The second group', properties: {} },
      ],
    });
    expect(entries(shown['objects'])).toHaveLength(8);
    const then = textOf(body['position']);
    expect(await service.shown(`${url}?asOf=${then}`)).toMatchObject({ exports: [{ id: first }] });
    expect((await service.get(`${url}/${textOf(second.body['exportId'])}?asOf=${then}`)).status).toBe(404);
    expect(await service.shown(`${url}/${first}?asOf=${then}`)).toMatchObject({ id: first });
  });

  it('knows no export of another pool', async () => {
    const { body } = await add();
    const ofPartner = await service.get(`/v1/pools/${b}/exports/${textOf(body['exportId'])}`);
    expect(ofPartner).toMatchObject({ status: 404, body: { errors: [{ pointer: '/id' }] } });
    expect((await service.get('/v1/pools/nowhere.contoso.com/exports')).status).toBe(404);
  });
});
