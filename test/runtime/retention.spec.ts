/** Zips go when they are old or too many, never while the record needs them. */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { deployment } from '../../examples/generator/export-file/deployment.js';
import { exportFile } from '../../examples/generator/export-file/export-file.js';
import { ExportFiles } from '../../src/runtime/commands/export-files.js';
import { spareFiles, type KeptFile } from '../../src/runtime/commands/spare-files.js';
import { ask, declareOutage, registerPair } from '../http/support/commands.js';
import { Service, type Answer } from '../http/support/service.js';
import { temporaryFolder } from '../http/support/stores.js';
import { fc, runs } from '../support/properties.js';

const DAY = 86_400_000;
const [a, b] = ['pool-a.contoso.com', 'pool-b.contoso.com'] as const;

let folder: ReturnType<typeof temporaryFolder>;
let service: Service;
let now: number;
let sentences: string[];
let conditionOfDisk: number;
beforeEach(() => {
  folder = temporaryFolder();
  now = Date.parse('2026-11-01T00:00:00Z');
  sentences = [];
  conditionOfDisk = 1_000;
});
afterEach(async () => {
  await service.stop();
  folder.remove();
});

const place = (): string => join(folder.path, 'exports');
const onDisk = (): number => (existsSync(place()) ? readdirSync(place()).length : 0);

async function started(days: number, most: number): Promise<void> {
  service = await Service.start({
    usually: 'memory',
    clock: () => new Date(now),
    exportFiles: new ExportFiles(place()),
    exportRetention: { days, most, notify: (_, sentence) => sentences.push(sentence) },
    makeBackup: async () => ({ folder: 'made', bytes: 1, position: 1, verification: null }),
    disk: {
      folder: folder.path,
      low: { bytes: 500, share: 1 },
      full: { bytes: 200, share: 1 },
      statistics: async () => ({ free: conditionOfDisk, size: 10_000 }),
    },
  });
  await service.given(registerPair(a, b));
}

/** A day later, and with another content each time. */
async function add(pool: string, workflows: number): Promise<Answer> {
  now += DAY;
  const answer = await service.send({
    method: 'PUT',
    url: `/v1/pools/${pool}/exports/of-${workflows}.zip`,
    headers: { 'content-type': 'application/zip' },
    payload: exportFile(deployment({ workflows, audioFiles: 0, pool })),
  });
  expect(answer.status).toBe(200);
  return answer;
}

const keptOf = async (pool: string): Promise<readonly unknown[]> =>
  ((await service.shown(`/v1/pools/${pool}/exports`))['exports'] as readonly { kept: unknown }[]).map(
    ({ kept }) => kept,
  );

const hourPasses = async (): Promise<void> => await service.poolkeeper.retention?.run();

describe('Zips of exports', () => {
  it('stay for good where no limit is set', async () => {
    await started(0, 0);
    for (const workflows of [1, 2]) await add(a, workflows);
    now += 5_000 * DAY;
    await hourPasses();
    expect(onDisk()).toBe(2);
    expect(await keptOf(a)).toEqual([true, true]);
  });

  it('go when they are old; the newest of each pool stays, and the answer says which are kept', async () => {
    await started(30, 0);
    for (const workflows of [1, 2]) await add(a, workflows);
    await add(b, 1);
    const url = `/v1/pools/${a}/exports`;
    const before = await service.get(url);
    await hourPasses();
    expect(onDisk()).toBe(3);
    now += 31 * DAY;
    await hourPasses();
    expect([await keptOf(a), await keptOf(b)]).toEqual([[false, true], [true]]);
    expect(sentences).toEqual([
      expect.stringMatching(/^Removed the zip of the export "of-1.zip" of pool-a.*more than 30 days ago/),
    ]);
    // No answer from a cache says otherwise.
    const again = await service.send({
      method: 'GET',
      url,
      headers: { 'if-none-match': String(before.headers['etag']) },
    });
    expect(again.status).toBe(200);
    const [first] = again.body['exports'] as readonly { readonly id: string }[];
    expect(await service.shown(`${url}/${first?.id ?? ''}`)).toMatchObject({ kept: false });
    // What was removed is not missed, and comes back with the same file.
    expect(await service.shown('/v1/verification')).toMatchObject({ files: { checked: 2, damaged: [] } });
    await add(a, 1);
    expect(await keptOf(a)).toContain(true);
  });

  it('go when there are too many of a pool', async () => {
    await started(0, 2);
    for (const workflows of [1, 2, 3, 4]) await add(a, workflows);
    await add(b, 1);
    await hourPasses();
    expect([await keptOf(a), await keptOf(b)]).toEqual([[false, false, true, true], [true]]);
  });

  it('stay while an incident of the pair is open, all of them', async () => {
    await started(1, 1);
    for (const workflows of [1, 2]) await add(a, workflows);
    await service.given(declareOutage(a));
    now += 50 * DAY;
    await hourPasses();
    expect(onDisk()).toBe(2);
    await service.given(ask('end-outage', { pool: a }));
    await hourPasses();
    expect(onDisk()).toBe(1);
  });

  it('stay where the record is doubtful: it says which are needed', async () => {
    await started(1, 1);
    for (const workflows of [1, 2]) await add(a, workflows);
    now += 50 * DAY;
    service.poolkeeper.watch.conditions.note('lost-events', 'The end of the log was lost.');
    await hourPasses();
    expect(onDisk()).toBe(2);
    service.poolkeeper.watch.conditions.note('lost-events', null);
    await hourPasses();
    expect(onDisk()).toBe(1);
  });
});

describe('On a full disk', () => {
  it('no backup is made, as no command is stored', async () => {
    await started(0, 0);
    conditionOfDisk = 100;
    await service.poolkeeper.watch.look();
    const ofBackup = { method: 'POST', url: '/v1/backups', payload: '{}' } as const;
    const headers = { 'content-type': 'application/json' };
    expect(await service.send({ ...ofBackup, headers })).toMatchObject({
      status: 503,
      body: { detail: expect.stringContaining('Make room') },
    });
    conditionOfDisk = 1_000;
    await service.poolkeeper.watch.look();
    expect((await service.send({ ...ofBackup, headers })).status).toBe(201);
  });
});

const anyFile: fc.Arbitrary<KeptFile> = fc.record({
  id: fc.uuid(),
  pool: fc.constantFrom(a, b),
  owner: fc.constantFrom(null, a),
  fileName: fc.constant(null),
  occurredAt: fc.nat(9).map((day) => new Date(Date.UTC(2026, 0, 1 + day)).toISOString()),
  recordedAt: fc.nat(9).map((day) => new Date(Date.UTC(2026, 0, 1 + day)).toISOString()),
  contentHash: fc.constantFrom('0', '1', '2', '3', '4', '5', '6', '7'),
  taken: fc.boolean(),
});
const anyPair = fc.record({ files: fc.array(anyFile, { maxLength: 12 }), isInNeed: fc.boolean() });

describe('What may go', () => {
  beforeEach(async () => await started(0, 0));

  it('is never the last file of a pool, nor one of a pair in need, nor anything without a limit', () =>
    fc.assert(
      fc.property(fc.array(anyPair, { maxLength: 3 }), fc.nat(9), fc.nat(4), (pairs, days, most) => {
        const spare = spareFiles(pairs, { days, most }, new Date('2026-01-09T12:00:00Z'));
        if (days === 0 && most === 0) expect(spare.size).toBe(0);
        for (const { files, isInNeed } of pairs) {
          const needed = isInNeed
            ? files
            : [a, b].flatMap((pool) => files.filter((file) => file.pool === pool).slice(-1));
          for (const { contentHash } of needed) expect(spare.has(contentHash)).toBe(false);
        }
      }),
      { numRuns: runs(300) },
    ));
});
