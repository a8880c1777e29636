/** An administrator takes a pool through a whole incident by the page alone: by the runbook's buttons, each with its preview first. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import {
  createAgentGroup,
  createWorkflow,
  modifyObject,
  registerAgent,
  registerPair,
} from '../http/support/commands.js';
import { notRun } from '../store/support/checks.js';
import { chromiumPath, findingsOn, noBrowser, openBrowser, settled } from './support/browser.js';
import { actorOf, enterKey, keyedService, type KeyedService } from './support/keyed.js';
import { openStep, poolIsIn, recordStep, stepIsDone, stepOf } from './support/runbook.js';

const [a, b] = ['pool-a.contoso.com', 'pool-b.contoso.com'];
const agent = 'sip:kim@contoso.com';

describe('By the page alone', () => {
  if (chromiumPath === null) {
    notRun('an administrator takes a pool through a whole incident', noBrowser);
    return;
  }
  let known: KeyedService;
  let browser: Browser;
  let page: Page;
  let watching: Page;

  async function opened(role: 'operator' | 'viewer', isStill = false): Promise<Page> {
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
    const at = await context.newPage();
    if (isStill) await at.clock.install();
    await at.goto(`${known.origin}/pools/${a}/runbook`);
    await enterKey(at, known.keys[role]);
    await at.getByText('Live', { exact: true }).waitFor();
    await settled(at);
    return at;
  }

  beforeAll(async () => {
    known = await keyedService();
    await known.given(
      registerPair(a, b),
      createWorkflow(a, 'help-desk'),
      registerAgent(agent, a),
      createAgentGroup(a, 'desk', [agent]),
    );
    browser = await openBrowser();
    page = await opened('operator');
    watching = await opened('viewer');
  });
  afterAll(async () => {
    await browser.close();
    await known.stop();
  });

  const record = (title: string): Promise<string> => recordStep(page, title, 'Fire.');
  const isDone = async (title: string): Promise<void> => {
    for (const at of [page, watching]) await stepIsDone(at, title);
  };
  const inStage = (stage: string): Promise<void> => poolIsIn(page, stage);

  it('the pools are exported, and the pool is gone', async () => {
    for (const title of ['Export the pool', 'Export the backup pool']) {
      await record(title);
      await isDone(title);
    }
    expect(await record('Record the outage')).toContain(`${a}: Normal → Outage`);
    await inStage('outage');
    await isDone('Record the outage');
    const done = stepOf(page, 'Record the outage').locator('summary').first();
    expect(await done.innerText()).toContain(actorOf('operator'));
  });

  it('whoever may only look sees the same, may see what a step would do, and not record it', async () => {
    const form = (await openStep(watching, 'Import into the backup pool')).locator('form.record').first();
    await form.getByRole('button', { name: 'Show what recording it does' }).click();
    await form.getByText('Your role, viewer, may not record it: ask an operator.').waitFor();
    expect(await form.getByRole('button', { name: 'Record it', exact: true }).count()).toBe(0);
  });

  it('the response groups are imported, the pool fails over, and agents sign in', async () => {
    await record('Import into the backup pool');
    await isDone('Import into the backup pool');
    await record('Fail the pool over');
    await inStage('failing-over');
    await record('Record that the failover is complete');
    await inStage('failed-over');
    // A page whose clock stands asks for nothing by itself: only the feed tells it.
    const still = await opened('viewer', true);
    await still.clock.pauseAt(Date.now() + 60_000);
    await record('Have formal agents sign in on the backup pool');
    const signedIn = still.locator('.step-done', {
      hasText: 'Have formal agents sign in on the backup pool',
    });
    for (let turns = 0; turns < 100 && !(await signedIn.isVisible()); turns += 1) {
      await still.clock.runFor(100);
      await still.waitForTimeout(200);
    }
    expect(await signedIn.isVisible()).toBe(true);
    await still.context().close();
    await isDone('Have formal agents sign in on the backup pool');
    // Somebody edits the copy meanwhile.
    await known.given(modifyObject(b, 'workflow', 'help-desk', { description: 'Edited meanwhile' }));
    expect(await findingsOn(page)).toEqual([]);
  });

  it('the pool fails back, everything is imported home, and the incident is closed', async () => {
    await record('Fail the pool back');
    await inStage('failing-back');
    await record('Record that the failback is complete');
    await inStage('failed-back');
    await record('Export from the backup pool what the pool owns');
    await isDone('Export from the backup pool what the pool owns');
    await record('Import it into the pool');
    await isDone('Import it into the pool');
    await record('Have formal agents sign in on the pool');
    await isDone('Have formal agents sign in on the pool');
    await record('Remove the copies from the backup pool');
    await isDone('Remove the copies from the backup pool');
    await record('Close the incident');
    await inStage('normal');
  });

  it('the incident and its report say so', async () => {
    await page.getByRole('link', { name: 'Incidents' }).click();
    await page.getByText('1 incident, 0 open').waitFor();
    await page.locator('th').getByRole('link').first().click();
    await page.getByRole('link', { name: 'Report' }).click();
    await page.getByRole('heading', { name: `Report of the incident of ${a}` }).waitFor();
    await settled(page);
    expect(await findingsOn(page)).toEqual([]);
    const pdf = (await page.pdf({ format: 'A4' })).toString('latin1');
    expect(pdf.startsWith('%PDF-')).toBe(true);
    await page.emulateMedia({ media: 'print' });
    for (const hidden of ['header', '.time-bar', '.commands'])
      expect([hidden, await page.locator(hidden).first().isVisible()]).toEqual([hidden, false]);
    // What a sheet of paper has in width, in CSS pixels.
    await page.setViewportSize({ width: 688, height: 1000 });
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(688);
  });
});
