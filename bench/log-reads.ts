import { openSqliteStore } from '../src/store/open-store.js';
import type { EventStore } from '../src/store/port.js';
import { interleaved, perSecond, type Row } from './report.js';
import { inFolder, RawLog, sampleEvent, streamOf } from './sample-log.js';

const EVENTS = 50_000;
const PAGE = 1_000;
const ROUNDS = 5;

/** Reading the whole log in pages, as a rebuild does, beside a select and JSON.parse. */
export async function logReads(): Promise<readonly Row[]> {
  return inFolder(async (folder) => {
    const events = Array.from({ length: EVENTS }, (_, n) => sampleEvent(n));
    const raw = new RawLog(folder);
    raw.append(events, PAGE);
    const store = await openSqliteStore({ folder, clock: () => new Date() });
    await Promise.all(events.map((event, n) => store.append(streamOf(n), [event], 'any')));

    const measured = await interleaved(ROUNDS, {
      data: () => readOurs(store, false),
      both: () => readOurs(store, true),
      raw: () => perSecond(EVENTS, () => void raw.readAll(PAGE)),
    });
    raw.close();
    await store.close();
    const against = 'raw select, JSON.parse of data and metadata';
    return [
      { what: 'events/s, data read', ours: measured.data, baseline: measured.raw, against, goal: 0.7 },
      {
        what: 'events/s, data and metadata read',
        ours: measured.both,
        baseline: measured.raw,
        against,
        goal: null,
      },
    ];
  });
}

function readOurs(store: EventStore, withMetadata: boolean): Promise<number> {
  return perSecond(EVENTS, async () => {
    let count = 0;
    for await (const page of store.readAll({ pageSize: PAGE })) {
      for (const { data } of page) if (typeof data === 'object') count += 1;
      if (withMetadata) for (const { metadata } of page) if (typeof metadata !== 'object') count -= 1;
    }
    if (count !== EVENTS) throw new Error(`Read ${count} events of ${EVENTS}.`);
  });
}
