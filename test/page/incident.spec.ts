/** An incident on the page: its course over time, and the slider that every screen follows. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import type { JsonObject } from '../../events/envelope.js';
import { notRun } from '../store/support/checks.js';
import { chromiumPath, noBrowser } from './support/browser.js';
import { everybodyCanRead } from './support/looks.js';
import { PageBench } from './support/page-bench.js';
import { outageStory, primary } from './support/story.js';

describe('An incident', () => {
  if (chromiumPath === null) {
    notRun('is shown in a real browser', noBrowser);
    return;
  }
  let bench: PageBench;
  let path: string;
  let entries: readonly JsonObject[];

  beforeAll(async () => {
    bench = await PageBench.open(outageStory);
    const { incidents } = (await bench.service.shown('/v1/incidents')) as {
      incidents: readonly { id: string }[];
    };
    path = `/incidents/${incidents[0]?.id ?? ''}`;
    const trail = await bench.service.shown(`/v1/pools/${primary}/audit-trail?withoutCalls=true`);
    entries = trail['entries'] as readonly JsonObject[];
  });
  afterAll(() => bench.close());

  const optionOf = async (page: Page, words: string): Promise<string> =>
    (await page.locator('option').allTextContents()).find((text) => text.includes(words)) ?? '';
  const idOf = (entry: JsonObject | undefined): string => entry?.['id'] as string;
  const declared = (): JsonObject | undefined => entries.find((entry) => entry['type'] === 'OutageDeclared');
  const positionOf = (type: string): string =>
    (entries.find((entry) => entry['type'] === type)?.['position'] as string | undefined) ?? '';

  it('has lanes for both pools, callers, agents and administrators, with every stage as a bar', async () => {
    const page = await bench.opened(path);
    const chart = page.getByRole('group', { name: 'Course' });
    await chart.waitFor();
    const stages = await chart.locator('.bar title').allTextContents();
    expect(stages.map((title) => title.split(',')[0])).toEqual(
      expect.arrayContaining(['Outage', 'Failed over', 'Normal']),
    );
    const marks = await chart.getByRole('link').allTextContents();
    const all = marks.join('\n');
    for (const word of ['Command: Outage declared', 'Refused: ', 'Note: The vendor was called.'])
      expect(all).toContain(word);
    // A call in progress was cut off, and its bar says as what.
    expect(await chart.locator('.cause-in-progress-calls').count()).toBe(1);
    await page.close();
  });

  it('has a slider: by arrow keys from entry to entry, and the address and the pools follow', async () => {
    const page = await bench.opened(path);
    const slider = page.getByRole('slider');
    await slider.focus();
    await page.keyboard.press('ArrowLeft');
    await page.waitForURL(new RegExp(`asOf=${positionOf('FailoverCompleted')}$`));
    expect(await slider.getAttribute('aria-valuetext')).toMatch(/UTC: What was known after: Failover of/);
    while (!page.url().endsWith(`asOf=${positionOf('OutageDeclared')}`))
      await page.keyboard.press('ArrowLeft');
    await page.locator('.card .stage-outage').waitFor();
    // The other screens follow it.
    await page.locator('.card').first().getByRole('link', { name: 'Objects' }).click();
    await page.waitForURL(new RegExp(`/objects\\?asOf=${positionOf('OutageDeclared')}$`));
    await page.locator('.stage-outage').waitFor();
    await page.goBack();
    await page.getByRole('button', { name: 'Step back' }).click();
    await page.getByText('Before it began').waitFor();
    await page.getByText('At this moment it had not begun.').waitFor();
    await page.close();
  });

  it('says above and below its course how it was at the moment, and draws the whole of it', async () => {
    const page = await bench.opened(`${path}?asOf=${positionOf('OutageDeclared')}`);
    const head = page.locator('main > p .stage').first();
    expect(await head.innerText()).toMatch(/Outage/);
    expect(await page.getByText('Failing over', { exact: true }).count()).toBe(0);
    expect(await page.locator('.bar title', { hasText: 'Failed over' }).count()).toBeGreaterThan(0);
    await page.getByRole('button', { name: 'Back to now' }).click();
    await page.locator('main > p .stage-failed-over').waitFor();
    await page.close();
  });

  it('has a report, also as of the moment, and so are its files', async () => {
    const position = positionOf('OutageDeclared');
    const page = await bench.opened(`${path}/report?asOf=${position}`);
    await page.locator('article .stage-outage').waitFor();
    const stages = await page.locator('.bar title').allTextContents();
    expect(stages.some((title) => title.startsWith('Failed over'))).toBe(false);
    const file = page.getByRole('link', { name: 'HTML' });
    expect(await file.getAttribute('href')).toMatch(new RegExp(`format=html&asOf=${position}$`));
    await page.close();
  });

  it('is found in the list, whose numbers tell drills apart', async () => {
    const page = await bench.opened('/incidents');
    await page.getByText('1 incident, 1 open').waitFor();
    await page.getByLabel('Kind').selectOption('drill');
    await page.getByText('None of this kind.').waitFor();
    await page.goto(`${bench.origin}/incidents`);
    await page.locator('td, th').getByRole('link').first().click();
    await page.getByRole('heading', { name: `Incident of ${primary}` }).waitFor();
    await page.close();
  });

  it('says at a moment by name where its slider stands, and that it is of what was true, or known, then', async () => {
    const page = await bench.opened(`${path}?at=incident/1/outage`);
    await page.getByText('What was true after: ').first().waitFor();
    expect(await page.getByRole('slider').getAttribute('aria-valuetext')).toContain('What was true after: ');
    await page.goto(`${bench.origin}${path}?asOf=incident/1/outage`);
    await page.getByText('What was known after: Outage declared').waitFor();
    await page.close();
  });

  it('is compared with what had gone otherwise, which stands in the address', async () => {
    const page = await bench.opened(path);
    await page
      .getByRole('combobox', { name: 'What', exact: true })
      .selectOption({ label: await optionOf(page, 'Outage declared') });
    await page.getByLabel('Had it').selectOption('drop');
    await page.getByRole('button', { name: 'Compare' }).click();
    await page.waitForURL(/if=[0-9a-f-]{36}\.drop$/);
    const row = page.getByRole('row', { name: /^Without: Outage declared/ });
    await row.waitFor();
    // The call that waited is cut off by the record only, and so nobody knows its end.
    expect(await row.getByRole('cell').allTextContents()).toEqual(expect.arrayContaining(['1']));
    const copies = page.locator('details').filter({ hasText: 'in which a copy is shown otherwise' });
    expect(await copies.locator('summary').first().innerText()).toMatch(
      /^Without: Outage declared.*: 6 spans in which a copy is shown otherwise, 6 spans in which one is changed otherwise$/,
    );
    await copies.locator('summary').first().click();
    const changed = page.getByRole('table', { name: 'Changed with other tools than on record' });
    expect(await changed.getByRole('row').nth(1).innerText()).toMatch(/UTC[^]*no[^]*yes/);
    await everybodyCanRead(page);
    await page.getByRole('button', { name: 'Take them away' }).click();
    await row.waitFor({ state: 'detached' });
    await page.close();
  });

  it('takes what people wrote as text', async () => {
    const page = await bench.opened(path);
    expect(await page.getByText('A <b>fire</b>.', { exact: true }).count()).toBe(1);
    await page.close();
  });

  it('leads from an entry of the trail to what it brought about, and to the pool before it', async () => {
    const page = await bench.opened(`/events/${idOf(declared())}`);
    await page.getByRole('link', { name: /cut off as outage began/ }).click();
    await page.getByRole('heading', { name: 'What brought it about' }).waitFor();
    await page.getByRole('link', { name: /Outage declared/ }).click();
    await page.getByRole('link', { name: 'The pool before it' }).click();
    await page.locator('.stage-normal').waitFor();
    await page.close();
  });
});
