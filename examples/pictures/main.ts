/** `npm run pictures -- http://127.0.0.1:3000`: pictures of all screens, of a service that has the day of the examples. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { chromium, type Browser } from 'playwright-core';

const [address = 'http://127.0.0.1:3000'] = process.argv.slice(2);
const folder = join(process.cwd(), 'docs', 'pictures');
const size = { width: 1120, height: 760 };
const pool = 'pool-berlin.contoso.com';

interface Found {
  readonly incidents?: readonly { readonly id: string }[];
  readonly entries?: readonly { readonly position: string }[];
}

const asked = async (path: string): Promise<Found> => (await (await fetch(address + path)).json()) as Found;

/** The screens, at the moment at which there is most to see. */
async function screens(): Promise<Readonly<Record<string, string>>> {
  const { incidents } = await asked('/v1/incidents');
  const { entries } = await asked(`/v1/pools/${pool}/audit-trail?type=ResponseGroupsImported&limit=1`);
  const moment = `asOf=${entries?.[0]?.position ?? '0'}`;
  return {
    pools: `/?${moment}`,
    pool: `/pools/${pool}?${moment}`,
    objects: `/pools/${pool}/objects?${moment}`,
    why: `/search?q=service+desk&${moment}`,
    runbook: `/pools/${pool}/runbook?${moment}`,
    'audit-trail': `/pools/${pool}/audit-trail`,
    readiness: `/pools/${pool}/readiness?${moment}`,
    incident: `/incidents/${incidents?.[0]?.id ?? ''}?${moment}`,
    report: `/incidents/${incidents?.[0]?.id ?? ''}/report`,
    board: '/readiness',
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

mkdirSync(folder, { recursive: true });
const browser = await chromium.launch({
  executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu'],
});
for (const [name, path] of Object.entries(await screens())) await picture(browser, name, path);
await browser.close();
