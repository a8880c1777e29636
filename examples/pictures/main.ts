/**
 * `npm run pictures -- http://127.0.0.1:3000`: pictures of all screens, and of the command line, of a service that has the
 * day of the examples. Moments are named by when things happened: it does not matter when the day was played.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { chromium, type Browser } from 'playwright-core';
import { terminals } from './terminals.js';

const [address = 'http://127.0.0.1:3000'] = process.argv.slice(2);
const folder = join(process.cwd(), 'docs', 'pictures');
const size = { width: 1120, height: 760 };
const pool = 'pool-berlin.contoso.com';

/** Before anything failed; while the pool is failed over, when there is most to see; and after all of it. */
const moments = {
  morning: 'at=2026-11-17T08:00:00Z',
  outage: 'at=2026-11-17T10:30:00Z',
  evening: 'at=2026-11-17T18:30:00Z',
} as const;

interface Incidents {
  readonly incidents: readonly { readonly id: string }[];
}

const incidentIn = async (): Promise<string> => {
  const { incidents } = (await (await fetch(`${address}/v1/incidents`)).json()) as Incidents;
  const [incident] = incidents;
  if (incident === undefined) throw new Error('There is no incident: play the day of the examples first.');
  return `/incidents/${encodeURIComponent(incident.id)}`;
};

/** The path of each screen, by the name of its picture. */
async function screens(): Promise<Readonly<Record<string, string>>> {
  const incident = await incidentIn();
  const { morning, outage, evening } = moments;
  return {
    pools: `/?${outage}`,
    pool: `/pools/${pool}?${outage}`,
    objects: `/pools/${pool}/objects?tool=hidden:controlPanel&${outage}`,
    why: `/search?q=service+desk&${outage}`,
    runbook: `/pools/${pool}/runbook?${outage}`,
    'audit-trail': `/pools/${pool}/audit-trail?withoutCalls=true&${evening}`,
    readiness: `/pools/${pool}/readiness?${morning}`,
    incident: `${incident}?${outage}`,
    report: `${incident}/report`,
    board: `/readiness?${morning}`,
    service: '/service',
  };
}

async function picture(browser: Browser, name: string, path: string): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    const page = await browser.newPage({ viewport: size, colorScheme });
    await page.goto(address + path);
    await page.locator('main h1').waitFor();
    const loading = page.locator('[data-loading]');
    while ((await loading.count()) > 0) await loading.first().waitFor({ state: 'detached' });
    await page.screenshot({ path: join(folder, `${name}-${colorScheme}.jpg`), type: 'jpeg', quality: 60 });
    await page.close();
  }
}

/** The documentation of the API, with the first of its operations. */
async function documentation(browser: Browser): Promise<void> {
  const page = await browser.newPage({ viewport: { width: 1200, height: 1000 } });
  await page.goto(`${address}/docs`);
  await page.locator('.opblock').first().waitFor();
  await page.screenshot({ path: join(folder, 'docs.png') });
  await page.close();
}

mkdirSync(folder, { recursive: true });
const browser = await chromium.launch({
  executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu'],
});
for (const [name, path] of Object.entries(await screens())) await picture(browser, name, path);
await documentation(browser);
for (const { name, html } of await terminals(address)) {
  const page = await browser.newPage({ viewport: { width: 1010, height: 400 } });
  await page.setContent(html);
  await page.locator('pre').screenshot({ path: join(folder, `${name}.png`) });
  await page.close();
}
await browser.close();
