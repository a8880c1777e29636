/** Pools in no pair, replaced, retired and with a stopped service, in a real browser. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import {
  ask,
  callArrives,
  createWorkflow,
  declareOutage,
  registerAgent,
  registerPair,
} from '../http/support/commands.js';
import type { Service } from '../http/support/service.js';
import { notRun } from '../store/support/checks.js';
import { chromiumPath, complaintsOf, findingsOn, noBrowser, settled } from './support/browser.js';
import { everybodyCanRead } from './support/looks.js';
import { PageBench } from './support/page-bench.js';

const [alone, left] = ['pool-kiel.contoso.com', 'pool-jena.contoso.com'];
const [retired, widowed] = ['pool-bonn.contoso.com', 'pool-gera.contoso.com'];
const [lost, standIn, replacement] = [
  'pool-ulm.contoso.com',
  'pool-hof.contoso.com',
  'pool-trier.contoso.com',
];
const [stopped, running] = ['pool-mainz.contoso.com', 'pool-worms.contoso.com'];

const parts = ['', '/objects', '/agents', '/calls', '/runbook', '/readiness', '/audit-trail', '/why'];

const story = (service: Service) =>
  service.given(
    registerPair(alone, left),
    createWorkflow(alone, 'help-desk'),
    registerAgent('sip:kim@contoso.com', alone),
    callArrives('call-alone', alone, 'help-desk'),
    ask('unpair', { pool: alone, reason: 'The line is gone' }),
    registerPair(retired, widowed),
    ask('unpair', { pool: retired }),
    ask('retire-pool', { pool: retired, reason: 'Sold' }),
    registerPair(lost, standIn),
    createWorkflow(lost, 'payroll'),
    callArrives('call-lost', lost, 'payroll'),
    declareOutage(lost, { backEndDatabase: 'unavailable' }),
    ask('initiate-failover', { pool: lost }),
    ask('complete-failover', { pool: lost }),
    ask('replace-pool', { failed: lost, replacement }),
    registerPair(stopped, running, { version: '2019' }),
    ask('report-service', {
      pool: stopped,
      service: 'response-group',
      state: 'stopped',
      frontEnds: 'some',
      reason: 'An update is being installed',
    }),
    ask('report-service', { pool: stopped, service: 'file-share', state: 'running' }),
  );

describe('Pools that are not simply in a pair', () => {
  if (chromiumPath === null) {
    notRun('are shown in plain words, in a real browser', noBrowser);
    return;
  }
  let bench: PageBench;
  beforeAll(async () => {
    bench = await PageBench.open(story);
  });
  afterAll(() => bench.close());

  const cardOf = async (page: Page, fqdn: string): Promise<string> =>
    await page.locator('.card', { has: page.getByRole('heading', { name: fqdn }) }).innerText();

  it('say on their cards how they stand, and what is stopped', async () => {
    const page = await bench.opened('/');
    const ofAlone = await cardOf(page, alone);
    expect(ofAlone).toMatch(/In no pair since .*: nobody stands in for it\. It was paired with pool-jena/);
    expect(ofAlone).toContain('The line is gone');
    expect(ofAlone).toMatch(/Partner\s+none/);
    const ofRetired = await cardOf(page, retired);
    expect(ofRetired).toMatch(/Retired\s/);
    expect(ofRetired).toMatch(/It serves no more\. .*Sold/);
    expect(ofRetired).not.toMatch(/Normal|nobody stands in|If it failed now/);
    const ofStopped = await cardOf(page, stopped);
    expect(ofStopped).toMatch(/Response group service stopped on some Front End servers since .*An update/);
    expect(ofStopped).toContain('Skype for Business Server 2019');
    expect(ofStopped).not.toContain('File share');
    expect(await cardOf(page, running)).not.toContain('stopped');
    expect((await page.locator('.card h2').allInnerTexts()).at(-1)).toBe(retired);
    await everybodyCanRead(page);
    await page.close();
  });

  it('lead from a pool that was replaced to the one that took its place', async () => {
    const page = await bench.opened(`/pools/${lost}`);
    await page.getByText(/Its place was taken by .*the last that was known of it/).waitFor();
    await page.locator('main').getByRole('link', { name: replacement }).first().click();
    await page.getByRole('heading', { level: 1, name: replacement }).waitFor();
    await settled(page);
    expect(await page.locator('.standing').count()).toBe(0);
    await page.close();
  });

  it.each([alone, retired, lost, replacement, stopped])('open every screen of %s', async (fqdn) => {
    const page = await bench.page();
    const complaints = complaintsOf(page);
    for (const part of parts) {
      await page.goto(`${bench.origin}/pools/${fqdn}${part}`);
      await settled(page);
      const text = await page.locator('main').innerText();
      expect([part, /undefined|\bnull\b|NaN|\[object/.exec(text)?.[0]]).toEqual([part, undefined]);
      expect([part, await page.locator('main [role=alert]').allInnerTexts()]).toEqual([part, []]);
      // What was replaced has no stream of its own: nothing is waited for in vain.
      await page.getByText('Live', { exact: true }).waitFor();
      // The header is the same on each; the rest is looked at elsewhere.
      if (part === '/runbook') expect(await findingsOn(page)).toEqual([]);
    }
    expect(complaints).toEqual([]);
    await page.close();
  });

  it('take what a step asks for into its command, at any depth', async () => {
    const page = await bench.opened(`/pools/${alone}/runbook`);
    const step = page.locator('.step', { hasText: 'Pair the pool with another' });
    const asks = step.getByRole('button', { name: 'Show what recording it does' });
    await step.locator('summary').first().click();
    await asks.waitFor();
    expect(await asks.isDisabled()).toBe(true);
    await step.getByLabel('the pool that is to stand in for it').fill(left);
    await asks.click();
    await step.getByRole('button', { name: 'Record it', exact: true }).click();
    await page.getByText('In no pair since').waitFor({ state: 'detached' });
    await page.close();
  });
});
