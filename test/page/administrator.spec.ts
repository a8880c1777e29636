/** The runbook on the page: what a step would do before it is recorded, what others recorded, and its PowerShell. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { createWorkflow, recordExport, registerPair } from '../http/support/commands.js';
import { notRun } from '../store/support/checks.js';
import { chromiumPath, noBrowser } from './support/browser.js';
import { PageBench } from './support/page-bench.js';
import { openStep, poolIsIn, previewStep, recordStep, stepIsDone } from './support/runbook.js';

const [a, b] = ['pool-a.contoso.com', 'pool-b.contoso.com'];

describe('An administrator', () => {
  if (chromiumPath === null) {
    notRun('records steps of the runbook by the page', noBrowser);
    return;
  }
  let bench: PageBench;
  let page: Page;
  beforeAll(async () => {
    bench = await PageBench.open((service) =>
      service.given(registerPair(a, b), createWorkflow(a, 'help-desk')),
    );
    page = await bench.opened(`/pools/${a}/runbook`);
  });
  afterAll(() => bench.close());

  it('sees before pressing what an outage would do, then records it, and the runbook goes on', async () => {
    const before = await bench.service.shown(`/v1/pools/${a}`);
    await previewStep(page, 'Record the outage', 'Fire.');
    // Nothing was stored for it.
    expect(await bench.service.shown(`/v1/pools/${a}`)).toEqual(before);
    expect(await recordStep(page, 'Record the outage', 'Fire.')).toContain(`${a}: Normal → Outage`);
    await poolIsIn(page, 'outage');
    expect(await bench.service.shown(`/v1/pools/${a}`)).toMatchObject({ stage: 'outage' });
    await stepIsDone(page, 'Record the outage');
  });

  it('follows what others record, without loading the page again', async () => {
    await bench.service.given(recordExport(b));
    await stepIsDone(page, 'Export the backup pool');
  });

  it('gets the PowerShell of a step to copy', async () => {
    const step = await openStep(page, 'Fail the pool over');
    expect((await step.locator('pre').allInnerTexts()).join()).toContain('Invoke-CsPoolFailOver');
    expect(await step.getByRole('button', { name: 'Copy' }).count()).toBeGreaterThan(0);
  });
});
