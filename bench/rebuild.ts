import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { ProjectionRunner } from '../src/runtime/projections/projection-runner.js';
import { DATABASE_FILE, openSqliteStore } from '../src/store/open-store.js';
import { SqliteSnapshots } from '../src/runtime/projections/snapshots/sqlite-snapshots.js';
import { configuration, finishedCalls, store } from './call-log.js';
import { interleaved, perSecond, type Row } from './report.js';
import { inFolder } from './sample-log.js';

const calls = 60_000;
const rounds = 7;

/** Folding every view from the log, as at every start, beside reading and parsing the same log and doing nothing. */
export async function rebuild(): Promise<readonly Row[]> {
  return await inFolder(async (folder) => {
    const log = await openSqliteStore({ folder, clock: () => new Date() });
    const events = [...configuration(), ...finishedCalls(calls)];
    await store(log, events);
    await log.close();
    const measured = await interleaved(rounds, {
      ours: () => foldAll(folder, events.length),
      raw: () => readAll(folder, events.length),
    });
    return [
      {
        what: `events/s folded on rebuild, ${events.length} events`,
        ours: measured.ours,
        baseline: measured.raw,
        against: 'raw select, JSON.parse of data and metadata',
        goal: 0.7,
      },
    ];
  });
}

export async function foldAll(folder: string, count: number): Promise<number> {
  const log = await openSqliteStore({ folder, clock: () => new Date() });
  const runner = new ProjectionRunner(log, SqliteSnapshots.inMemory());
  const rate = await perSecond(count, () => runner.start());
  if (runner.state.position !== BigInt(count))
    throw new Error(`Folded ${runner.state.position} of ${count}.`);
  await runner.stop();
  await log.close();
  return rate;
}

export async function readAll(folder: string, count: number): Promise<number> {
  const database = new DatabaseSync(join(folder, DATABASE_FILE), { readOnly: true });
  const select = database.prepare(
    'select position, stream, revision, id, type, data, metadata from events where position > ? order by position limit 1000',
  );
  const rate = await perSecond(count, () => {
    let seen = 0;
    let last: number | bigint = 0;
    for (let rows = select.all(last); rows.length > 0; rows = select.all(last)) {
      for (const row of rows) {
        if (JSON.parse(String(row['data'])) === null || JSON.parse(String(row['metadata'])) === null)
          continue;
        seen += 1;
      }
      last = Number(rows.at(-1)?.['position']);
    }
    if (seen !== count) throw new Error(`Read ${seen} events of ${count}.`);
  });
  database.close();
  return rate;
}
