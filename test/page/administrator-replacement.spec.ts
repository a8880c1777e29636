/** An administrator puts another pool in the place of one that never comes back, by the page alone. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import {
  ask,
  callArrives,
  createAgentGroup,
  createWorkflow,
  declareOutage,
  importGroups,
  recordExport,
  registerAgent,
  registerPair,
} from '../http/support/commands.js';
import type { Service } from '../http/support/service.js';
import { textOf } from '../../examples/generator/text-of.js';
import { notRun } from '../store/support/checks.js';
import { chromiumPath, findingsOn, noBrowser, settled } from './support/browser.js';
import { everybodyCanRead } from './support/looks.js';
import { PageBench } from './support/page-bench.js';
import { poolIsIn, recordStep, stepIsDone } from './support/runbook.js';

const [lost, standIn, next] = ['pool-a.contoso.com', 'pool-b.contoso.com', 'pool-c.contoso.com'];
const choice = 'Choose the way out: back to the pool, or to another in its place';
const replacing = 'Record the pool that takes its place';
const agent = 'sip:kim@contoso.com';

async function story(service: Service): Promise<void> {
  await service.given(
    registerPair(lost, standIn),
    createWorkflow(lost, 'help-desk'),
    registerAgent(agent, lost),
    createAgentGroup(lost, 'desk', [agent]),
  );
  const exported = await service.when(recordExport(lost));
  await service.given(
    importGroups(standIn, textOf(exported.body['exportId'])),
    declareOutage(lost, { backEndDatabase: 'unavailable', reason: 'The building burnt down.' }),
    ask('initiate-failover', { pool: lost, disasterMode: true }),
    ask('complete-failover', { pool: lost }),
    callArrives('call-meanwhile', lost, 'help-desk'),
  );
}

describe('By the page alone', () => {
  if (chromiumPath === null) {
    notRun('an administrator puts another pool in the place of one that is lost', noBrowser);
    return;
  }
  let bench: PageBench;
  let page: Page;
  beforeAll(async () => {
    bench = await PageBench.open(story);
    page = await bench.opened(`/pools/${lost}/runbook`);
  });
  afterAll(() => bench.close());

  it('the other route is chosen, with what it does shown first', async () => {
    await recordStep(page, choice, '');
    await stepIsDone(page, choice);
    expect(await page.locator('.step summary', { hasText: 'Fail the pool back' }).count()).toBe(0);
    expect(await findingsOn(page)).toEqual([]);
  });

  it('the pool is replaced, and its screen leads to the one that took its place', async () => {
    const said = await recordStep(page, replacing, next);
    expect(said).not.toContain('would be cut off');
    await page.getByText(/Its place was taken by/).waitFor();
    expect(await page.locator('form.record').count()).toBe(0);
    await everybodyCanRead(page);
    await page.setViewportSize({ width: 1280, height: 900 });
    await page.locator('.standing').getByRole('link', { name: next }).click();
    await page.getByRole('heading', { level: 1, name: next }).waitFor();
    await poolIsIn(page, 'failed-over');
    await page.getByRole('link', { name: 'Runbook' }).click();
    await settled(page);
    await stepIsDone(page, replacing);
  });

  it('the new pool is given what the lost one owned, serves, and the incident is closed', async () => {
    for (const title of ['Export from the backup pool what the pool owns', 'Import it into the pool']) {
      await recordStep(page, title, '');
      await stepIsDone(page, title);
    }
    const said = await recordStep(page, 'Record that the new pool serves', '');
    expect(said).toContain(`${next}: Failed over → Failed back`);
    await poolIsIn(page, 'failed-back');
    expect(await findingsOn(page)).toEqual([]);
    await recordStep(page, 'Remove the copies from the backup pool', '');
    await stepIsDone(page, 'Remove the copies from the backup pool');
    await recordStep(page, 'Close the incident', '');
    await poolIsIn(page, 'normal');
  });

  it('the lost pool still says what became of it, and its call that it was served', async () => {
    await page.goto(`${bench.origin}/pools/${lost}/runbook`);
    await settled(page);
    await page.getByText(/Its place was taken by/).waitFor();
    await page.goto(`${bench.origin}/calls/call-meanwhile`);
    await settled(page);
    expect(await page.locator('article').innerText()).toMatch(
      /in progress[^]*Served by\s+pool-b\.contoso\.com/,
    );
    await page.close();
  });
});
