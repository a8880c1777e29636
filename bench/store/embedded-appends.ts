import { appendOurs, appendRaw, IN_FLIGHT, MANY } from '../durable-appends.js';
import { interleaved, type Row } from '../report.js';
import { inFolder, sampleEvent } from '../sample-log.js';
import { appendWithEmmett, prepareEmmett, type EmmettAppend } from './emmett.js';
import type { Section } from './section.js';

const ROUNDS = 5;
const EMMETT_APPENDS = 400;
const EMMETT_STREAMS = 100;

/** Single-event appends to the embedded store, each with an expected revision and durable before it resolves. */
export async function embeddedAppends(): Promise<Section> {
  const events = Array.from({ length: MANY }, (_, n) => sampleEvent(n));
  const appends = events.slice(0, EMMETT_APPENDS).map((event, n): EmmettAppend => ({
    stream: `call-${n % EMMETT_STREAMS}`,
    revision: Math.floor(n / EMMETT_STREAMS) - 1,
    event,
  }));
  const missing = prepareEmmett();
  const emmett = (keepOpen: boolean) => (): Promise<number> =>
    missing === null
      ? inFolder((folder) => appendWithEmmett(folder, appends, keepOpen))
      : Promise.resolve(Number.NaN);
  const { ours, store, connection, grouped } = await interleaved(ROUNDS, {
    ours: () => inFolder((folder) => appendOurs(folder, events)),
    store: emmett(false),
    connection: emmett(true),
    grouped: () => inFolder((folder) => appendRaw(folder, events, IN_FLIGHT)),
  });
  const what = `durable appends/s, ${IN_FLIGHT} in flight`;
  const besideRaw: Row = {
    what,
    ours,
    baseline: grouped,
    against: `raw node:sqlite, ${IN_FLIGHT} a commit`,
    goal: 0.7,
  };
  if (missing !== null) return { rows: [besideRaw], notRun: [`beside Emmett: ${missing}`] };
  return {
    rows: [
      { what, ours, baseline: store, against: "Emmett's SQLite store, in turn, FULL", goal: 50 },
      { what, ours, baseline: connection, against: 'below its store, one open connection', goal: null },
      besideRaw,
    ],
    notRun: [],
  };
}
