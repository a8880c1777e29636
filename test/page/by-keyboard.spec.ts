/** The page by keyboard alone, in a real browser: actions on the service, reasons, the way between screens, what is spoken. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Locator, Page } from 'playwright-core';
import { ask, callArrives, createWorkflow, declareOutage, registerPair } from '../http/support/commands.js';
import { chokingOn, letters } from '../runtime/support/poison.js';
import { notRun } from '../store/support/checks.js';
import { chromiumPath, findingsOn, noBrowser } from './support/browser.js';
import { PageBench } from './support/page-bench.js';

const [a, b] = ['pool-a.contoso.com', 'pool-b.contoso.com'];
const [other, partner] = ['pool-y.contoso.com', 'pool-z.contoso.com'];

describe('By keyboard alone', () => {
  if (chromiumPath === null) {
    notRun('all of the page is used in a real browser', noBrowser);
    return;
  }
  // An event that cannot be folded becomes dead letters.
  const choking = chokingOn('OutageDeclared');
  let bench: PageBench;
  let before: string;
  beforeAll(async () => {
    bench = await PageBench.open(
      async (service) => {
        await service.given(registerPair(a, b), registerPair(other, partner), createWorkflow(other, 'desk'));
        before = (await service.shown(`/v1/pools/${other}`))['position'] as string;
        await service.when(declareOutage(a));
        await letters(service, 2);
      },
      { projections: choking.projections, retries: { backoff: 0, pause: async () => undefined } },
    );
  });
  afterAll(() => bench.close());
  /** By its place in the order of stops, as Tab reaches it: `every-screen.spec.ts` walks there. */
  async function press(at: Locator, key = 'Enter'): Promise<void> {
    await at.focus();
    await at.press(key);
  }
  const focused = (page: Page): Promise<string> =>
    page.evaluate<string>("(document.activeElement?.textContent ?? '').trim()");

  it('a dead letter is retried or discarded: the question has the focus, and gives it back', async () => {
    const page = await bench.opened('/service');
    const rowOf = (projection: string): Locator =>
      page.locator('tr', { has: page.getByRole('cell', { name: projection, exact: true }) });
    const retry = rowOf('pair').getByRole('button', { name: 'Retry', exact: true });
    await press(retry);
    expect(await focused(page)).toBe('Retry: yes');
    expect(await findingsOn(page)).toEqual([]);
    await page.keyboard.press('Escape');
    expect(await focused(page)).toBe('Retry');
    choking.on = () => false;
    await page.keyboard.press('Enter');
    await page.keyboard.press('Enter');
    await rowOf('pair').waitFor({ state: 'detached' });
    await press(rowOf('call-status').getByRole('button', { name: 'Discard', exact: true }));
    // The reason is asked for first.
    await page.keyboard.type('It was a test.');
    await page.keyboard.press('Enter');
    await page.getByText('None: every event could be folded.').waitFor();
    await page.close();
  });

  it('a projection is rebuilt', async () => {
    const page = await bench.opened('/service');
    const row = page
      .getByRole('row')
      .filter({ has: page.getByRole('rowheader', { name: 'pair', exact: true }) });
    await press(row.getByRole('button', { name: 'Rebuild', exact: true }));
    expect(await focused(page)).toBe('Rebuild: yes');
    await page.keyboard.press('Enter');
    await row
      .getByText(/done|completed|finished/)
      .first()
      .waitFor();
    await page.close();
  });

  it('on another screen the focus goes on from its content; a moment of the past is kept on each', async () => {
    const page = await bench.opened(`/pools/${other}?asOf=${before}`);
    await press(page.getByRole('link', { name: 'Incidents' }));
    await page.waitForURL(new RegExp(`/incidents\\?asOf=${before}$`));
    await page.locator('#content:focus').waitFor();
    expect(await page.title()).toBe('Incidents · Poolkeeper');
    await page.goBack();
    await press(page.getByRole('link', { name: 'Calls', exact: true }));
    expect(await focused(page)).toBe('Calls');
    const links = await page.locator('header nav a:not([href="/docs"]), .tabs a').all();
    expect(links.length).toBeGreaterThan(10);
    for (const link of links) expect(await link.getAttribute('href')).toMatch(new RegExp(`asOf=${before}$`));
    await page.close();
  });

  it('stages are spoken of, and counters are not; the worst pool comes first, and its cells count', async () => {
    const page = await bench.opened(`/pools/${other}`);
    await page.getByText('Live', { exact: true }).waitFor();
    await page.evaluate(`(() => {
      document.spoken = [];
      const hear = () => document.querySelectorAll('[aria-live], [role=status], [role=alert]').forEach((region) => {
        const said = region.textContent.trim();
        if (said !== '' && document.spoken.at(-1) !== said && !region.matches('.connection')) document.spoken.push(said);
      });
      hear();
      new MutationObserver(hear).observe(document.body, { subtree: true, childList: true, characterData: true });
    })()`);
    for (let n = 1; n <= 3; n += 1) {
      await bench.service.given(callArrives(`call-${n}`, other, 'desk'));
      await page
        .locator('.in-force .count', { hasText: `${n} call` })
        .first()
        .waitFor();
    }
    await bench.service.given(ask('declare-outage', { pool: other, reason: 'Fire.' }));
    await page.locator('.stage-outage').first().waitFor();
    const spoken = await page.evaluate<readonly string[]>('document.spoken');
    expect(spoken.map((said) => said.replace(/ since .*/, ''))).toEqual(['● Normal', '✕ Outage']);
    await page.getByRole('link', { name: 'Pools', exact: true }).click();
    await page.locator('.card .stage-outage').first().waitFor();
    expect(await page.locator('.card h2').first().innerText()).toBe(other);
    await page.close();
  });

  // The pool is out of order by now: the documents say what holds.
  it('each yes and no has its reasons one keystroke away, and Escape closes them', async () => {
    const page = await bench.opened(`/pools/${other}/objects`);
    const answers = page.locator('tbody .because > summary');
    // A workflow is seen, changed, and has callers: each is answered.
    await answers.nth(1).waitFor();
    const first = answers.first();
    await press(first);
    await page.locator('.because[open] .sentences code').first().waitFor();
    await page.keyboard.press('Tab');
    expect(await focused(page)).toMatch(/^outage\/configuration\//);
    await page.keyboard.press('Escape');
    expect(await page.locator('.because[open]').count()).toBe(0);
    expect(await focused(page)).toBe((await first.innerText()).trim());
    await page.close();
  });
});
