import { openSqliteStore } from '../src/store/open-store.js';
import type { EventToAppend } from '../src/store/port.js';
import { interleaved, perSecond, type Row } from './report.js';
import { inFolder, RawLog, sampleEvent, STREAMS, streamOf } from './sample-log.js';

export const IN_FLIGHT = 64;
export const MANY = 20_000;
const FEW = 2_000;
const ROUNDS = 5;

/** Single-event appends with an expected revision, each durable before it resolves, through the SQLite adapter. */
export async function durableAppends(): Promise<readonly Row[]> {
  const many = Array.from({ length: MANY }, (_, n) => sampleEvent(n));
  const few = many.slice(0, FEW);
  const measured = await interleaved(ROUNDS, {
    ours: () => inFolder((folder) => appendOurs(folder, many)),
    oneByOne: () => inFolder((folder) => appendRaw(folder, few, 1)),
    grouped: () => inFolder((folder) => appendRaw(folder, many, IN_FLIGHT)),
  });
  const what = `appends/s, ${IN_FLIGHT} in flight`;
  return [
    {
      what,
      ours: measured.ours,
      baseline: measured.oneByOne,
      against: 'raw node:sqlite, a commit each',
      goal: 5,
    },
    {
      what,
      ours: measured.ours,
      baseline: measured.grouped,
      against: `raw node:sqlite, ${IN_FLIGHT} a commit`,
      goal: null,
    },
  ];
}

export async function appendOurs(folder: string, events: readonly EventToAppend[]): Promise<number> {
  const store = await openSqliteStore({ folder, clock: () => new Date() });
  let next = 0;
  const writer = async (): Promise<void> => {
    for (let event = events[next]; event !== undefined; event = events[next]) {
      const revision = Math.floor(next / STREAMS) - 1;
      const stream = streamOf(next);
      next += 1;
      await store.append(stream, [event], revision < 0 ? 'no-stream' : BigInt(revision));
    }
  };
  const rate = await perSecond(events.length, async () => {
    await Promise.all(Array.from({ length: IN_FLIGHT }, writer));
  });
  await store.close();
  return rate;
}

export async function appendRaw(
  folder: string,
  events: readonly EventToAppend[],
  group: number,
): Promise<number> {
  const log = new RawLog(folder);
  const rate = await perSecond(events.length, () => log.append(events, group));
  log.close();
  return rate;
}
