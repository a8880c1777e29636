import { afterEach, beforeEach } from '@jest/globals';
import { EventStoreDBStore, type EventStoreDBOptions } from '../../../src/store/eventstoredb/store.js';
import { parseConnectionString } from '../../../src/store/eventstoredb/connection-string.js';
import { InProcessServer } from './server/server.js';

/** A server per test, and stores with short deadlines that stand for separate processes. */
export interface Cluster {
  readonly server: InProcessServer;
  open(options?: Partial<EventStoreDBOptions>): EventStoreDBStore;
}

export const DEADLINE = 1_000;

export function clusterPerTest(): Cluster {
  let server = new InProcessServer();
  let stores: EventStoreDBStore[] = [];
  beforeEach(async () => {
    server = new InProcessServer();
    stores = [];
    await server.start();
  });
  afterEach(async () => {
    await Promise.all(stores.map((store) => store.close()));
    server.stop();
  });
  return {
    get server() {
      return server;
    },
    open(options = {}) {
      const store = new EventStoreDBStore({
        settings: parseConnectionString(server.connectionString),
        deployment: 'test',
        clock: () => new Date('2026-11-24T10:00:00.000Z'),
        random: () => 0.5,
        deadline: DEADLINE,
        backoff: { first: 5, longest: 40 },
        ...options,
      });
      stores.push(store);
      return store;
    },
  };
}
