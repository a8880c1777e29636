import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { snapshotIn, storedForm } from '../../src/runtime/projections/snapshots/stored-snapshot.js';
import { firstDifference } from '../../src/runtime/projections/rebuild/difference.js';
import { Turns } from '../../src/store/turns.js';
import { startService, type Service as Served } from '../cli/support/service.js';
import { terminal } from '../cli/support/terminal.js';
import { Pair } from '../http/support/pair.js';
import { RuntimeBench } from './support/bench.js';
import { pairOf } from './support/poison.js';
import { rebuilt } from './support/rebuilding.js';

let bench: RuntimeBench;
beforeEach(async () => {
  bench = await RuntimeBench.open('sqlite');
});
afterEach(() => bench.dispose());

/** Changes a state in the file of snapshots. */
function tamper(file: string, projection: string, change: (state: never) => void): void {
  const database = new DatabaseSync(file);
  const rows = database.prepare('select rowid, state from snapshots where projection = ?').all(projection);
  for (const { rowid, state } of rows) {
    const snapshot = snapshotIn(state as Uint8Array);
    change(snapshot.packed as never);
    database
      .prepare('update snapshots set state = ? where rowid = ?')
      .run(storedForm(snapshot), Number(rowid));
  }
  database.close();
}

describe('verify', () => {
  it('finds a state that was changed in the snapshots, and says where; a rebuild mends it for good', async () => {
    const pair = await Pair.withImport(await bench.start());
    await pair.connectedCall();
    const { id: pairId } = await pairOf(bench.service, pair.primary);
    await bench.stop();
    tamper(
      bench.snapshotsFile,
      'call-status',
      ({ owners }: { owners: [{ totals: { connected: number } }] }) => {
        owners[0].totals.connected = 7;
      },
    );
    await bench.start();
    const url = `/v1/pools/${pair.primary}/call-status`;
    expect(await bench.service.shown(url)).toMatchObject({ totals: { connected: 7 } });
    expect(await bench.service.shown('/v1/verification')).toMatchObject({
      whole: true,
      faithful: false,
      views: {
        compared: 5,
        different: [
          {
            projection: 'call-status',
            pairId,
            pointer: '/owners/0/totals/connected',
            live: '7',
            refolded: '1',
          },
        ],
      },
    });
    await rebuilt(bench.service, 'call-status');
    expect(await bench.service.shown(url)).toMatchObject({ totals: { connected: 1 } });
    await bench.start();
    expect(await bench.service.shown(url)).toMatchObject({ totals: { connected: 1 } });
    expect(await bench.service.shown('/v1/verification')).toMatchObject({ faithful: true });
  });

  it('compares what is parked with what is parked, and finds no difference', async () => {
    const pair = await Pair.registered(await bench.start());
    await pair.reaches('outage');
    expect(await bench.service.shown('/v1/verification')).toMatchObject({
      faithful: true,
      views: { compared: 5, different: [], stale: [] },
    });
  });
});

describe('the first difference of two states', () => {
  it.each([
    [{ a: [1, { b: 2 }] }, { a: [1, { b: 3 }] }, { pointer: '/a/1/b', live: '2', refolded: '3' }],
    [new Map([['p/q', 1]]), new Map([['p/q', 2]]), { pointer: '/p~1q', live: '1', refolded: '2' }],
    [{ a: 1n }, {}, { pointer: '/a', live: '1n', refolded: 'undefined' }],
    [new Set([1]), new Set([2]), { pointer: '', live: 'Set(1) { 1 }', refolded: 'Set(1) { 2 }' }],
  ])('%p and %p', async (live, refolded, difference) => {
    expect(await firstDifference(live, refolded, new Turns())).toEqual(difference);
  });

  it('is none where both are built alike, of shared parts or not, and lead back to themselves', async () => {
    const ring = (): object => {
      const one: { next?: object } = {};
      one.next = { next: one };
      return one;
    };
    expect(await firstDifference(ring(), ring(), new Turns())).toBeNull();
  });
});

describe('on the command line', () => {
  let service: Served;
  beforeEach(async () => {
    service = await startService();
  });
  afterEach(() => service.stop());

  it('verify ends with 1 where a view is not what the log makes of it, and names it', async () => {
    const run = terminal(service.url);
    await run('register-pair', '--pool', 'a.contoso.com', '--pool', 'b.contoso.com');
    const good = await run('verify');
    expect([good.exitCode, good.out]).toEqual([
      0,
      expect.stringContaining('The views are what the log makes'),
    ]);
    for (const { pair } of service.poolkeeper.runner.state.pairs.values()) {
      const [pool] = pair.state?.pools ?? [];
      if (pool !== undefined) pool.stage = 'outage';
    }
    const bad = await run('verify');
    expect([bad.exitCode, bad.out]).toEqual([
      1,
      expect.stringMatching(/NOT what the log makes[^]*pair of pair \w+ at \/pools\/0\/stage: 'outage'/),
    ]);
    const mended = await run('rebuild', 'pair', '--actor', 'lee@contoso.com');
    expect([mended.exitCode, mended.out]).toEqual([0, expect.stringMatching(/^pair was rebuilt: 2 events/)]);
    expect((await run('verify')).exitCode).toBe(0);
  });

  it('rebuild says how far it is, that there is nothing to abort, and which projections there are', async () => {
    const run = terminal(service.url);
    expect((await run('rebuild', 'pair', '--status')).out).toContain('has not been rebuilt');
    expect(await run('rebuild', 'pair', '--abort')).toMatchObject({
      exitCode: 5,
      err: expect.stringContaining('pair is not being rebuilt'),
    });
    expect(await run('rebuild', 'karma')).toMatchObject({
      exitCode: 4,
      err: expect.stringContaining('pair, exports, call-status, agent-console, directory'),
    });
    await run('rebuild', 'directory');
    expect((await run('projections')).out).toMatch(/directory[^\n]*done/);
  });

  it('dead letters are listed, retried and discarded', async () => {
    const run = terminal(service.url);
    expect((await run('dead-letters')).out).toBe('Every event could be folded.');
    const unheardOf = {
      id: '11111111-2222-8333-8444-555555555555',
      type: 'AgentPromoted',
      schemaVersion: 1,
      data: {},
      metadata: {},
    };
    await service.poolkeeper.store.append('agent-sip:kim@contoso.com', [unheardOf], 'any');
    await service.poolkeeper.letters.idle({
      projection: 'agent-console',
      event: { ...unheardOf, stream: 'agent-sip:kim@contoso.com', position: 1n },
    });
    const { id = '' } = service.poolkeeper.letters.list()[0] ?? {};
    expect((await run('dead-letters')).out).toMatch(/AgentPromoted[^]*position 1/);
    expect(await run('dead-letters', 'retry', id)).toMatchObject({
      exitCode: 1,
      out: expect.stringContaining('could not be folded this time either'),
    });
    expect((await run('dead-letters', 'discard', id)).exitCode).toBe(2);
    expect(await run('dead-letters', 'discard', id, '--reason', 'Titles change nothing')).toMatchObject({
      exitCode: 0,
      out: expect.stringContaining('The dead letter is gone'),
    });
    expect(await run('dead-letters', 'retry', id)).toMatchObject({ exitCode: 4 });
  });
});
