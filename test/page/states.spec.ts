/** Every screen where there is nothing to show: not yet, not reachable, not allowed, store away, failed. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Page, Route } from 'playwright-core';
import { notRun } from '../store/support/checks.js';
import { chromiumPath, noBrowser } from './support/browser.js';
import { findingsInAllLooks } from './support/looks.js';
import { PageBench } from './support/page-bench.js';
import { outageStory, primary } from './support/story.js';

const screens = [
  '/',
  '/readiness',
  '/incidents',
  '/incidents/x-1',
  `/pools/${primary}`,
  `/pools/${primary}/objects`,
  `/pools/${primary}/agents`,
  `/pools/${primary}/calls`,
  `/pools/${primary}/runbook`,
  `/pools/${primary}/readiness`,
  `/pools/${primary}/audit-trail`,
  `/pools/${primary}/why?object=payroll`,
  '/search?q=payroll',
  '/calls/call-waiting',
  '/events/00000000-0000-4000-8000-000000000000',
  '/statements',
  '/service',
];

const problem =
  (status: number, title: string, more: object = {}) =>
  async (route: Route) =>
    route.fulfill({
      status,
      contentType: 'application/problem+json',
      body: JSON.stringify({
        type: 'urn:poolkeeper:problem:x',
        title,
        status,
        detail: 'In a test.',
        ...more,
      }),
    });

const states = [
  ['is being loaded', () => Promise.resolve(), 'Loading…'],
  ['cannot be reached', (route: Route) => route.abort(), 'The service cannot be reached.'],
  ['may not be seen', problem(403, 'Forbidden', { required: { role: 'auditor' } }), 'You may not do this.'],
  ['has no store', problem(503, 'Away'), 'The event store cannot be reached.'],
  ['fails', problem(500, 'Something broke'), 'Something broke'],
] as const;

/** At 320 pixels: whatever scrolls to the side there, does so at once. */
const narrow = { width: 320, height: 800 };

describe('A screen', () => {
  if (chromiumPath === null) {
    notRun('says why it has nothing to show, in a real browser', noBrowser);
    return;
  }
  let bench: PageBench;
  beforeAll(async () => {
    bench = await PageBench.open(outageStory);
  });
  afterAll(() => bench.close());

  /** What is wrong with how a screen looks where the API answers so. */
  async function faultsOf(
    page: Page,
    path: string,
    answer: (route: Route) => Promise<unknown>,
    text: string,
  ): Promise<readonly string[]> {
    await page.route('**/v1/**', answer);
    await page.goto(bench.origin + path);
    await page.locator('main h1').waitFor();
    await page.locator('main').getByText(text).first().waitFor();
    const findings = await findingsInAllLooks(page);
    const width = await page.evaluate<number>('document.documentElement.scrollWidth');
    await page.unroute('**/v1/**');
    return [...findings, ...(width > narrow.width ? [`It is ${width} pixels wide.`] : [])];
  }

  it.each(states)('that %s says so, and everybody can read it', async (_, answer, text) => {
    const page = await bench.page(narrow);
    const faults: [string, readonly string[]][] = [];
    for (const path of screens) faults.push([path, await faultsOf(page, path, answer, text)]);
    expect(faults.filter(([, found]) => found.length > 0)).toEqual([]);
    await page.close();
  });

  it('that has nothing to show says what would be there', async () => {
    const empty = await PageBench.open(() => Promise.resolve());
    for (const [path, text] of [
      ['/', 'No pool is registered yet.'],
      ['/incidents', 'No incident is on record.'],
    ] as const) {
      const page = await empty.opened(path);
      await page.getByText(text).waitFor();
      expect([path, await findingsInAllLooks(page)]).toEqual([path, []]);
      await page.close();
    }
    await empty.close();
  });
});
