import { setTimeout } from 'node:timers/promises';
import { openSqliteStore } from '../../src/store/open-store.js';
import { median } from '../report.js';
import { inFolder } from '../sample-log.js';
import { Attacked } from './attacked.js';
import { primary, writeBusyLog } from './busy-log.js';

/** What one attack with requests that are dear did to the service. Times in milliseconds, memory in MB. */
export interface DearFigures {
  readonly attack: string;
  /** By the clock, which counts what other processes got in between; and in time of the processor. */
  readonly longestHold: number;
  readonly longestWork: number;
  readonly liveMedian: number;
  readonly liveWorst: number;
  /** Until everything was answered or given up, and the service was calm again. */
  readonly took: number;
  /** Before it, and at most. */
  readonly leastMemory: number;
  readonly mostMemory: number;
  /** How many requests got each status; 0 where the client went. */
  readonly statuses: Readonly<Record<number, number>>;
}

type Attack = (service: Attacked) => Promise<readonly number[]>;

const pool = `/v1/pools/${primary}`;
const times =
  (count: number, path: string): Attack =>
  async (service) =>
    await Promise.all(Array.from({ length: count }, () => service.ask(path)));

/** The clients stay for a while, go, and leave the service with what they asked. */
const leaving =
  (count: number, pathOf: (n: number) => string): Attack =>
  async (service) => {
    const gone = AbortSignal.timeout(1_000);
    return await Promise.all(Array.from({ length: count }, (_, n) => service.ask(pathOf(n), gone)));
  };

const resuming = (count: number, from = 100): Attack =>
  leaving(count, (n) => `${pool}/live?lastEventId=${from + n}`);

const attacks: Readonly<Record<string, Attack>> = {
  '1 verification': times(1, '/v1/verification'),
  '5 verifications': times(5, '/v1/verification'),
  '20 verifications': times(20, '/v1/verification'),
  '10 replays': times(10, `${pool}/replay`),
  '10 trails as CSV': times(10, `${pool}/audit-trail?format=csv`),
  '10 pages of calls': times(10, `${pool}/calls?limit=1000`),
  '20 differences': times(20, `${pool}/diff?from=100`),
  '40 views of 40 moments': async (service) =>
    await Promise.all(
      Array.from({ length: 40 }, (_, n) => service.ask(`${pool}/call-status?asOf=${60_000 + n}`)),
    ),
  '1 listener that resumes and goes': resuming(1),
  '10 listeners that resume and go': resuming(10),
  '40 listeners that resume and go': resuming(40),
  '300 listeners that resume and go': resuming(300),
  '40 listeners that missed 8,000 events': resuming(40, 62_000),
};

/**
 * Asks a service over a log of so many events for what is dear, many times at once, and measures whether it goes on for
 * everybody else: each attack on its own, in the order of the list.
 */
export async function attackDearRequests(
  events = 70_000,
  wanted = '',
  each: (figures: DearFigures) => void = () => undefined,
): Promise<readonly DearFigures[]> {
  return await inFolder(async (folder) => {
    const log = await openSqliteStore({ folder, clock: () => new Date() });
    await writeBusyLog(log, events);
    await log.close();
    // A service that has run for a while has begun with snapshots.
    await (await Attacked.over(folder))[Symbol.asyncDispose]();
    await using service = await Attacked.over(folder);
    const all: DearFigures[] = [];
    for (const [name, attack] of Object.entries(attacks)) {
      if (!name.includes(wanted)) continue;
      const figures = await measured(service, name, attack);
      each(figures);
      all.push(figures);
    }
    return all;
  });
}

async function measured(service: Attacked, name: string, attack: Attack): Promise<DearFigures> {
  await service.calm();
  const before = await service.held();
  const began = performance.now();
  const live: number[] = [];
  const over = new AbortController();
  const probing = (async () => {
    while (!over.signal.aborted) {
      live.push(await service.liveness());
      await setTimeout(20);
    }
  })();
  const statuses = await attack(service);
  await service.calm();
  const took = performance.now() - began;
  over.abort();
  await probing;
  const { longest, longestWork, mostMemory } = await service.held();
  return {
    attack: name,
    longestHold: Math.round(longest),
    longestWork: Math.round(longestWork),
    liveMedian: Math.round(median(live)),
    liveWorst: Math.round(Math.max(...live)),
    took: Math.round(took),
    leastMemory: Math.round(before.memory / 1e6),
    mostMemory: Math.round(mostMemory / 1e6),
    statuses: countOf(statuses),
  };
}

function countOf(statuses: readonly number[]): Record<number, number> {
  const counts: Record<number, number> = {};
  for (const status of statuses) counts[status] = (counts[status] ?? 0) + 1;
  return counts;
}
