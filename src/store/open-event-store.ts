import { openSqliteStore } from './open-store.js';
import type { EventStore } from './port.js';

export interface EventStoreSettings {
  /** The connection string of EventStoreDB or KurrentDB; empty for the embedded store. */
  readonly connectionString: string;
  /** Name of this deployment in a shared EventStoreDB. */
  readonly deployment: string;
  /** The folder of the embedded store. */
  readonly folder: string;
  readonly clock: () => Date;
}

/**
 * Opens the store that the settings name. A store outside this process need not be reachable.
 * @throws StoreOpenError | ConnectionStringError | StoreUnavailableError
 */
export async function openEventStore(settings: EventStoreSettings): Promise<EventStore> {
  const { connectionString, deployment, folder, clock } = settings;
  if (connectionString === '') return await openSqliteStore({ folder, clock });
  // The client of the database is most of what there is to load, and few need it.
  const { openEventStoreDB } = await import('./eventstoredb/open.js');
  return openEventStoreDB({ connectionString, deployment, clock });
}
