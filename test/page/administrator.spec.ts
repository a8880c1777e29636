/** An administrator takes a pool through an incident by the page alone. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { createWorkflow, recordExport, registerPair } from '../http/support/commands.js';
import { Service } from '../http/support/service.js';
import { notRun } from '../store/support/checks.js';
import { chromiumPath, noBrowser, openBrowser, settled } from './support/browser.js';

const [a, b] = ['pool-a.contoso.com', 'pool-b.contoso.com'];

describe('An administrator', () => {
  if (chromiumPath === null) {
    notRun('takes a pool through an incident by the page alone', noBrowser);
    return;
  }
  let service: Service;
  let browser: Browser;
  let page: Page;
  beforeAll(async () => {
    service = await Service.start();
    await service.given(registerPair(a, b), createWorkflow(a, 'help-desk'));
    browser = await openBrowser();
    page = await browser.newPage();
    await page.goto(`${(await service.listen()).origin}/pools/${a}/runbook`);
    await settled(page);
  });
  afterAll(async () => {
    await browser.close();
    await service.stop();
  });

  /** Opens a step, sees what its first record would do, and records it. */
  async function recorded(
    title: string,
    fill: (step: ReturnType<Page['locator']>) => Promise<void>,
  ): Promise<string> {
    const step = page.locator('.step', { has: page.locator('summary', { hasText: title }) }).first();
    const details = step.locator('details').first();
    if ((await details.getAttribute('open')) === null) await details.locator('summary').first().click();
    await fill(step);
    await step.locator('.record button[type=submit]').first().click();
    const preview = step.locator('.record .note').first();
    await preview.waitFor();
    const text = await preview.innerText();
    await step.getByRole('button', { name: 'Record it', exact: true }).first().click();
    return text;
  }

  it('sees before pressing what an outage would do, then records it, and the runbook goes on', async () => {
    const before = await service.shown(`/v1/pools/${a}`);
    const text = await recorded('Record the outage', async (step) => {
      for (const field of await step.locator('.record').first().locator('input').all())
        await field.fill('Fire.');
      for (const list of await step.locator('.record').first().locator('select').all())
        await list.selectOption({ index: 1 });
      await step.locator('.record button[type=submit]').first().click();
      await step.locator('.record .note').first().waitFor();
      // Nothing was stored for it.
      expect(await service.shown(`/v1/pools/${a}`)).toEqual(before);
    });
    expect(text).toContain(`${a}: Normal → Outage`);
    await page.locator('.stage-outage').waitFor();
    expect(await service.shown(`/v1/pools/${a}`)).toMatchObject({ stage: 'outage' });
    await page.locator('.step-done', { hasText: 'Record the outage' }).waitFor();
  });

  it('follows what others record, without loading the page again', async () => {
    const exported = await service.when(recordExport(b));
    expect(exported.status).toBe(200);
    await page.locator('.step-done', { hasText: 'Export the backup pool' }).waitFor();
  });

  it('gets the PowerShell of a step to copy', async () => {
    const step = page.locator('.step', { hasText: 'Fail the pool over' }).first();
    const details = step.locator('details').first();
    if ((await details.getAttribute('open')) === null) await details.locator('summary').first().click();
    expect((await step.locator('pre').allInnerTexts()).join()).toContain('Invoke-CsPoolFailOver');
    expect(await step.getByRole('button', { name: 'Copy' }).count()).toBeGreaterThan(0);
  });
});
