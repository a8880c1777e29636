import { expect } from '@jest/globals';
import { DatabaseSync } from 'node:sqlite';
import { declareOutage } from '../../http/support/commands.js';
import { entries, Pair } from '../../http/support/pair.js';
import { readLog } from '../../store/support/checks.js';
import { keptBy, viewsOf } from '../support/bench.js';
import type { RuntimeCheck } from '../support/checks.js';
import { abortRebuild, askRebuild, ended, Gate, rebuilt } from '../support/rebuilding.js';

const names = ['pair', 'exports', 'call-status', 'agent-console', 'directory'];

export function rebuildChecks(check: RuntimeCheck): void {
  check(68, 'a rebuild gives every view exactly as it was, of every pool', async (bench) => {
    const pair = await Pair.withImport(await bench.start());
    const other = await Pair.registered(bench.service);
    await pair.connectedCall();
    await pair.newCall();
    await pair.reaches('failed-over');
    const before = [await viewsOf(bench.service, pair.primary), await viewsOf(bench.service, other.backup)];
    const bytes = names.map((name) => keptBy(bench.state, name));
    for (const name of names) {
      expect(await rebuilt(bench.service, name)).toMatchObject({
        state: 'done',
        startedBy: 'lee@contoso.com',
      });
    }
    expect([await viewsOf(bench.service, pair.primary), await viewsOf(bench.service, other.backup)]).toEqual(
      before,
    );
    expect(names.map((name) => keptBy(bench.state, name))).toEqual(bytes);
  });

  check(69, 'rebuilding twice gives the same bytes', async (bench) => {
    const pair = await Pair.withImport(await bench.start());
    await pair.connectedCall();
    await pair.reaches('failing-back');
    for (const name of names) {
      await rebuilt(bench.service, name);
      const once = keptBy(bench.state, name);
      await rebuilt(bench.service, name);
      expect(keptBy(bench.state, name)).toEqual(once);
    }
  });

  check(
    70,
    'what the log does not make is found by verify, and gone after a rebuild and a restart',
    async (bench) => {
      const pair = await Pair.registered(await bench.start());
      await bench.stop();
      const file = new DatabaseSync(bench.snapshotsFile);
      file.exec(`insert into snapshots select projection, version, 'ghost', position, through, through_recorded_at,
      recorded_at, kept, state from snapshots where projection = 'pair'`);
      file.close();
      await bench.start();
      expect(await bench.service.shown('/v1/verification')).toMatchObject({
        whole: true,
        faithful: false,
        views: { different: [{ projection: 'pair', pairId: 'ghost' }] },
      });
      await rebuilt(bench.service, 'pair');
      const { pools } = await bench.service.shown('/v1/pools');
      expect(entries(pools).map(({ fqdn }) => fqdn)).toEqual([pair.primary, pair.backup]);
      await bench.start();
      expect(await bench.service.shown('/v1/verification')).toMatchObject({ faithful: true });
    },
  );

  check(71, 'the other projections and their checkpoints are left alone', async (bench) => {
    const pair = await Pair.registered(await bench.start());
    await pair.reaches('outage');
    await bench.start();
    const others = names.filter((name) => name !== 'exports');
    const standing = async () =>
      await Promise.all(others.map((name) => bench.service.shown(`/v1/projections/${name}`)));
    const before = await standing();
    const states = bench.state.instancesOf('pair').map((fold) => fold.detach());
    await rebuilt(bench.service, 'exports');
    expect(await standing()).toEqual(before);
    expect(bench.state.instancesOf('pair').every((fold, n) => fold.detach() === states[n])).toBe(true);
  });

  check(72, 'events that come during a rebuild are in what it swaps in', async (bench) => {
    const pair = await Pair.registered(await bench.start());
    const gate = new Gate(bench.service.poolkeeper.store);
    await askRebuild(bench.service, 'pair');
    await gate.reached;
    await pair.reaches('failing-over');
    gate.open();
    const racing = ['complete-failover', 'failback', 'complete-failback', 'close-incident'];
    for (const name of racing) await bench.service.given({ name, body: { pool: pair.primary } });
    expect(await ended(bench.service, 'pair')).toMatchObject({ state: 'done' });
    await bench.service.caughtUp();
    expect(await bench.service.shown(`/v1/pools/${pair.primary}`)).toMatchObject({ stage: 'normal' });
    expect(await bench.service.shown('/v1/verification')).toMatchObject({ faithful: true });
  });

  check(
    73,
    'until it is swapped in the old version answers, and goes on; a second rebuild is told of the first',
    async (bench) => {
      const pair = await Pair.registered(await bench.start());
      await tamper(bench.state.instancesOf('pair'));
      const gate = new Gate(bench.service.poolkeeper.store);
      expect(await askRebuild(bench.service, 'pair')).toMatchObject({
        status: 202,
        body: { name: 'pair', rebuild: { state: 'running', startedBy: 'lee@contoso.com', from: '0' } },
      });
      await gate.reached;
      const url = `/v1/pools/${pair.primary}`;
      expect(await bench.service.shown(url)).toMatchObject({ site: 'Atlantis', stage: 'normal' });
      await bench.service.given(declareOutage(pair.primary));
      expect(await bench.service.shown(url)).toMatchObject({ site: 'Atlantis', stage: 'outage' });
      expect(await askRebuild(bench.service, 'pair')).toMatchObject({
        status: 409,
        body: {
          detail: expect.stringContaining('lee@contoso.com') as unknown,
          rebuild: { state: 'running' },
        },
      });
      gate.open();
      await ended(bench.service, 'pair');
      expect(await bench.service.shown(url)).toMatchObject({ site: null, stage: 'outage' });
    },
  );

  check(74, 'aborted, the old version answers on, and another rebuild just works', async (bench) => {
    const pair = await Pair.registered(await bench.start());
    await tamper(bench.state.instancesOf('pair'));
    const gate = new Gate(bench.service.poolkeeper.store);
    await askRebuild(bench.service, 'pair');
    await gate.reached;
    const aborted = abortRebuild(bench.service, 'pair');
    gate.open();
    expect(await aborted).toMatchObject({ status: 200, body: { rebuild: { state: 'aborted' } } });
    expect(await abortRebuild(bench.service, 'pair')).toMatchObject({ status: 409 });
    const url = `/v1/pools/${pair.primary}`;
    expect(await bench.service.shown(url)).toMatchObject({ site: 'Atlantis' });
    expect(await rebuilt(bench.service, 'pair')).toMatchObject({ state: 'done' });
    expect(await bench.service.shown(url)).toMatchObject({ site: null });
  });

  check(74, 'where it fails, the old version answers on, and another rebuild just works', async (bench) => {
    const pair = await Pair.registered(await bench.start());
    await tamper(bench.state.instancesOf('pair'));
    const { store } = bench.service.poolkeeper;
    const { readAll } = store;
    store.readAll = () => {
      throw new Error('the line is cut');
    };
    expect(await rebuilt(bench.service, 'pair')).toMatchObject({
      state: 'failed',
      error: 'the line is cut',
    });
    store.readAll = readAll;
    const url = `/v1/pools/${pair.primary}`;
    expect(await bench.service.shown(url)).toMatchObject({ site: 'Atlantis' });
    expect(await rebuilt(bench.service, 'pair')).toMatchObject({ state: 'done' });
    expect(await bench.service.shown(url)).toMatchObject({ site: null });
  });

  check(74, 'stopped with its service half-way, the old version answers at the next start', async (bench) => {
    const pair = await Pair.registered(await bench.start());
    const gate = new Gate(bench.service.poolkeeper.store);
    await askRebuild(bench.service, 'pair');
    await gate.reached;
    const stopped = bench.stop();
    gate.open();
    await stopped;
    await bench.start();
    expect(await bench.service.shown('/v1/projections/pair')).toMatchObject({
      rebuild: { state: 'none' },
    });
    await pair.in(bench.service).reaches('outage');
    expect(await rebuilt(bench.service, 'pair')).toMatchObject({ state: 'done' });
    expect(await bench.service.shown(`/v1/pools/${pair.primary}/visibility`)).toMatchObject({
      stage: 'outage',
    });
  });

  check(75, 'a rebuild stores nothing and shows nothing as new', async (bench) => {
    const pair = await Pair.registered(await bench.start());
    await pair.reaches('outage');
    const { store } = bench.service.poolkeeper;
    const log = await readLog(store);
    const { headers } = await bench.service.get(`/v1/pools/${pair.primary}`);
    for (const name of names) await rebuilt(bench.service, name);
    expect((await readLog(store)).length).toBe(log.length);
    const known = { 'if-none-match': String(headers['etag']) };
    expect(await bench.service.get(`/v1/pools/${pair.primary}`, known)).toMatchObject({ status: 304 });
  });

  check(76, 'a rebuild over no events is not an error', async (bench) => {
    await bench.start();
    for (const name of names) {
      expect(await rebuilt(bench.service, name)).toMatchObject({ state: 'done', events: 0, position: '0' });
    }
    expect(await bench.service.shown('/v1/verification')).toMatchObject({ faithful: true });
  });

  check(77, 'a rebuild under a changed clock gives the same bytes', async (bench) => {
    const pair = await Pair.withImport(await bench.start());
    await pair.connectedCall();
    await pair.reaches('failed-over');
    const before = names.map((name) => keptBy(bench.state, name));
    await bench.start({ clock: () => new Date('2041-01-01T00:00:00Z') });
    for (const name of names) await rebuilt(bench.service, name);
    expect(names.map((name) => keptBy(bench.state, name))).toEqual(before);
  });
}

/** Moves the pools of every pair to where no event has put them. */
async function tamper(folds: readonly { detach(): unknown }[]): Promise<void> {
  for (const fold of folds) {
    const { pools } = fold.detach() as { pools: { site: string | null }[] };
    for (const pool of pools) pool.site = 'Atlantis';
  }
}
