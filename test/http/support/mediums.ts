import { randomUUID } from 'node:crypto';
import { MemoryTable, openMemoryStore } from '../../../src/store/memory.js';
import { openSqliteStore } from '../../../src/store/open-store.js';
import type { EventStore } from '../../../src/store/port.js';
import { temporaryFolder } from './stores.js';

type Clock = () => Date;

/** Where the events of a test stay: a store that is opened after another was closed goes on with the same log. */
export interface Medium {
  open(clock?: Clock): Promise<EventStore>;
  /** After the last store on it was closed. */
  release(): void;
}

const systemClock: Clock = () => new Date();

const mediums = {
  memory: async (): Promise<Medium> => {
    const table = new MemoryTable();
    return {
      open: async (clock = systemClock) => openMemoryStore({ clock, table }),
      release: () => undefined,
    };
  },
  sqlite: async (): Promise<Medium> => {
    const folder = temporaryFolder();
    return {
      open: (clock = systemClock) => openSqliteStore({ folder: folder.path, clock }),
      release: () => folder.remove(),
    };
  },
  /** On the server that `EVENT_STORE_TEST_URL` names, else on one in this process. */
  eventstoredb: async (): Promise<Medium> => {
    // Loaded only where they are used: it takes as long as loading all the rest.
    const { openEventStoreDB } = await import('../../../src/store/eventstoredb/open.js');
    const named = process.env['EVENT_STORE_TEST_URL'] ?? '';
    if (named !== '') {
      const deployment = `acceptance.${randomUUID()}`.replaceAll('-', '');
      return {
        open: async (clock = systemClock) => openEventStoreDB({ connectionString: named, deployment, clock }),
        release: () => undefined,
      };
    }
    const { InProcessServer } = await import('../../store/eventstoredb/server/server.js');
    const server = new InProcessServer();
    await server.start();
    return {
      open: async (clock = systemClock) =>
        openEventStoreDB({
          connectionString: server.connectionString,
          deployment: 'acceptance',
          clock,
          deadline: 30_000,
        }),
      release: () => server.stop(),
    };
  },
};

export type MediumKind = keyof typeof mediums;

const isKind = (text: string): text is MediumKind => Object.hasOwn(mediums, text);

/**
 * A fresh medium of the kind that `ACCEPTANCE_STORE` names, so that the same tests run on every store.
 * @param usual the kind where the run names none
 */
export async function freshMedium(usual: MediumKind = 'memory'): Promise<Medium> {
  const kind = process.env['ACCEPTANCE_STORE'] ?? usual;
  if (!isKind(kind)) throw new Error(`ACCEPTANCE_STORE names no store: "${kind}".`);
  return await mediumOf(kind);
}

export const mediumKinds = Object.keys(mediums).filter(isKind);

/** A fresh medium of this kind, whatever the run names. */
export const mediumOf = async (kind: MediumKind): Promise<Medium> => await mediums[kind]();

/** Those that a property is tried on: the store that the run names, else both that are kept here. */
export const mediumsOfRun: readonly MediumKind[] = mediumKinds.filter((kind) => {
  const named = process.env['ACCEPTANCE_STORE'];
  return named === undefined ? kind !== 'eventstoredb' : kind === named;
});
