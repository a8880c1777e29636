/** What only the page shows of a pool's facts, in a real browser: replication, readings, what was withdrawn, ages. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  ask,
  callArrives,
  createAgentGroup,
  createWorkflow,
  declareOutage,
  recordExport,
  registerAgent,
  registerPair,
  reportDatabase,
} from '../http/support/commands.js';
import { Pair } from '../http/support/pair.js';
import type { Service } from '../http/support/service.js';
import { notRun } from '../store/support/checks.js';
import { chromiumPath, noBrowser, settled } from './support/browser.js';
import { everybodyCanRead } from './support/looks.js';
import { PageBench } from './support/page-bench.js';

const [north, south] = ['pool-north.contoso.com', 'pool-south.contoso.com'];
const [east, west] = ['pool-east.contoso.com', 'pool-west.contoso.com'];

let now = '2026-11-23T08:00:00.000Z';
let down: Pair;
let mistaken: string;

const replicated = [
  registerPair(north, south, { version: '2019' }),
  createWorkflow(north, 'reception'),
  createWorkflow(north, 'counselling', true),
  registerAgent('sip:kim@contoso.com', north),
  createAgentGroup(north, 'desk', ['sip:kim@contoso.com']),
  recordExport(north),
  ask('set-replication', { pool: north, enabled: true, update: true, seeded: true }),
  ask('set-replication', { pool: south, update: true, seeded: true }),
  ask('report-replication', { pool: north, state: 'SteadyState' }),
  ask('report-replication', { pool: south, state: 'ErrorState' }),
];

/** One pool goes down by the reading that waits for the registrar; another was said to be down by mistake. */
async function story(service: Service): Promise<void> {
  await service.given(...replicated);
  down = await Pair.withImport(service, 'first', { readings: { 'registrar-takeover': 'after-interval' } });
  await service.given(registerPair(east, west), createWorkflow(east, 'help-desk'));
  await service.given(callArrives('call-spared', east, 'help-desk'));
  now = '2026-11-23T09:00:00.000Z';
  await down.reaches('outage');
  const declared = await service.when(declareOutage(east));
  await service.given(reportDatabase(down.primary, 'unavailable'));
  mistaken = String((declared.body['events'] as readonly { readonly id: string }[])[0]?.id);
  now = '2026-11-23T09:30:00.000Z';
  await service.given(ask('retract', { eventId: mistaken, reason: 'It was the other pool.' }));
}

describe('A pool on the page', () => {
  if (chromiumPath === null) {
    notRun('is shown with all that is on record of it, in a real browser', noBrowser);
    return;
  }
  let bench: PageBench;
  beforeAll(async () => {
    bench = await PageBench.open(story, { clock: () => new Date(now) });
  });
  afterAll(() => bench.close());

  it('says of replication what was reported in each direction, with the age of the last good state', async () => {
    const page = await bench.opened(`/pools/${north}?asOf=2026-11-23T09:20:00Z`);
    const there = page.getByText(`Replication ${north} → ${south}`);
    expect(await there.innerText()).toMatch(
      /in steady state \(reported 2026-11-23 08:00:00 UTC\)\. .* up to 2026-11-23 08:00:00 UTC \(1 hour ago\)/,
    );
    const back = page.getByText(`Replication ${south} → ${north}`);
    expect(await back.innerText()).toMatch(/✕ in error state .*It was never reported to be complete/);
    await everybodyCanRead(page);
    await page.goto(`${bench.origin}/`);
    await settled(page);
    const card = page.locator('.card', { has: page.getByRole('heading', { name: south }) });
    expect(await card.innerText()).toMatch(/Replication\s+✕ in error state/);
    await page.close();
  });

  it('calls a copy that no import brought a replica, and names the document that has it there', async () => {
    const page = await bench.opened(`/pools/${north}/objects?asOf=2026-11-23T09:20:00Z`);
    const row = page.locator('tr', { hasText: `${south}, replica` }).first();
    await row.waitFor();
    await row.locator('summary').first().click();
    await row.getByText('By another document: Back up Response Group Service').first().waitFor();
    await page.close();
  });

  it('counts ages from the moment that is shown, however that is named', async () => {
    const { body } = await bench.service.send({
      method: 'GET',
      url: `/v1/pools/${north}/audit-trail?type=ResponseGroupsExported`,
    });
    const [exported] = body['entries'] as readonly { readonly id: string; readonly position: string }[];
    const moments = [
      'asOf=2026-11-23T08:00:30Z',
      'at=2026-11-23T08:00:30Z',
      `asOf=${exported?.position ?? ''}`,
    ];
    for (const moment of [...moments, `asOf=${exported?.id ?? ''}`]) {
      const page = await bench.opened(`/?${moment}`);
      const card = page.locator('.card', { has: page.getByRole('heading', { name: north }) });
      expect([moment, /Last export\s+(.*)/.exec(await card.innerText())?.[1]]).toEqual([
        moment,
        'this minute',
      ]);
      await page.goto(`${bench.origin}/pools/${north}/readiness?${moment}`);
      await settled(page);
      await page.getByText('Last export: this minute').waitFor();
      await page.close();
    }
  });

  it('says in the tables what held of new calls before the registrar took over, by the reading', async () => {
    const page = await bench.opened(`/pools/${down.primary}?asOf=2026-11-23T09:10:00Z`);
    const row = page.locator('tr', { hasText: 'New calls imported' });
    const cell = row.locator('td.in-force', { hasText: 'Before' });
    await cell.waitFor();
    expect(await cell.innerText()).toMatch(
      /connect to the backup pool[^]*Before 2026-11-23 09:05:00 UTC: cut off/,
    );
    await everybodyCanRead(page);
    await page.close();
  });

  it('says of a call that it was shown as cut off until that was taken back, and of the trail what was', async () => {
    const page = await bench.opened('/calls/call-spared');
    const note = page.getByText('It was shown as cut off');
    await note.waitFor();
    expect(await note.innerText()).toMatch(/as pool-east\.contoso\.com went into stage outage, until /);
    await everybodyCanRead(page);
    await note.getByRole('link', { name: 'The call as it was shown then' }).click();
    await page.locator('article').getByText('cut off', { exact: true }).waitFor();
    await page.goto(`${bench.origin}/calls/call-spared`);
    await note.getByRole('link', { name: 'corrected what that followed from' }).click();
    const taken = page.locator('h2', { hasText: 'What it takes back' }).locator('+ ul');
    await taken.getByText('1 call of pool-east.contoso.com cut off').waitFor();
    await everybodyCanRead(page);
    await page.goto(`${bench.origin}/pools/${east}/audit-trail?type=EventRetracted`);
    await settled(page);
    await page.locator('summary', { hasText: 'EventRetracted' }).click();
    await page.getByText('Takes back:').waitFor();
    await page.close();
  });

  it('filters its objects by the tool that shows or changes them', async () => {
    const page = await bench.opened(`/pools/${down.primary}/objects`);
    const all = await page.locator('tbody tr').count();
    const counted = async (choice: string): Promise<number> => {
      await page.getByLabel('Tool').selectOption(choice);
      return await page.locator('tbody tr').count();
    };
    const shown = await counted('shown:controlPanel');
    const hidden = await counted('hidden:controlPanel');
    expect([shown > 0, hidden > 0, shown + hidden]).toEqual([true, true, all]);
    expect(new URL(page.url()).searchParams.get('tool')).toBe('hidden:controlPanel');
    for (const row of await page.locator('tbody tr').allInnerTexts())
      expect(row).not.toContain('Control Panel');
    await page.close();
  });

  it('takes the time at which something happened from the clock of the reader', async () => {
    const { body } = await bench.service.send({
      method: 'GET',
      url: `/v1/pools/${down.primary}/audit-trail?class=stages`,
    });
    const [declared] = body['entries'] as readonly { readonly id: string }[];
    const page = await bench.opened(`/events/${declared?.id ?? ''}`);
    await page.getByText('Was it recorded by mistake?').click();
    const field = page.getByLabel(/^When it happened/);
    expect(await field.inputValue()).toMatch(/^2026-11-23T09:00(:00)?$/);
    await field.fill('2026-11-23T08:50:00');
    await page.getByLabel('Why it was wrong').fill('It was written down later.');
    const form = page.locator('form', { has: field });
    await form.getByRole('button', { name: 'Show what recording it does' }).click();
    await form.getByRole('button', { name: 'Record it', exact: true }).click();
    await page.getByText('time corrected').first().waitFor();
    await page.close();
  });
});
