/** A long list: only rows in sight are in the page, and it is one table to readers, to print and to whoever scrolls. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { createWorkflow, registerPair } from '../http/support/commands.js';
import { notRun } from '../store/support/checks.js';
import { chromiumPath, findingsOn, noBrowser } from './support/browser.js';
import { PageBench } from './support/page-bench.js';

const [a, b] = ['pool-a.contoso.com', 'pool-b.contoso.com'];
const count = 300;
const path = `/pools/${a}/objects`;

describe('A list of many objects', () => {
  if (chromiumPath === null) {
    notRun('scrolls in a real browser', noBrowser);
    return;
  }
  let bench: PageBench;
  beforeAll(async () => {
    bench = await PageBench.open(async (service) => {
      await service.given(registerPair(a, b));
      for (let n = 0; n < count; n += 1) await service.given(createWorkflow(a, `desk-${1_000 + n}`));
    });
  });
  afterAll(() => bench.close());

  const drawn = (page: Page) => page.locator('tr[data-row]');
  const isLast = `document.querySelector('[aria-rowindex="${count + 1}"]') !== null`;
  /** By hand: the policy of the page allows no evaluation. */
  const until = (page: Page, expression: string) =>
    page.evaluate(
      `new Promise((done) => { const look = () => (${expression} ? done() : requestAnimationFrame(look)); look(); })`,
    );

  it('draws the rows in sight, and says how many there are', async () => {
    const page = await bench.opened(path);
    expect(await page.getByRole('table').getAttribute('aria-rowcount')).toBe(String(count + 1));
    expect(await drawn(page).count()).toBeLessThan(count / 2);
    expect(await drawn(page).first().getAttribute('aria-rowindex')).toBe('2');
    expect(await findingsOn(page)).toEqual([]);
    await page.close();
  });

  it('has every row in its place, however one scrolls, also by keyboard', async () => {
    const page = await bench.opened(path);
    await page.keyboard.press('End');
    await until(page, isLast);
    const indices = await page.evaluate<number[]>(
      "[...document.querySelectorAll('tr[data-row]')].map((row) => Number(row.ariaRowIndex))",
    );
    expect(indices).toEqual(indices.map((_, place) => (indices[0] ?? 0) + place));
    const names = await page.getByRole('rowheader').allTextContents();
    expect(new Set(names).size).toBe(names.length);
    await page.keyboard.press('Home');
    await until(page, `document.querySelector('[aria-rowindex="2"]') !== null && !(${isLast})`);
    await page.close();
  });

  it('is found in by what is typed, and is whole on paper', async () => {
    const page = await bench.opened(path);
    await page.evaluate("dispatchEvent(new Event('beforeprint'))");
    await until(page, `document.querySelectorAll('tr[data-row]').length === ${count}`);
    await page.evaluate("dispatchEvent(new Event('afterprint'))");
    await until(page, `document.querySelectorAll('tr[data-row]').length < ${count}`);
    await page.getByLabel('Search by name or id').fill('desk-1299');
    await page.getByRole('table').and(page.locator('[aria-rowcount="2"]')).waitFor();
    expect(await drawn(page).count()).toBe(1);
    await page.close();
  });
});
