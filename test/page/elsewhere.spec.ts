/** Every screen for somebody who reads another language and lives in another zone: times take more room, with UTC beside them. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { notRun } from '../store/support/checks.js';
import { chromiumPath, noBrowser, settled } from './support/browser.js';
import { addressesIn, everyScreenStory, screenNames, type ScreenName } from './support/every-screen.js';
import { cutOff } from './support/measures.js';
import { PageBench } from './support/page-bench.js';

describe('In American English in Berlin', () => {
  if (chromiumPath === null) {
    notRun('is measured in a real browser', noBrowser);
    return;
  }
  let bench: PageBench;
  let pathOf: (name: ScreenName) => string;
  let page: Page;
  beforeAll(async () => {
    bench = await PageBench.open(everyScreenStory);
    pathOf = await addressesIn(bench.service);
    page = await bench.browser.newPage({ locale: 'en-US', timezoneId: 'Europe/Berlin' });
  });
  afterAll(() => bench.close());

  const opened = async (name: ScreenName): Promise<void> => {
    await page.goto(bench.origin + pathOf(name));
    await settled(page);
  };

  it.each(screenNames)('a screen has room for all of it: %s', async (name) => {
    await opened(name);
    for (const width of [320, 1280]) {
      await page.setViewportSize({ width, height: 900 });
      expect([width, await cutOff(page)]).toEqual([width, []]);
    }
  });

  it('times are those of the reader with UTC beside them, and on the paper of a report UTC alone', async () => {
    await opened('the report of an incident');
    const time = page.locator('time').first();
    expect(await time.innerText()).toMatch(/[AP]M (CET|CEST|GMT\+[12])\s+\(\d{4}-\d\d-\d\d [\d:]{8} UTC\)$/);
    await page.emulateMedia({ media: 'print' });
    expect((await time.innerText()).trim()).toMatch(/^\d{4}-\d\d-\d\d [\d:]{8} UTC$/);
    await page.emulateMedia({ media: null });
  });
});
