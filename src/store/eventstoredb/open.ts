import type { EventStore } from '../port.js';
import { parseConnectionString } from './connection-string.js';
import { EventStoreDBStore, type EventStoreDBOptions } from './store.js';

/**
 * Opens the event store of a deployment in EventStoreDB or KurrentDB. It need not be reachable yet.
 * @throws ConnectionStringError, which never repeats the string
 */
export function openEventStoreDB(
  options: Omit<EventStoreDBOptions, 'settings' | 'random'> & {
    readonly connectionString: string;
    readonly random?: EventStoreDBOptions['random'];
  },
): EventStore {
  const settings = parseConnectionString(options.connectionString);
  return new EventStoreDBStore({ ...options, settings, random: options.random ?? Math.random });
}
