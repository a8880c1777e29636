/** An auditor: from an entry to its cause and effects, at a past moment, to a file, and to a correction. */
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { notRun } from '../store/support/checks.js';
import { chromiumPath, noBrowser } from './support/browser.js';
import { enterKey, keyedService } from './support/keyed.js';
import { everybodyCanRead } from './support/looks.js';
import { PageBench } from './support/page-bench.js';
import { outageStory, primary } from './support/story.js';
import { registerPair } from '../http/support/commands.js';

describe('An auditor', () => {
  if (chromiumPath === null) {
    notRun('reads the audit trail in a real browser', noBrowser);
    return;
  }
  const trail = `/pools/${primary}/audit-trail`;
  let bench: PageBench;

  beforeAll(async () => {
    bench = await PageBench.open(outageStory);
  });
  afterAll(() => bench.close());

  const rowOf = (page: Page, text: string) => page.locator('tr[data-row]', { hasText: text }).first();

  it('goes from an entry to its effect and back to its cause, and to the pool as it was then', async () => {
    const page = await bench.opened(trail);
    const row = page.locator('tr[data-row]', {
      has: page.locator('summary', { hasText: 'OutageDeclared' }),
    });
    await row.locator('summary').first().click();
    await row.getByRole('link', { name: /cut off as outage began/ }).click();
    await page.getByRole('heading', { name: 'What brought it about' }).waitFor();
    await page.getByRole('link', { name: /^Outage declared/ }).click();
    await page.getByRole('link', { name: /cut off as outage began/ }).waitFor();
    await page.getByRole('link', { name: 'The pool before it' }).click();
    await page.waitForURL(/asOf=\d+$/);
    await page.locator('.stage-normal').waitFor();
    // The trail of that moment knows of no outage yet.
    await page.getByRole('link', { name: 'Audit trail' }).click();
    await rowOf(page, 'arrived').waitFor();
    expect(await page.getByText('Outage declared').count()).toBe(0);
    await page.close();
  });

  it('filters by chips and text, the newest or the oldest first; all of it stands in the address', async () => {
    const page = await bench.opened(trail);
    await page.getByRole('button', { name: 'stages' }).click();
    await page.getByRole('button', { name: 'refusals' }).click();
    await page.waitForURL(/class=stages&class=refusals/);
    await page.getByText('Refused modify-object').waitFor();
    expect(await page.getByText('arrived for').count()).toBe(0);
    await page.getByLabel('Order').selectOption('oldest first');
    await page.waitForURL(/order=oldest/);
    await page.getByRole('button', { name: 'stages' }).click();
    await page.getByLabel('Search').fill('PAYROLL');
    await page.waitForURL(/text=PAYROLL/);
    await page.getByText('1 entry').waitFor();
    expect(await rowOf(page, 'Refused').locator('.tell').textContent()).toBe('✕ refused');
    const files = await page.getByRole('link', { name: /CSV|NDJSON/ }).all();
    for (const file of files)
      expect(await file.getAttribute('href')).toMatch(
        /order=oldest&class=refusals&text=PAYROLL|class=refusals.*text=PAYROLL/,
      );
    expect(files).toHaveLength(2);
    await page.close();
  });

  it('sees what taking an entry back would change, takes it back, and both stand in the trail', async () => {
    const page = await bench.opened(`${trail}?text=vendor`);
    const row = rowOf(page, 'The vendor was called.');
    await row.locator('summary').first().click();
    await row.getByRole('link', { name: 'The whole entry' }).click();
    await page.getByText('Was it recorded by mistake?').click();
    await everybodyCanRead(page);
    await page.setViewportSize({ width: 1280, height: 900 });
    const form = page.locator('form.record').first();
    await form.getByLabel('Why it did not happen').fill('It was another vendor.');
    await form.getByRole('button', { name: 'Show what recording it does' }).click();
    await form.getByText('It would be accepted.').waitFor();
    await form.getByRole('button', { name: 'Record it' }).click();
    await page.getByText('It was another vendor.').first().waitFor();
    await page.goto(`${bench.origin}${trail}?text=vendor`);
    await page.locator('.tell-retracted').first().waitFor();
    expect(await page.locator('s', { hasText: 'The vendor was called.' }).count()).toBe(1);
    await page.close();
  });

  it('keeps what is filtered as a file, with a key as well; an operator is told who may', async () => {
    const known = await keyedService();
    await known.given(registerPair('pool-a.contoso.com', 'pool-b.contoso.com'));
    const context = await bench.browser.newContext({ acceptDownloads: true });
    const page = await context.newPage();
    await page.goto(`${known.origin}${trail}?text=registered`);
    await enterKey(page, known.keys.auditor);
    const begun = page.waitForEvent('download');
    await page.getByRole('link', { name: 'CSV', exact: true }).click();
    const download = await begun;
    expect(download.suggestedFilename()).toBe(`audit-trail-${primary}.csv`);
    const lines = readFileSync(await download.path(), 'utf8')
      .trim()
      .split(/\r?\n/);
    expect(lines[0]).toMatch(/^position,/);
    expect(lines.slice(1).every((line) => /registered/i.test(line))).toBe(true);
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByRole('heading', { name: 'Sign in' }).waitFor();
    await page.goto(known.origin + trail);
    await enterKey(page, known.keys.operator);
    await page.getByText('Whoever has the role auditor may have it as a file.').waitFor();
    await context.close();
    await known.stop();
  });
});
