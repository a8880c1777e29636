/**
 * Emmett's SQLite store in a process of its own, so that none of its packages is one of the product's.
 * Takes `{ fileName, appends, keepOpen }`, answers appends per second or the error.
 */
import {
  appendToStream,
  createEventStoreSchema,
  getSQLiteEventStore,
  sqliteConnection,
} from '@event-driven-io/emmett-sqlite';

const ATTEMPTS = 20;

process.once('message', ({ fileName, appends, keepOpen }) => {
  measure(fileName, appends, keepOpen ? openConnection : openStore).then(
    (rate) => process.send({ rate }, () => process.exit(0)),
    (error) => process.send({ error: String(error) }, () => process.exit(1)),
  );
});

/** As its documentation shows; it opens and closes the database for every call. */
async function openStore(fileName) {
  const store = getSQLiteEventStore({ fileName, schema: { autoMigration: 'CreateOrUpdate' } });
  return {
    append: async ({ stream, revision, event }) => {
      const expectedStreamVersion = revision < 0 ? 'STREAM_DOES_NOT_EXIST' : BigInt(revision + 1);
      await store.appendToStream(stream, [event], { expectedStreamVersion });
    },
  };
}

/** The function below its store, on a connection that stays open. */
async function openConnection(fileName) {
  const connection = sqliteConnection({ fileName });
  await createEventStoreSchema(connection);
  return {
    append: async ({ stream, revision, event }) => {
      const { success } = await appendToStream(connection, stream, 'call', [event], {
        expectedStreamVersion: BigInt(revision + 1),
      });
      if (!success) throw new Error(`The append to ${stream} was refused.`);
    },
  };
}

async function measure(fileName, appends, open) {
  await requireFullDurability(fileName);
  const { append: appendOnce } = await open(fileName);
  const append = (one) => persistently(() => appendOnce(one));
  const [first, ...others] = appends;
  await append(first);
  const start = performance.now();
  // One after the other: one store fails appends at once with "Database is closed", for each call closes it for all.
  for (const other of others) await append(other);
  return (others.length / (performance.now() - start)) * 1_000;
}

/** Now and then its commit meets its own unfinished statement (SQLITE_BUSY), and is rolled back: then it is tried again. */
async function persistently(append) {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await append();
    } catch (error) {
      if (attempt === ATTEMPTS || error.code !== 'SQLITE_BUSY') throw error;
    }
  }
}

async function requireFullDurability(fileName) {
  const connection = sqliteConnection({ fileName });
  const { synchronous } = await connection.querySingle('pragma synchronous');
  connection.close();
  if (synchronous !== 2) throw new Error(`Emmett's default is synchronous=${synchronous}, not FULL.`);
}
