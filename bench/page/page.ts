/** The page in a real browser, from the built service: paints, changes that come in, long lists and memory. */
import type { Browser } from 'playwright-core';
import { setTimeout } from 'node:timers/promises';
import { quantile, type Limit } from '../projections/times.js';
import { median } from '../report.js';
import { inFolder } from '../sample-log.js';
import {
  chromiumPath,
  firstOf,
  memoryOf,
  openBrowser,
  openPage,
  paintsOf,
  settled,
  type Paints,
} from './browser.js';
import { scrolled } from './scrolling.js';
import { example, large, PageService } from './service.js';

const rounds = 5;
const changes = 30;
/** Calls that are reported in a second of live load. */
const callsPerSecond = 20;

/** @param minutes of live load */
export async function page(minutes: number): Promise<readonly Limit[]> {
  if (chromiumPath === null) {
    console.log('\nPage: skipped, there is no chromium. CHROMIUM names another browser.');
    return [];
  }
  const browser = await openBrowser(chromiumPath);
  try {
    return await inFolder(async (folder) => {
      const service = await PageService.start(folder);
      try {
        await service.fill(folder);
        return [
          ...(await paints(browser, service)),
          ...(await live(browser, service)),
          ...(await scrolling(browser, service)),
          ...(await steady(browser, service, minutes)),
        ];
      } finally {
        service.stop();
      }
    });
  } finally {
    await browser.close();
  }
}

const incidentOf = async (service: PageService, pool: string): Promise<string> => {
  const { incidents } = await service.asked<{ incidents: readonly { id: string }[] }>(
    `/v1/pools/${pool}/incidents`,
  );
  return `/incidents/${incidents[0]?.id ?? ''}`;
};

async function paints(browser: Browser, service: PageService): Promise<readonly Limit[]> {
  const screens = {
    pools: '/',
    pool: `/pools/${example}`,
    incident: await incidentOf(service, example),
  };
  const empty: Paints[] = [];
  const ours = new Map<string, Paints[]>();
  for (let round = 0; round < rounds; round += 1) {
    // A text of one line out of the same process: what browser and service need for anything.
    empty.push(await paintsOf(browser, `${service.origin}/health/live`, null));
    for (const [name, path] of Object.entries(screens)) {
      const measured = await paintsOf(browser, service.origin + path, settled);
      ours.set(name, [...(ours.get(name) ?? []), measured]);
    }
  }
  const base = median(empty.map(({ first }) => first));
  const row = (what: string, measured: number, atMost: number): Limit => ({
    what,
    measured,
    unit: 'ms',
    atMost,
    beside: `a line of text: ${base.toFixed(0)} ms, ratio ${(measured / base).toFixed(2)}`,
  });
  return [...ours].flatMap(([name, all]) => [
    row(`${name}: first contentful paint`, median(all.map(({ first }) => first)), 1_000),
    row(`${name}: largest contentful paint`, median(all.map(({ largest }) => largest)), 1_000),
    row(`${name}: usable`, median(all.map(({ usable }) => usable)), 1_500),
  ]);
}

/** From the moment at which a command is sent, which is before it is stored, until the screen has changed. */
async function live(browser: Browser, service: PageService): Promise<readonly Limit[]> {
  const shown = await openPage(browser);
  const pool = 'pool-live-a.contoso.com';
  await service.command('register-pair', { pools: [{ fqdn: pool }, { fqdn: 'pool-live-b.contoso.com' }] });
  await shown.goto(`${service.origin}/pools/${pool}`);
  await firstOf(shown, `document.querySelector('.connection-live') !== null`);
  const [ours, commands]: [number[], number[]] = [[], []];
  for (let change = 0; change < changes; change += 1) {
    const [name, stage] = change % 2 === 0 ? ['declare-outage', 'outage'] : ['end-outage', 'normal'];
    const isThere = firstOf<number>(shown, `document.querySelector('main .stage-${stage}') && Date.now()`);
    const sent = Date.now();
    await service.command(name, { pool });
    commands.push(Date.now() - sent);
    ours.push((await isThere) - sent);
  }
  await shown.context().close();
  const beside = `the command alone: ${median(commands)} ms, ratio ${(median(ours) / median(commands)).toFixed(2)}`;
  const row = (what: string, measured: number): Limit => ({
    what,
    measured,
    unit: 'ms',
    atMost: 300,
    beside,
  });
  return [
    row('a change in the log is on the screen, median', median(ours)),
    row('a change in the log is on the screen, p90', quantile(ours, 0.9)),
  ];
}

async function scrolling(browser: Browser, service: PageService): Promise<readonly Limit[]> {
  const lists = {
    workflows: `/pools/${large}/objects`,
    'audit trail': `/pools/${large}/audit-trail`,
    'calls of an incident': `/pools/${large}/calls?status=disconnected`,
    'an incident of 5,000 calls': await incidentOf(service, large),
  };
  const rows: Limit[] = [];
  for (const [name, path] of Object.entries(lists)) {
    const { rows: count, processor, wall } = await scrolled(browser, service.origin + path);
    rows.push({
      what: `${name}: longest task while scrolling, of the processor`,
      measured: processor,
      unit: 'ms',
      atMost: 50,
      beside: `${count} rows; by the clock ${wall.toFixed(0)} ms`,
    });
  }
  return rows;
}

/** Memory of a screen that follows calls that arrive and end. */
async function steady(browser: Browser, service: PageService, minutes: number): Promise<readonly Limit[]> {
  const shown = await openPage(browser);
  await shown.goto(`${service.origin}/pools/${large}`);
  await firstOf(shown, `document.querySelector('.connection-live') !== null`);
  const end = Date.now() + minutes * 60_000;
  const warm = Date.now() + minutes * 12_000;
  let [first, calls] = [0, 0];
  while (Date.now() < end) {
    const callId = `steady-${(calls += 1)}`;
    await service.command('report-call-arrived', {
      callId,
      pool: large,
      responseGroup: 'desk-1',
    });
    await setTimeout(1_000 / callsPerSecond);
    if (first === 0 && Date.now() > warm) first = await memoryOf(shown);
  }
  const last = await memoryOf(shown);
  await shown.context().close();
  const megabytes = (bytes: number): string => `${(bytes / 1_048_576).toFixed(1)} MB`;
  return [
    {
      what: `memory after ${minutes} min of live load, ${calls} calls`,
      measured: last / first,
      unit: 'x',
      atMost: 1.2,
      beside: `${megabytes(first)} after a fifth, ${megabytes(last)} at the end`,
    },
  ];
}
