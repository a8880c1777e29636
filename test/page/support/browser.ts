/** A real browser on the built page. */
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { chromium, type Browser, type Page } from 'playwright-core';

const candidates = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** Null where this machine has none; `CHROMIUM` names another one. */
export const chromiumPath: string | null =
  process.env['CHROMIUM'] ?? candidates.find((path) => existsSync(path)) ?? null;

export const noBrowser = 'there is no chromium';

export const openBrowser = async (): Promise<Browser> =>
  await chromium.launch({
    executablePath: chromiumPath ?? '',
    args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage'],
  });

/** Complaints of the page: errors, and what its Content-Security-Policy refused. */
export function complaintsOf(page: Page): readonly string[] {
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
  });
  return complaints;
}

/** Waits until nothing on the screen is still being loaded. */
export async function settled(page: Page): Promise<void> {
  await page.locator('main h1').waitFor();
  const loading = page.locator('[data-loading]');
  // One view may ask for the next.
  while ((await loading.count()) > 0) await loading.first().waitFor({ state: 'detached' });
}

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/**
 * What axe finds against WCAG 2.2 AA, in one line each.
 * @param rules only these; null: all
 */
export async function findingsOn(
  page: Page,
  rules: readonly string[] | null = null,
): Promise<readonly string[]> {
  await page.evaluate(axe);
  const options = JSON.stringify({
    runOnly: rules === null ? { type: 'tag', values: tags } : { type: 'rule', values: rules },
  });
  const { violations } = await page.evaluate<Found>(`axe.run(${options})`);
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary = '' }) => `${id}: ${html.slice(0, 200)} ${failureSummary}`),
  );
}

interface Found {
  readonly violations: readonly {
    readonly id: string;
    readonly nodes: readonly { readonly html: string; readonly failureSummary?: string }[];
  }[];
}
