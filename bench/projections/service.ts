import { createPoolkeeper, type Poolkeeper } from '../../src/runtime/poolkeeper.js';
import { openSnapshots } from '../../src/runtime/projections/snapshots/open-snapshots.js';
import { openSqliteStore } from '../../src/store/open-store.js';
import { answerFormat } from '../../src/api/http/to-reply.js';

/** The product over the log of a folder, with the snapshots in the same, as the service has them. */
export async function openPoolkeeper(folder: string): Promise<Poolkeeper> {
  const store = await openSqliteStore({ folder, clock: () => new Date() });
  return createPoolkeeper({ answerFormat, store, snapshots: openSnapshots(folder).cache });
}
