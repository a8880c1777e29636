/** An audit trail of several pages of the service: one list to whoever scrolls, however far, and in either direction. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { createWorkflow, registerPair } from '../http/support/commands.js';
import { notRun } from '../store/support/checks.js';
import { chromiumPath, findingsOn, noBrowser } from './support/browser.js';
import { PageBench } from './support/page-bench.js';

const [a, b] = ['pool-a.contoso.com', 'pool-b.contoso.com'];
const workflows = 650;
const path = `/pools/${a}/audit-trail`;

describe('A trail of several pages', () => {
  if (chromiumPath === null) {
    notRun('scrolls in a real browser', noBrowser);
    return;
  }
  let bench: PageBench;
  let ids: string[];
  const listed = async (): Promise<string[]> => {
    const { body } = await bench.service.get(`/v1${path}?order=newest&limit=1000`);
    return (body['entries'] as { id: string }[]).map(({ id }) => id);
  };
  beforeAll(async () => {
    bench = await PageBench.open(async (service) => {
      await service.given(registerPair(a, b));
      for (let n = 0; n < workflows; n += 1) await service.given(createWorkflow(a, `desk-${1_000 + n}`));
    });
    ids = await listed();
  });
  afterAll(() => bench.close());

  /** By hand: the policy of the page allows no evaluation. */
  const until = (page: Page, expression: string) =>
    page.evaluate(
      `new Promise((done) => { const look = () => (${expression} ? done() : requestAnimationFrame(look)); look(); })`,
    );
  const rowCount = `Number(document.querySelector('table').ariaRowCount)`;
  /** Goes on to an end of the list until all of it is known. */
  const untilWhole = (page: Page, top: string) =>
    until(page, `(scrollTo(0, ${top}), ${rowCount} === ${ids.length + 1})`);
  const toTheEnd = 'document.documentElement.scrollHeight';
  const now = `performance.now()`;
  /** Of all entries, as they follow one another: on paper all are drawn. */
  const order = async (page: Page): Promise<unknown> => {
    return await page.evaluate(`new Promise((done) => {
      const look = () => {
        const rows = [...document.querySelectorAll('tr[data-row]')];
        if (rows.length < ${ids.length}) requestAnimationFrame(look);
        else done(rows.map((row) => decodeURIComponent(row.querySelector('a[href^="/events/"]').pathname.split('/').at(-1))));
      };
      dispatchEvent(new Event('beforeprint'));
      look();
    })`);
  };

  it('begins with one page, and has all entries in their order at the end', async () => {
    const page = await bench.opened(path);
    // How many there are is not known yet.
    expect(await page.getByRole('table').getAttribute('aria-rowcount')).toBe('-1');
    expect(await page.locator('tr[data-row]').count()).toBeLessThan(100);
    expect(await findingsOn(page)).toEqual([]);
    await page.getByRole('button', { name: 'More entries' }).focus();
    await page.keyboard.press('Enter');
    await page.getByText('400 entries, more as you scroll').waitFor();
    await untilWhole(page, toTheEnd);
    expect(await page.getByRole('button', { name: 'More entries' }).count()).toBe(0);
    expect(await order(page)).toEqual(ids);
    await page.close();
  });

  it('has its place in the address, from which one scrolls both ways', async () => {
    const page = await bench.opened(path);
    await untilWhole(page, toTheEnd);
    await until(page, `location.search.includes('cursor=')`);
    const address = page.url();
    const other = await bench.opened(new URL(address).pathname + new URL(address).search);
    // What comes before is there, and the reader is not led away from their place.
    await until(other, `scrollY > 1000`);
    await untilWhole(other, `${now} % 2000 < 1000 ? 0 : ${toTheEnd}`);
    expect(await order(other)).toEqual(ids);
    await other.close();
    await page.close();
  });

  it('shows what comes in to a reader at its beginning, and moves nothing under any other', async () => {
    const page = await bench.opened(path);
    await page.getByText('Live', { exact: true }).waitFor();
    await bench.service.given(createWorkflow(a, 'came-first'));
    await page.getByRole('row', { name: /came-first/ }).waitFor();
    await page.evaluate('scrollTo(0, 3000)');
    await until(page, `document.querySelector('tr[data-row]').ariaRowIndex > 20`);
    // Until all rows in sight are drawn.
    await until(page, `document.querySelector('tbody').lastElementChild.ariaHidden === 'true'`);
    await until(
      page,
      `(window.kept = [...document.querySelectorAll('tr[data-row]')].find((row) => row.getBoundingClientRect().top > 100)) !== undefined`,
    );
    await page.evaluate(`
      window.keptTop = window.kept.getBoundingClientRect().top;
      window.keptIndex = Number(window.kept.ariaRowIndex);
    `);
    await bench.service.given(createWorkflow(a, 'came-second'));
    await until(page, `Number(window.kept.ariaRowIndex) > window.keptIndex`);
    expect(
      await page.evaluate<number>(`Math.abs(window.kept.getBoundingClientRect().top - window.keptTop)`),
    ).toBeLessThan(2);
    await page.getByLabel('Search', { exact: true }).fill('came-');
    await page.getByText('2 entries', { exact: true }).waitFor();
    expect(page.url()).not.toContain('cursor');
    ids = await listed();
    await page.close();
  });
});
