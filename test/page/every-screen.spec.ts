/** Every screen, measured in a real browser: read by everybody, at every width, by keyboard, whatever people typed. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { notRun } from '../store/support/checks.js';
import { chromiumPath, complaintsOf, noBrowser, settled } from './support/browser.js';
import { addressesIn, everyScreenStory, screenNames, type ScreenName } from './support/every-screen.js';
import { everybodyCanRead } from './support/looks.js';
import { cutOff, longLines, moving, smallTargets, tableFaults, walk } from './support/measures.js';
import { PageBench } from './support/page-bench.js';

/** Pixels: the narrowest, a window of 1280 at 200 %, a usual one, and 4k. */
const widths = [320, 640, 1280, 3840];

/** Characters in a line of prose, on average over its lines. */
const longest = 130;

describe('A screen', () => {
  if (chromiumPath === null) {
    notRun('is measured in a real browser', noBrowser);
    return;
  }
  let bench: PageBench;
  let pathOf: (name: ScreenName) => string;
  beforeAll(async () => {
    bench = await PageBench.open(everyScreenStory);
    pathOf = await addressesIn(bench.service);
  });
  afterAll(() => bench.close());

  async function measuredAt(page: Page, width: number): Promise<readonly string[]> {
    await page.setViewportSize({ width, height: 900 });
    const lines = width === Math.max(...widths) ? await longLines(page, longest) : [];
    return [...(await smallTargets(page)), ...(await cutOff(page)), ...lines];
  }

  it.each(screenNames)('is sound: %s', async (name) => {
    const page = await bench.page();
    const complaints = complaintsOf(page);
    await page.emulateMedia({ reducedMotion: 'reduce' });
    await page.goto(bench.origin + pathOf(name));
    await settled(page);
    expect(await walk(page)).toEqual({ missed: [], unseen: [] });
    expect(await moving(page)).toEqual([]);
    // All that can be opened is open from here on.
    await page.evaluate("document.querySelectorAll('details').forEach((each) => { each.open = true; })");
    await settled(page);
    expect(await tableFaults(page)).toEqual([]);
    for (const width of widths) expect([width, await measuredAt(page, width)]).toEqual([width, []]);
    await page.setViewportSize({ width: 1280, height: 900 });
    await everybodyCanRead(page);
    const shown = await page.locator('main').innerText();
    expect(/undefined|NaN|\[object/.exec(shown)?.[0]).toBeUndefined();
    // What people typed is text, whatever markup it holds.
    expect(await page.locator('main img, main bdi b').count()).toBe(0);
    expect(await page.title()).toMatch(/. · Poolkeeper$/);
    // Answers 404 and 501 are shown by the screen.
    expect(complaints.filter((complaint) => !/\b(404|501)\b/.test(complaint))).toEqual([]);
    await page.close();
  });
});
