/** The report of an incident on paper, as the page prints it and as its own HTML does: all of it, and few sheets. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import type { JsonObject } from '../../events/envelope.js';
import { textOf } from '../../examples/generator/text-of.js';
import { ask, callArrives, createWorkflow, declareOutage, registerPair } from '../http/support/commands.js';
import { entries } from '../http/support/pair.js';
import type { Service } from '../http/support/service.js';
import { notRun } from '../store/support/checks.js';
import { chromiumPath, noBrowser } from './support/browser.js';
import { PageBench } from './support/page-bench.js';

const [primary, backup] = ['pool-berlin.contoso.com', 'pool-hamburg.contoso.com'];
const groups = Array.from({ length: 22 }, (_, index) => `line-${index + 1}`);
const refusals = 14;

/** As much as a day of an incident has: groups with calls cut off, refusals, steps, and a mistake that was taken back. */
async function longDay(service: Service): Promise<void> {
  await service.given(registerPair(primary, backup));
  for (const group of groups)
    await service.given(createWorkflow(primary, group), callArrives(`call-${group}`, primary, group));
  await service.given(declareOutage(primary, { reason: 'The storage array failed.' }));
  for (let index = 0; index < refusals; index += 1)
    await service.when(
      ask('modify-object', {
        pool: primary,
        kind: 'workflow',
        id: groups[index] ?? '',
        properties: { description: 'Ours' },
        tool: 'controlPanel',
      }),
      { 'x-actor': `administrator-${index}@contoso.com` },
    );
  const noted = await service.when(ask('annotate-incident', { pool: primary, text: 'Smoke in the hall.' }));
  await service.given(
    ask('retract', { eventId: textOf(entries(noted.body['events'])[0]?.['id']), reason: 'It was steam.' }),
  );
  for (const command of ['initiate-failover', 'complete-failover', 'failback', 'complete-failback'])
    await service.given(ask(command, { pool: primary }));
  await service.given(ask('close-incident', { pool: primary }));
}

describe('The report on paper', () => {
  if (chromiumPath === null) {
    notRun('is printed by a real browser', noBrowser);
    return;
  }
  let bench: PageBench;
  let id: string;
  beforeAll(async () => {
    bench = await PageBench.open(longDay);
    const { incidents } = await bench.service.shown('/v1/incidents');
    id = textOf(entries(incidents)[0]?.['id']);
  });
  afterAll(() => bench.close());

  const sheets: readonly (readonly [string, () => Promise<Page>])[] = [
    ['of the page', async () => await bench.opened(`/incidents/${id}/report`)],
    [
      'of its own HTML',
      async () => {
        const page = await bench.page();
        const { text } = await bench.service.get(`/v1/incidents/${id}/report?format=html`);
        await page.setContent(text);
        return page;
      },
    ],
  ];

  it.each(sheets)('%s has three sheets at most, whole rows, and all that happened', async (_, open) => {
    const page = await open();
    const pdf = (await page.pdf({ preferCSSPageSize: true })).toString('latin1');
    expect(pdf.match(/\/Type\s*\/Page\b/g)?.length).toBeLessThanOrEqual(3);
    await page.emulateMedia({ media: 'print' });
    await page.setViewportSize({ width: 688, height: 1000 });
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(688);
    const rows = await page.evaluate<JsonObject>(`(() => {
      const styles = [...document.querySelectorAll('tr')].map((row) => getComputedStyle(row).breakInside);
      const heads = [...document.querySelectorAll('thead')].map((head) => getComputedStyle(head).display);
      return { styles: [...new Set(styles)], heads: [...new Set(heads)] };
    })()`);
    expect(rows).toEqual({ styles: ['avoid'], heads: ['table-header-group'] });
    const text = await page.locator('body').innerText();
    for (const group of groups) expect(text).toContain(`Callers of ${group}`);
    for (let index = 0; index < refusals; index += 1)
      expect(text).toContain(`administrator-${index}@contoso.com`);
    expect(text).toMatch(/Smoke in the hall\.[^]*It was steam\./);
    await page.close();
  });
});
