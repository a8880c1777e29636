/** A cache can only be believed where the log can have led to it; what is wrong is said, and what is over goes by itself. */
import { copyFileSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { ExportFiles } from '../../src/runtime/commands/export-files.js';
import { openSnapshots } from '../../src/runtime/projections/snapshots/open-snapshots.js';
import type { DiskSpace } from '../../src/runtime/watch/disk-watch.js';
import { WITNESS_FILE } from '../../src/runtime/watch/witness.js';
import { DATABASE_FILE, openSqliteStore } from '../../src/store/open-store.js';
import { registerPair } from '../http/support/commands.js';
import { Service, type ServiceOptions } from '../http/support/service.js';
import { temporaryFolder } from '../http/support/stores.js';

let folder: ReturnType<typeof temporaryFolder>;
let service: Service | null = null;
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(async () => {
  await service?.stop();
  service = null;
  folder.remove();
});

const fileIn = (name: string): string => join(folder.path, name);

async function started(options: Partial<ServiceOptions> = {}): Promise<Service> {
  await service?.stop();
  service = null;
  const clock = options.clock ?? (() => new Date());
  service = await Service.start({
    store: await openSqliteStore({ folder: folder.path, clock, thread: false }),
    snapshots: openSnapshots(folder.path).cache,
    witnessFile: fileIn(WITNESS_FILE),
    ...options,
  });
  return service;
}

async function stopped(): Promise<void> {
  await service?.stop();
  service = null;
}

const pair = (number: number) => registerPair(`a-${number}.contoso.com`, `b-${number}.contoso.com`);

async function register(of: Service, ...numbers: readonly number[]): Promise<void> {
  for (const number of numbers) await of.given(pair(number));
}

async function poolsOf(of: Service): Promise<number> {
  const { pools } = await of.shown('/v1/pools');
  return (pools as readonly object[]).length;
}

const namesOf = (of: Service): readonly string[] =>
  of.poolkeeper.watch.conditions.list().map(({ name }) => name);

/** The log as it lies in the folder, put somewhere else. */
function copyOfLog(name: string): void {
  mkdirSync(fileIn(name));
  copyFileSync(fileIn(DATABASE_FILE), join(fileIn(name), DATABASE_FILE));
}

function putBack(name: string): void {
  for (const suffix of ['', '-wal', '-shm']) rmSync(fileIn(DATABASE_FILE) + suffix, { force: true });
  copyFileSync(join(fileIn(name), DATABASE_FILE), fileIn(DATABASE_FILE));
}

describe('A log that is not the one of its caches', () => {
  it('put back from a backup beside newer snapshots is noticed, said, and folded from its beginning', async () => {
    await register(await started(), 1, 2);
    await stopped();
    copyOfLog('backup');
    await register(await started(), 3, 4);
    await stopped();
    putBack('backup');

    const again = await started();
    expect(await poolsOf(again)).toBe(4);
    // What comes next stands at positions that the snapshots had already.
    await register(again, 5);
    expect(await poolsOf(again)).toBe(6);
    expect(namesOf(again)).toEqual(['snapshots-discarded', 'lost-events']);
    const health = await again.get('/health');
    expect(health).toMatchObject({
      status: 200,
      body: {
        status: 'degraded',
        conditions: [
          { name: 'snapshots-discarded', sentence: expect.stringContaining('ends at position') },
          {},
        ],
      },
    });
    expect(await again.shown('/v1/verification')).toMatchObject({
      whole: false,
      broken: null,
      faithful: true,
      findings: [{ kind: 'acknowledged', problem: expect.stringContaining('was acknowledged') }],
    });
  });

  it('that grew to the same length is noticed by what is in it', async () => {
    await register(await started(), 1);
    await stopped();
    copyOfLog('backup');
    await register(await started(), 2, 3);
    await stopped();
    const snapshots = readFileSync(fileIn('snapshots.db'));
    putBack('backup');
    await register(await started(), 7, 8, 9);
    await stopped();
    writeFileSync(fileIn('snapshots.db'), snapshots);

    const again = await started();
    expect(await poolsOf(again)).toBe(8);
    expect(again.poolkeeper.runner.snapshotsObjection).toMatch(/not the one that the snapshots were made of/);
  });

  it('that lost its end is noticed, also where no snapshots are left, until the witness is removed', async () => {
    await register(await started(), 1);
    await stopped();
    copyOfLog('backup');
    await register(await started(), 2);
    await stopped();
    putBack('backup');
    rmSync(fileIn('snapshots.db'));

    expect(namesOf(await started())).toEqual(['lost-events']);
    await register(await started(), 3);
    expect(namesOf(await started())).toEqual(['lost-events']);
    await stopped();
    rmSync(fileIn(WITNESS_FILE));
    expect(namesOf(await started())).toEqual([]);
  });

  it('of this service is believed', async () => {
    await register(await started(), 1, 2);
    const again = await started();
    expect(again.poolkeeper.runner.snapshotsObjection).toBeNull();
    expect(namesOf(again)).toEqual([]);
    expect((await again.get('/health')).body).toMatchObject({ status: 'ok' });
  });
});

describe('A log that is replaced under the running service', () => {
  it.each([
    ['by another file', () => copyFileSync(fileIn('held/poolkeeper.db'), fileIn('new')), true],
    ['by nothing', () => undefined, false],
  ])('%s acknowledges nothing more, and says why', async (_, make, puts) => {
    await register(await started(), 1);
    await stopped();
    copyOfLog('held');
    const running = await started();
    make();
    renameSync(fileIn(DATABASE_FILE), fileIn('gone'));
    if (puts) renameSync(fileIn('new'), fileIn(DATABASE_FILE));
    const refused = await running.when(pair(2));
    expect(refused).toMatchObject({
      status: 503,
      body: {
        detail: expect.stringMatching(/was (removed|replaced by another file) while the service runs/),
      },
    });
    await running.poolkeeper.watch.look();
    expect(namesOf(running)).toContain('store-ended');
    expect((await running.get('/health/ready')).status).toBe(503);
    expect(await poolsOf(running)).toBe(2);
  });
});

describe('The disk', () => {
  it('warns, then stores nothing more, and goes on by itself when there is clearly more room', async () => {
    let free = 1_000;
    const statistics = async (): Promise<DiskSpace> => ({ free, size: 10_000 });
    const disk = {
      folder: folder.path,
      low: { bytes: 500, share: 1 },
      full: { bytes: Infinity, share: 0.02 },
      statistics,
    };
    const running = await started({ disk, exportFiles: new ExportFiles(fileIn('exports')) });
    const { watch } = running.poolkeeper;
    expect(namesOf(running)).toEqual([]);

    free = 499;
    await watch.look();
    expect(namesOf(running)).toEqual(['disk-low']);
    await register(running, 1);

    free = 199;
    await watch.look();
    expect(namesOf(running)).toEqual(['disk-low', 'disk-full']);
    const refused = await running.when(pair(2));
    expect(refused).toMatchObject({ status: 503, body: { detail: expect.stringContaining('Make room') } });
    expect((await running.get('/health/ready')).status).toBe(503);
    expect((await running.get('/health/live')).status).toBe(200);
    expect(await poolsOf(running)).toBe(2);

    // Not at the very level: it would come and go.
    free = 230;
    await watch.look();
    expect((await running.when(pair(2))).status).toBe(503);
    free = 250;
    await watch.look();
    await register(running, 2);
    expect((await running.get('/health/ready')).status).toBe(200);
    free = 601;
    await watch.look();
    expect(namesOf(running)).toEqual([]);
  });
});

describe('The clock', () => {
  it('that is behind the log is told, until it has caught up', async () => {
    let now = Date.parse('2036-11-22T00:00:00Z');
    const clock = (): Date => new Date(now);
    await register(await started({ clock }), 1);
    now = Date.parse('2026-11-26T00:00:00Z');
    const again = await started({ clock });
    expect(again.poolkeeper.watch.conditions.of('clock-behind')).toMatch(/behind the log by 3649 days/);
    now = Date.parse('2036-11-22T00:00:01Z');
    await again.poolkeeper.watch.look();
    expect(namesOf(again)).toEqual([]);
  });
});

describe('Verification', () => {
  it('leaves its last result in health and metrics, and a bad one is a condition until a good one', async () => {
    await register(await started(), 1);
    const running = await started({ exportFiles: new ExportFiles(fileIn('exports')) });
    expect((await running.get('/health')).body).toMatchObject({ details: { verification: { last: null } } });
    await running.shown('/v1/verification');
    expect((await running.get('/health')).body).toMatchObject({
      status: 'ok',
      details: { verification: { good: true, last: expect.stringMatching(/Z$/) } },
    });
    expect((await running.get('/metrics')).text).toMatch(/^poolkeeper_verification_good 1$/m);

    const insider = new DatabaseSync(fileIn(DATABASE_FILE));
    insider.exec('create trigger quiet before insert on events begin select raise(ignore); end');
    insider.close();
    mkdirSync(fileIn('exports'));
    writeFileSync(fileIn(`exports/${'0'.repeat(64)}.zip`), 'not what its name says');
    expect(await running.shown('/v1/verification')).toMatchObject({
      whole: false,
      files: { checked: 1, damaged: [{ name: `${'0'.repeat(64)}.zip` }] },
    });
    const health = await running.get('/health');
    expect(health).toMatchObject({ status: 200, body: { status: 'degraded' } });
    expect(health.text).toContain('trigger');
    expect((await running.get('/metrics')).text).toMatch(
      /^poolkeeper_condition\{condition="verification-failed"\} 1$/m,
    );
    expect((await running.get('/health/ready')).status).toBe(200);
  });
});

describe('By itself', () => {
  it('the service verifies five minutes after the start and each interval later, and looks at the zips', async () => {
    let now = 0;
    let tick = (): void => undefined;
    const every = (_: number, run: () => void) => {
      tick = run;
      return () => undefined;
    };
    let verified = 0;
    const running = await started({ verifyEveryHours: 2, watchTimer: { now: () => now, every } });
    running.poolkeeper.verifier.results.subscribe(() => (verified += 1));
    const at = async (minutes: number): Promise<number> => {
      now = minutes * 60_000;
      tick();
      await running.poolkeeper.watch.look();
      // Joins the run where one was begun; makes one where none was.
      const began = running.poolkeeper.verifier.waiting;
      if (began > 0) await running.poolkeeper.verifier.verify();
      return verified;
    };
    expect(await at(4)).toBe(0);
    expect(await at(5)).toBe(1);
    expect(await at(124)).toBe(1);
    expect(await at(125)).toBe(2);
  });
});

describe('Kept files', () => {
  it('that a killed process left unfinished are removed at the start, and damaged ones are replaced', async () => {
    const files = new ExportFiles(fileIn('exports'));
    mkdirSync(fileIn('exports'));
    const left = fileIn(`exports/${'1'.repeat(64)}.zip.77.unfinished`);
    writeFileSync(left, 'half of it');
    await started({ exportFiles: files });
    expect(() => readFileSync(left)).toThrow('ENOENT');

    const keep = async () => {
      const file = await files.incoming.receive([Buffer.from('whole')]);
      return { isNew: await files.keep(file), kept: fileIn(`exports/${file.contentHash}.zip`) };
    };
    const { isNew, kept } = await keep();
    expect(isNew).toBe(true);
    writeFileSync(kept, 'torn');
    await keep();
    expect(readFileSync(kept, 'utf8')).toBe('whole');
  });
});
