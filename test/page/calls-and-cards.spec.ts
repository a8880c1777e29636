/** The calls of a pool as people look for them, and long tables where there is little room. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { textOf } from '../../examples/generator/text-of.js';
import { ask } from '../http/support/commands.js';
import { notRun } from '../store/support/checks.js';
import { chromiumPath, noBrowser } from './support/browser.js';
import { everybodyCanRead } from './support/looks.js';
import { PageBench } from './support/page-bench.js';
import { outageStory, primary } from './support/story.js';

const caller = 'tel:+49301234567';

describe('Calls and other long tables', () => {
  if (chromiumPath === null) {
    notRun('are shown in a real browser', noBrowser);
    return;
  }
  let bench: PageBench;
  beforeAll(async () => {
    bench = await PageBench.open((service) =>
      outageStory(service, [
        ask('report-call-arrived', { callId: 'call-last', pool: primary, responseGroup: 'payroll', caller }),
      ]),
    );
  });
  afterAll(() => bench.close());

  const path = `/pools/${primary}/calls`;
  const idsOn = async (page: Page): Promise<readonly string[]> =>
    await page.locator('tbody th').allInnerTexts();

  it('begin with the latest call, and go on by the order that is chosen, which the address has', async () => {
    const page = await bench.opened(path);
    expect(await idsOn(page)).toEqual(['call-last', 'call-answered', 'call-waiting']);
    await page.getByLabel('Order').selectOption('oldest');
    await page.waitForURL(/order=oldest/);
    await page.locator('tbody tr:first-child th').getByText('call-waiting').waitFor();
    expect(await idsOn(page)).toEqual(['call-waiting', 'call-answered', 'call-last']);
    await page.close();
  });

  it('go on from an address of before there was a choice', async () => {
    const { next } = await bench.service.shown(`/v1${path}?limit=1`);
    const page = await bench.opened(`${path}?cursor=${textOf(next)}`);
    expect(await idsOn(page)).toEqual(['call-answered', 'call-last']);
    await page.close();
  });

  it('say who called, and for which group by its name', async () => {
    const page = await bench.opened(path);
    const row = page.getByRole('row').filter({ hasText: 'call-last' });
    expect(await row.getByText(caller).isVisible()).toBe(true);
    expect(await row.getByText('Callers of payroll').getAttribute('title')).toBe('payroll');
    await everybodyCanRead(page);
    await page.close();
  });

  it.each(['calls', 'objects', 'audit-trail', 'agents'])(
    'are cards at 320 pixels, and nothing in them scrolls to the side: %s',
    async (tab) => {
      const page = await bench.opened(`/pools/${primary}/${tab}`);
      const display = `[...document.querySelectorAll('table')].map((table) => getComputedStyle(table).display)`;
      expect(new Set(await page.evaluate<readonly string[]>(display))).toEqual(new Set(['table']));
      await page.setViewportSize({ width: 320, height: 800 });
      await page.locator('tbody tr').first().waitFor();
      const wide = await page.evaluate(`[...document.querySelectorAll('.scroll')]
        .filter((frame) => frame.scrollWidth > frame.clientWidth + 1)
        .map((frame) => [frame.getAttribute('aria-label'), frame.scrollWidth, frame.clientWidth])`);
      expect(wide).toEqual([]);
      // The rows are still rows to whoever does not see them.
      expect(await page.getByRole('rowheader').count()).toBeGreaterThan(0);
      expect(await page.getByRole('cell').count()).toBeGreaterThan(0);
      await page.close();
    },
  );
});
