import type { JsonObject } from '../../../events/envelope.js';
import { InProcessServer } from '../../store/eventstoredb/server/server.js';
import { openEventStoreDB } from '../../../src/store/eventstoredb/open.js';
import { serving } from './process.js';
import { Service, type Ask, type Headers } from './service.js';
import { temporaryFolder } from './stores.js';

/** One of several services on the same log, wherever it runs. */
export interface Instance {
  when(command: Ask, headers?: Headers): Promise<{ readonly status: number; readonly text: string } | null>;
  shown(url: string): Promise<JsonObject>;
}

/** Two services on one EventStoreDB. */
export interface Twins {
  readonly both: readonly [Instance, Instance];
  stop(): Promise<void>;
}

const deployment = 'twins';

export async function twinsInThisProcess(): Promise<Twins> {
  const server = new InProcessServer();
  await server.start();
  const start = (): Promise<Service> => Service.start({ store: storeOn(server) });
  const [one, other] = [await start(), await start()];
  return {
    both: [one, other],
    stop: async () => {
      await Promise.all([one.stop(), other.stop()]);
      server.stop();
    },
  };
}

export async function twinsAsProcesses(): Promise<Twins> {
  const server = new InProcessServer();
  await server.start();
  const folder = temporaryFolder();
  const settings = { EVENT_STORE: server.connectionString, EVENT_STORE_PREFIX: deployment };
  const start = () => serving(folder.path, settings);
  const [one, other] = await Promise.all([start(), start()]);
  return {
    both: [one, other],
    stop: async () => {
      for (const service of [one, other]) service.terminate();
      await Promise.all([one.ended(), other.ended()]);
      server.stop();
      folder.remove();
    },
  };
}

/** A store of its own on the server, as if its process were another, that tries again soon. */
export const storeOn = (server: InProcessServer) =>
  openEventStoreDB({
    connectionString: server.connectionString,
    deployment,
    clock: () => new Date(),
    // A machine that has other work may take long; a connection that is cut is noticed at once.
    deadline: 30_000,
    backoff: { first: 5, longest: 50 },
  });
