/** What scrolling costs, as the browser itself traces it. */
import type { Browser, Page } from 'playwright-core';
import { openPage, settled, usableAt } from './browser.js';

/** Of the main thread of the page, in milliseconds. */
export interface LongestTask {
  /** By the clock: another process may have had the processor meanwhile. */
  readonly wall: number;
  /** Of the processor. */
  readonly processor: number;
}

export interface Scrolled extends LongestTask {
  /** Of the longest table of the screen. */
  readonly rows: number;
}

/** In pixels: how far one frame of the scrolling goes. */
const stride = 600;
/** Frames at most, for a list whose end moves on as one scrolls. */
const mostFrames = 2_000;

/** Scrolls a settled screen from top to bottom. @param trace where the trace is kept, to be looked at; null: nowhere */
export async function scrolled(
  browser: Browser,
  url: string,
  trace: string | null = null,
): Promise<Scrolled> {
  const page = await openPage(browser);
  await page.goto(url);
  await usableAt(page, settled);
  // What loading took is no matter of scrolling.
  await page.evaluate('new Promise((done) => setTimeout(done, 500))');
  await browser.startTracing(page, {
    categories: ['disabled-by-default-devtools.timeline', 'devtools.timeline', 'toplevel'],
    ...(trace === null ? {} : { path: trace }),
  });
  await toTheEnd(page);
  const longest = longestTask((await browser.stopTracing()).toString('utf8'));
  const rows = await page.evaluate<number>(
    `Math.max(0, ...[...document.querySelectorAll('table')].map((table) => table.ariaRowCount === null ? table.rows.length : Math.max(Number(table.ariaRowCount), ...[...table.rows].map((row) => Number(row.ariaRowIndex)))))`,
  );
  await page.context().close();
  return { ...longest, rows };
}

const toTheEnd = async (page: Page): Promise<void> =>
  await page.evaluate(`(async () => {
    const end = () => document.documentElement.scrollHeight;
    const isMore = () => document.querySelector('[aria-rowcount="-1"]') !== null;
    for (let frame = 0, top = 0; frame < ${mostFrames} && (top < end() || isMore()); frame += 1) {
      scrollTo(0, top);
      await new Promise(requestAnimationFrame);
      // At the end it is waited for more.
      top = Math.min(top + ${stride}, end());
    }
    await new Promise((done) => setTimeout(done, 300));
  })()`);

/** One event of a trace; times in microseconds. */
interface Traced {
  readonly name: string;
  readonly ph: string;
  readonly pid: number;
  readonly tid: number;
  readonly dur?: number;
  readonly tdur?: number;
  readonly args: { readonly name?: string };
}

/** The names that the browser gives what its main thread does at a stretch. */
const tasks = new Set(['RunTask', 'ThreadControllerImpl::RunTask']);

/** @throws Error where the trace has no task */
export function longestTask(trace: string): LongestTask {
  const { traceEvents } = JSON.parse(trace) as { readonly traceEvents: readonly Traced[] };
  const threadOf = ({ pid, tid }: Traced): string => `${pid}/${tid}`;
  const mains = new Set(
    traceEvents
      .filter(({ name, args }) => name === 'thread_name' && args.name === 'CrRendererMain')
      .map(threadOf),
  );
  const ours = traceEvents.filter(
    (event) => tasks.has(event.name) && event.ph === 'X' && mains.has(threadOf(event)),
  );
  if (ours.length === 0) throw new Error('The browser traced no task.');
  const longest = (of: 'dur' | 'tdur'): number =>
    ours.reduce((most, { [of]: taken = 0 }) => Math.max(most, taken), 0) / 1_000;
  return { wall: longest('dur'), processor: longest('tdur') };
}
