/** The one event stream of the page: over all screens and tabs, and where nothing comes any more. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { StoppedTime } from '../attack/support/stopped-time.js';
import { ask, declareOutage, registerPair } from '../http/support/commands.js';
import { Service } from '../http/support/service.js';
import { notRun } from '../store/support/checks.js';
import { chromiumPath, noBrowser, openBrowser, settled } from './support/browser.js';
import { Wire } from './support/wire.js';

const [a, b] = ['pool-a.contoso.com', 'pool-b.contoso.com'];
const tabs = 8;

describe('The event stream of the page', () => {
  if (chromiumPath === null) {
    notRun('is one in a real browser', noBrowser);
    return;
  }
  let service: Service;
  let browser: Browser;
  let wire: Wire;
  let context: BrowserContext;
  let streams: string[];
  let reasons: number;
  const time = new StoppedTime();

  beforeAll(async () => {
    service = await Service.start({ live: { schedule: time.schedule } });
    await service.given(registerPair(a, b));
    wire = await Wire.to(await service.listen());
    browser = await openBrowser();
  });
  afterAll(async () => {
    await browser.close();
    await wire.close();
    await service.stop();
  });

  /** A browser of its own, with nothing in common with those before. */
  async function fresh(): Promise<void> {
    wire.mend();
    context = await browser.newContext();
    streams = [];
    reasons = 0;
    context.on('request', (request) => {
      if (isStream(request.url())) streams.push(new URL(request.url()).pathname);
      if (request.url().endsWith('/v1/reasons')) reasons += 1;
    });
  }

  const isStream = (url: string): boolean => new URL(url).pathname.endsWith('/live');

  async function opened(path: string): Promise<Page> {
    const page = await context.newPage();
    await page.clock.install();
    await page.goto(wire.origin + path);
    await settled(page);
    return page;
  }

  const isLive = (page: Page): Promise<void> => page.getByText('Live', { exact: true }).waitFor();

  /** Messages are sent at most ten times a second, of a time that the test lets go on. */
  async function shows(page: Page, stage: string): Promise<void> {
    await page.locator(`main .stage-${stage}`).first().waitFor();
  }

  async function changes(name: 'declare-outage' | 'end-outage'): Promise<void> {
    await service.given(name === 'declare-outage' ? declareOutage(a) : ask(name, { pool: a }));
    time.goOn(1_000);
  }

  it('is opened once, whatever screens are shown', async () => {
    await fresh();
    const page = await opened('/');
    await isLive(page);
    for (const name of ['Incidents', 'Readiness', 'Service', 'Pools']) {
      await page.getByRole('navigation').first().getByRole('link', { name, exact: true }).click();
      await settled(page);
    }
    await page.getByRole('link', { name: a }).first().click();
    // The tables are on this screen.
    await settled(page);
    await page.getByRole('link', { name: 'Calls', exact: true }).click();
    await settled(page);
    await isLive(page);
    await changes('declare-outage');
    await shows(page, 'outage');
    expect(streams).toEqual(['/v1/live']);
    await changes('end-outage');
    await shows(page, 'normal');
    // Every cell of the tables has its sentences, and they never change.
    expect(reasons).toBe(1);
    await context.close();
  });

  it('is one for eight tabs, and goes on where the tab that has it is closed', async () => {
    await fresh();
    const pages: Page[] = [];
    for (let tab = 0; tab < tabs; tab += 1) pages.push(await opened(`/pools/${a}`));
    for (const page of pages) await isLive(page);
    expect(streams).toEqual(['/v1/live']);
    await changes('declare-outage');
    for (const page of pages) await shows(page, 'outage');
    await pages.shift()?.close();
    await changes('end-outage');
    for (const page of pages) await shows(page, 'normal');
    for (const page of pages) await isLive(page);
    expect(streams).toHaveLength(2);
    await context.close();
  });

  it('is taken over from a tab that passes nothing on', async () => {
    await fresh();
    const first = await opened(`/pools/${a}`);
    await isLive(first);
    await first.evaluate('BroadcastChannel.prototype.postMessage = () => undefined');
    const second = await opened(`/pools/${a}`);
    let isTaken = false;
    second.on('request', (request) => (isTaken ||= isStream(request.url())));
    // Of all tabs: also the first one opens its stream once more.
    await second.clock.fastForward(81_000);
    await isLive(second);
    expect(isTaken).toBe(true);
    await first.reload();
    for (const page of [first, second]) await isLive(page);
    await changes('declare-outage');
    for (const page of [first, second]) await shows(page, 'outage');
    await changes('end-outage');
    for (const page of [first, second]) await shows(page, 'normal');
    await context.close();
  });

  it('is live while only heartbeats come', async () => {
    await fresh();
    const page = await opened(`/pools/${a}`);
    await isLive(page);
    await page.evaluate(`
      window.beats = 0;
      new BroadcastChannel('poolkeeper-live').addEventListener('message', () => (window.beats += 1));
    `);
    for (let beat = 1; beat <= 3; beat += 1) {
      await page.clock.fastForward(30_000);
      time.goOn(15_000);
      await page.evaluate(
        `new Promise((done) => { const look = () => (window.beats >= ${beat} ? done() : requestAnimationFrame(look)); look(); })`,
      );
    }
    await isLive(page);
    expect(streams).toHaveLength(1);
    await context.close();
  });

  it('says since when nothing has come, where a connection is open and silent, and comes back', async () => {
    await fresh();
    const page = await opened(`/pools/${a}`);
    await isLive(page);
    wire.stall();
    await changes('declare-outage');
    expect(await page.locator('.stage-normal').first().isVisible()).toBe(true);
    await page.clock.fastForward(41_000);
    await page.getByText(/Not live since \d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC/).waitFor();
    wire.mend();
    // The browser may try dead connections first, which it took for good ones.
    const live = page.getByText('Live', { exact: true });
    for (let attempt = 1; (await live.count()) === 0; attempt += 1) {
      await page.clock.fastForward(16_000);
      await page.waitForTimeout(attempt * 200);
    }
    await shows(page, 'outage');
    expect(await page.getByText('Not live since').count()).toBe(0);
    await context.close();
  });
});
