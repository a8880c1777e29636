import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { parseConnectionString } from '../../../src/store/eventstoredb/connection-string.js';
import { EventStoreDBStore } from '../../../src/store/eventstoredb/store.js';
import { event, events, idsOf, readLog, until } from '../support/checks.js';
import { ThreeNodes } from './server/three-nodes.js';

let cluster: ThreeNodes;
let stores: EventStoreDBStore[];
beforeEach(async () => {
  cluster = new ThreeNodes();
  stores = [];
  await cluster.start();
});
afterEach(async () => {
  await Promise.all(stores.map((store) => store.close()));
  cluster.stop();
});

function open(connectionString: string): EventStoreDBStore {
  const store = new EventStoreDBStore({
    settings: parseConnectionString(connectionString),
    deployment: 'test',
    clock: () => new Date('2026-11-24T10:00:00.000Z'),
    random: () => 0.5,
    deadline: 30_000,
    backoff: { first: 5, longest: 40 },
  });
  stores.push(store);
  return store;
}

const appendsOf = (): number[] => cluster.nodes.map(({ faults }) => faults.appended.length);

describe('a cluster of three nodes', () => {
  test.each([
    ['a name that leads to a follower', () => cluster.discovering(2)],
    ['all its nodes', () => cluster.seeds],
  ])('is found by %s, and its leader is written to', async (_by, connectionString) => {
    cluster.elect(1);
    const store = open(connectionString());
    await store.append('s', events(2), 'no-stream');
    expect(await readLog(store)).toHaveLength(2);
    expect(appendsOf()).toEqual([0, 1, 0]);
  });

  test('is not found where no node leads; the reason says so', async () => {
    for (const node of cluster.nodes) node.members = [];
    const store = open(`${cluster.seeds}&maxDiscoverAttempts=1`);
    await expect(store.headOf('s')).rejects.toThrow('the nodes that answer name no other that is fit');
  });

  test('is not found where no node answers; the reason says so', async () => {
    cluster.stop();
    const store = open(`${cluster.seeds}&maxDiscoverAttempts=1`);
    await expect(store.headOf('s')).rejects.toThrow(/Failed to discover after 1 attempts: .*ECONNREFUSED/);
  });

  test('goes on with another leader: the old one sends every call on to it', async () => {
    const store = open(cluster.discovering(0));
    await store.append('s', events(1), 'no-stream');
    cluster.elect(2);
    await store.append('s', events(1), 0n);
    cluster.elect(1);
    expect(await store.headOf('s')).toBe(1n);
    expect(cluster.node(0).gate.redirected).toBeGreaterThan(0);
    expect(cluster.node(2).gate.redirected).toBeGreaterThan(0);
    await store.append('s', events(1), 1n);
    expect(appendsOf()).toEqual([1, 1, 1]);
  });

  test('loses and repeats nothing while the lead moves and leaders die, under load', async () => {
    const store = open(cluster.seeds);
    const seen: string[] = [];
    const subscription = store.subscribe({}, (page) => void seen.push(...idsOf(page)));
    await subscription.caughtUp;
    const acknowledged: string[] = [];
    let moving = true;
    const write = async (stream: string): Promise<void> => {
      while (moving) {
        const one = event();
        // The same ids again, as a repeated command would send them: that settles an unknown outcome.
        for (;;) {
          const stored = await store.append(stream, [one], 'any').then(
            () => true,
            () => false,
          );
          if (stored) break;
        }
        acknowledged.push(one.id);
      }
    };
    const writers = ['a', 'b', 'c', 'd'].map(write);
    for (let move = 0; move < 9; move += 1) {
      const [old, next] = [cluster.node(move % 3), (move + 1) % 3];
      const before = acknowledged.length;
      if (move % 2 === 0) old.stop();
      cluster.elect(next);
      await until(() => acknowledged.length > before + 20);
      if (!old.running) await old.start();
    }
    moving = false;
    await Promise.all(writers);

    const log = await readLog(store);
    expect(idsOf(log).sort()).toEqual([...acknowledged].sort());
    expect(await store.verify()).toMatchObject({ events: log.length, broken: null });
    await until(() => seen.length >= log.length);
    expect(seen).toEqual(idsOf(log));
  });
});
