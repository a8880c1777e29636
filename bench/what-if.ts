import { foldHistory } from '../projections/histories/fold.js';
import { asItHappened, type HistoryEvent } from '../projections/histories/history.js';
import { foldAlternative } from '../projections/what-if/alternative.js';
import { firstOf, lastOf } from '../projections/what-if/course.js';
import { NamedFacts, planOf, type Edit } from '../projections/what-if/plan.js';
import { foldRecorded, type Facts } from '../projections/what-if/recorded.js';
import type { PairCommand } from '../src/domain/commands.js';
import { decideAdded } from '../src/runtime/queries/what-if/decide-added.js';
import { readFacts } from '../src/runtime/queries/what-if/read-facts.js';
import type { EventStore, StoredEvent } from '../src/store/port.js';
import { Turns } from '../src/store/turns.js';
import { configuration, finishedCalls, pairId, primary, recorded } from './call-log.js';
import { interleaved, median, type Row } from './report.js';

const calls = 5_000;
const rounds = 7;
/** Facts of the long log, and of each of its pages. */
const many = { facts: 1_000_000, page: 1_000 } as const;

const begin = Date.parse('2026-11-24T00:00:00Z');

/** A day of calls, five seconds from fact to fact, or as long a log as it takes. */
const spread = (events: readonly HistoryEvent[], first = 0): HistoryEvent[] =>
  events.map((event, index) => {
    const time = new Date(begin + (first + index) * 5_000).toISOString();
    const id = `00000000-0000-4000-8000-${String(first + index).padStart(12, '0')}`;
    return { ...event, id, metadata: { ...event.metadata, occurredAt: time } };
  });

/** A failure that never happened, with a failover after twelve minutes. */
const edits: readonly Edit[] = [
  ['declare-outage', 0],
  ['initiate-failover', 60],
  ['complete-failover', 720],
].map(([command, after]) => ({
  add: {
    command: String(command),
    body: { pool: primary },
    at: new Date(begin + 20_000_000 + Number(after) * 1_000).toISOString(),
  },
}));

export async function whatIf(): Promise<readonly Row[]> {
  const day = spread(recorded([...configuration(), ...finishedCalls(calls)]));
  const processor: number[] = [];
  const measured = await interleaved(rounds, {
    asked: async () => {
      const before = process.cpuUsage();
      const asked = await perSecondOf(async () => await ask(await factsIn(logOf(day))));
      const { user, system } = process.cpuUsage(before);
      processor.push((user + system) / 1_000);
      return asked;
    },
    folded: () => perSecondOf(async () => foldHistory(asItHappened(await eventsIn(logOf(day))))),
  });
  const long = await megabytesOf(async () => await factsIn(longLog()));
  return [
    {
      what: `what-ifs/s over ${calls} calls: ${Math.round(1_000 / measured.asked)} ms each, ${Math.round(median(processor))} ms of processor time`,
      ours: measured.asked,
      baseline: measured.folded,
      against: 'the history folded once',
      // The record and one alternative are two folds.
      goal: 0.33,
    },
    {
      what: `facts a megabyte, of ${many.facts}: ${Math.round(long)} MB together`,
      ours: many.facts / long,
      baseline: many.facts / (await megabytesOf(async () => await eventsIn(longLog()))),
      against: 'the same as events',
      goal: 3,
    },
  ];
}

async function ask(facts: Facts): Promise<void> {
  const span = { after: firstOf(begin), upTo: lastOf(begin + 200_000_000) };
  const whole = await foldRecorded(facts, span, primary, () => undefined);
  const plan = planOf(edits, new NamedFacts(facts, []), span);
  if (!('pair' in plan)) throw new Error('The edits are not as planned.');
  const { lost } = await foldAlternative(
    whole,
    plan,
    {
      stillWaiting: false,
      decide: (edit, walk, at) => {
        const one = edits[edit];
        if (one === undefined || !('add' in one)) throw new Error('There is no such edit.');
        return decideAdded({ name: one.add.command, body: one.add.body } as PairCommand, edit, walk, at);
      },
    },
    () => undefined,
  );
  if (lost < 1_000) throw new Error(`The failure did not meet the calls as planned: ${lost}.`);
}

type Log = Pick<EventStore, 'readAll'>;

const logOf = (events: readonly HistoryEvent[]): Log => ({
  readAll: async function* () {
    for (let from = 0; from < events.length; from += many.page)
      yield events.slice(from, from + many.page).map(stored);
  },
});

/** Made page by page, so that nothing but what the reader keeps is kept. */
const longLog = (): Log => ({
  readAll: async function* () {
    yield spread(recorded(configuration())).map(stored);
    const ofPage = Math.floor(many.page / 3);
    for (let first = 0; first * 3 < many.facts; first += ofPage)
      yield spread(recorded(finishedCalls(ofPage, first), BigInt(first * 3 + 100)), first * 3 + 100).map(
        stored,
      );
  },
});

/** As a store gives it back: of its own texts, which no other event shares. */
const stored = (event: HistoryEvent): StoredEvent => {
  const { data, metadata } = JSON.parse(
    JSON.stringify({ data: event.data, metadata: event.metadata }),
  ) as Pick<StoredEvent, 'data' | 'metadata'>;
  const { id, type, stream, revision, position, recordedAt } = event;
  return { id, type, schemaVersion: 1, stream, revision, position, recordedAt, data, metadata };
};

const factsIn = async (store: Log): Promise<Facts> =>
  await readFacts(
    { store, beginnings: { before: async () => 0n }, discarded: new Set() },
    pairId,
    0n,
    new Turns(),
    () => undefined,
  );

async function eventsIn(store: Log): Promise<HistoryEvent[]> {
  const events: HistoryEvent[] = [];
  for await (const page of store.readAll({}))
    for (const event of page) events.push(event as StoredEvent & HistoryEvent);
  return events;
}

async function perSecondOf(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return 1_000 / (performance.now() - start);
}

/** What stays in memory of what the work makes. */
async function megabytesOf(work: () => Promise<unknown>): Promise<number> {
  globalThis.gc?.();
  const usage = (): number => process.memoryUsage().heapUsed + process.memoryUsage().arrayBuffers;
  const before = usage();
  const kept = await work();
  globalThis.gc?.();
  const used = usage() - before;
  if (kept === null) throw new Error('Nothing was kept.');
  return used / 1_048_576;
}
