/** What a browser measures of the page. */
import { existsSync } from 'node:fs';
import { chromium, type Browser, type Page } from 'playwright-core';

/** Null where this machine has none; `CHROMIUM` names another one. */
export const chromiumPath: string | null =
  process.env['CHROMIUM'] ?? ['/usr/bin/chromium', '/usr/bin/google-chrome'].find(existsSync) ?? null;

export const openBrowser = async (executablePath: string): Promise<Browser> =>
  await chromium.launch({
    executablePath,
    args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--js-flags=--expose-gc'],
  });

/** Milliseconds since the navigation began. */
export interface Paints {
  readonly first: number;
  readonly largest: number;
  readonly usable: number;
}

/** Runs before every document: keeps what its performance entries say, which only observers see. */
const observed = `
  window.seen = { largest: 0 };
  new PerformanceObserver((list) => {
    for (const { startTime } of list.getEntries()) window.seen.largest = startTime;
  }).observe({ type: 'largest-contentful-paint', buffered: true });
`;

export async function openPage(browser: Browser): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  const page = await context.newPage();
  await page.addInitScript(observed);
  return page;
}

/** Nothing is cached before. @param isUsable an expression of the page; null: as soon as it is loaded */
export async function paintsOf(browser: Browser, url: string, isUsable: string | null): Promise<Paints> {
  const page = await openPage(browser);
  await page.goto(url, { waitUntil: 'commit' });
  const usable = isUsable === null ? 0 : await usableAt(page, isUsable);
  const paints = {
    first: await firstOf<number>(
      page,
      `performance.getEntriesByName('first-contentful-paint')[0]?.startTime`,
    ),
    largest: await page.evaluate<number>('window.seen.largest'),
    usable,
  };
  await page.context().close();
  return paints;
}

/**
 * The first value of an expression that is not false, undefined or 0; looked for in every frame. By hand, as the
 * Content-Security-Policy of the page allows no evaluation, which is how the driver would wait.
 */
export const firstOf = async <Value>(page: Page, expression: string): Promise<Value> =>
  await page.evaluate<Value>(`new Promise((done) => {
    const look = () => {
      const found = ${expression};
      if (found) done(found);
      else requestAnimationFrame(look);
    };
    look();
  })`);

export const usableAt = async (page: Page, isUsable: string): Promise<number> =>
  await firstOf<number>(page, `(${isUsable}) && performance.now()`);

/** The screen has its heading, and nothing of it is still being loaded. */
export const settled = `document.querySelector('main h1') !== null && document.querySelector('[data-loading]') === null`;

/** Bytes in use, after everything that can be let go of was. */
export async function memoryOf(page: Page): Promise<number> {
  const client = await page.context().newCDPSession(page);
  await client.send('HeapProfiler.collectGarbage');
  const { usedSize } = await client.send('Runtime.getHeapUsage');
  await client.detach();
  return usedSize;
}
