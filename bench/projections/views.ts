import { setTimeout as pause } from 'node:timers/promises';
import type { Poolkeeper } from '../../src/runtime/poolkeeper.js';
import { primaryOf, sizes } from './big-log.js';
import { createQuietApplication } from './quiet-application.js';
import { quantile, timeOf, type Limit } from './times.js';

const commandsPerSecond = 200;
const seconds = 10;
const readers = 4;
const views = ['', '/visibility', '/editability', '/call-status', '/calls?limit=50', '/audit-trail?limit=50'];

/** Views over HTTP, one after the other on a few connections, while commands come in. */
export async function viewsOverHttp(poolkeeper: Poolkeeper): Promise<readonly Limit[]> {
  const application = await createQuietApplication(poolkeeper);
  await application.listen(0, '127.0.0.1');
  const url = await application.getUrl();
  const times = new Map<string, number[]>(views.map((view) => [view, []]));
  let going = true;
  const writer = commands(url, () => going);
  const reading = Array.from({ length: readers }, async (_, reader) => {
    for (let n = reader; going; n += readers) {
      const view = views[n % views.length] ?? '';
      const time = await timeOf(() => get(`${url}/v1/pools/${primaryOf(n % sizes.pairs)}${view}`));
      times.get(view)?.push(time);
    }
  });
  await pause(seconds * 1_000);
  going = false;
  await Promise.all(reading);
  const accepted = await writer;
  await application.close();
  const beside = `${Math.round(accepted / seconds)} commands/s, ${readers} readers`;
  return [...times].flatMap(([view, values]): Limit[] => [
    {
      what: `GET ${view || '(pool)'} p50`,
      measured: quantile(values, 0.5),
      unit: 'ms',
      atMost: null,
      beside,
    },
    {
      what: `GET ${view || '(pool)'} p99`,
      measured: quantile(values, 0.99),
      unit: 'ms',
      atMost: null,
      beside,
    },
  ]);
}

async function get(url: string): Promise<void> {
  const response = await fetch(url);
  await response.arrayBuffer();
  if (response.status !== 200) throw new Error(`GET ${url}: ${response.status}`);
}

/** Answers how many were accepted. */
async function commands(url: string, goesOn: () => boolean): Promise<number> {
  const underWay: Promise<void>[] = [];
  let accepted = 0;
  const began = performance.now();
  for (let n = 0; goesOn(); n += 1) {
    const due = began + (n * 1_000) / commandsPerSecond;
    if (due > performance.now()) await pause(due - performance.now());
    underWay.push(
      report(url, n).then(() => {
        accepted += 1;
      }),
    );
  }
  await Promise.all(underWay);
  return accepted;
}

async function report(url: string, n: number): Promise<void> {
  const response = await fetch(`${url}/v1/commands/report-call-arrived`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      callId: `bench-${process.pid}-${n}`,
      pool: primaryOf(n % sizes.pairs),
      responseGroup: 'workflow-1',
    }),
  });
  if (response.status !== 200) throw new Error(await response.text());
  await response.arrayBuffer();
}
