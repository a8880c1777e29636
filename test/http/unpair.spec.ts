/** Two pools are a pair no longer, and each goes on in no pair: on an ordinary day and through an outage. */
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { JsonObject } from '../../events/envelope.js';
import { textOf } from '../../examples/generator/text-of.js';
import { MemoryTable, openMemoryStore } from '../../src/store/memory.js';
import { ask, callArrives, callConnects, callEnds, declareOutage, recordExport } from './support/commands.js';
import { Pair } from './support/pair.js';
import { Service } from './support/service.js';

const clock = () => new Date('2026-11-24T03:00:00Z');
let table: MemoryTable;
let service: Service;
let pair: Pair;
const started = () => Service.start({ clock, store: openMemoryStore({ clock, table }) });
beforeEach(async () => {
  table = new MemoryTable();
  service = await started();
  pair = await Pair.registered(service);
});
afterEach(() => service.stop());

const views = ['', '/visibility', '/editability', '/configuration', '/call-status', '/readiness', '/runbook'];
const shown = async (view: string, moment = ''): Promise<JsonObject> =>
  await service.shown(`/v1/pools/${pair.primary}${view}${moment}`);
const ids = (list: unknown): readonly string[] => (list as readonly JsonObject[]).map(({ id }) => textOf(id));

describe('A pool whose pairing has ended', () => {
  it('is shown in no pair since then; a moment before still shows the pair', async () => {
    const before = textOf((await shown(''))['position']);
    const beforehand = await Promise.all(views.map((view) => shown(view, `?asOf=${before}`)));
    const answer = await service.when(ask('unpair', { pool: pair.backup, reason: 'Hamburg closes' }));
    expect(answer).toMatchObject({ status: 200, body: { events: [{ type: 'PairEnded' }] } });
    const { position } = answer.body;
    const unpaired = { unpaired: { position, at: clock().toISOString(), reason: 'Hamburg closes' } };
    for (const view of ['', '/visibility', '/editability', '/configuration', '/readiness', '/runbook'])
      expect({ view, ...(await shown(view)) }).toMatchObject({ view, ...unpaired });
    const { pools } = await service.shown('/v1/pools');
    expect(pools).toEqual([expect.objectContaining(unpaired), expect.objectContaining(unpaired)]);
    expect(await Promise.all(views.map((view) => shown(view, `?asOf=${before}`)))).toEqual(beforehand);
    await service.stop();
    service = await started();
    await service.caughtUp();
    expect(await shown('')).toMatchObject(unpaired);
    expect(await Promise.all(views.map((view) => shown(view, `?asOf=${before}`)))).toEqual(beforehand);
    expect(await service.shown('/v1/verification')).toMatchObject({ whole: true });
  });

  it('has no step to take any more once it is retired', async () => {
    const [idle, other] = ['idle.contoso.com', 'other.contoso.com'];
    await service.given(ask('register-pair', { pools: [{ fqdn: idle }, { fqdn: other }] }));
    await service.given(ask('unpair', { pool: idle }));
    await service.given(ask('retire-pool', { pool: idle }));
    const { steps, next } = await service.shown(`/v1/pools/${idle}/runbook`);
    expect(next).toBeNull();
    for (const { id, state } of steps as readonly JsonObject[])
      expect({ id, state }).toEqual({ id, state: 'not-needed' });
  });

  it('says in readiness that nobody stands in for it, and in the runbook how it is paired', async () => {
    await service.given(ask('unpair', { pool: pair.primary }));
    const { findings } = await shown('/readiness');
    expect(ids(findings)[0]).toBe('in-no-pair');
    const { steps, next } = await shown('/runbook');
    expect(ids(steps)).not.toContain('fail-over');
    expect(next).toBe('export-pool');
    expect(steps).toContainEqual(
      expect.objectContaining({
        id: 'pair-again',
        state: 'now',
        record: expect.objectContaining({
          command: 'register-pair',
          commandLine: expect.stringContaining(
            `poolkeeper register-pair --pool ${pair.primary} --pool <`,
          ) as unknown,
        }) as unknown,
      }),
    );
  });

  it('is not one of two that are down where both are: the copies of the one on the other are of no pair', async () => {
    const imported = await Pair.withImport(service);
    await service.given(ask('unpair', { pool: imported.primary }));
    for (const pool of [imported.primary, imported.backup]) {
      const { body } = await service.when(declareOutage(pool));
      expect(body['warnings']).toEqual([]);
    }
    for (const view of ['visibility', 'editability'] as const)
      for (const seenFrom of [imported.primary, imported.backup])
        expect(
          await imported.copyIn(view, 'workflow', imported.regular, imported.backup, seenFrom),
        ).toMatchObject({ basis: 'inferred', inference: 'in-no-pair' });
  });

  it('goes through an outage: its calls are cut off, nobody stands in, and edits and exports go on afterwards', async () => {
    await service.given(
      callArrives('waiting', pair.primary, pair.regular),
      callArrives('talking', pair.primary, pair.regular),
      callConnects('talking', pair.agentOfPrimary),
      ask('unpair', { pool: pair.primary }),
      declareOutage(pair.primary),
    );
    expect(await service.shown('/v1/calls/waiting')).toMatchObject({ status: 'disconnected' });
    const refused = await service.when(ask('initiate-failover', { pool: pair.primary }));
    expect(refused).toMatchObject({
      status: 409,
      body: { rule: 'in-a-pair', allowed: ['end-outage', 'retire-pool'] },
    });
    expect(await service.when(ask('unpair', { pool: pair.primary }))).toMatchObject({ status: 200 });
    const { body } = await service.when(declareOutage(pair.backup));
    expect(body['warnings']).toEqual([]);
    await service.given(
      callEnds('talking'),
      ask('end-outage', { pool: pair.primary }),
      ask('end-outage', { pool: pair.backup }),
      callArrives('after', pair.primary, pair.regular),
      recordExport(pair.primary),
    );
    expect(await shown('')).toMatchObject({ stage: 'normal', incident: null });
    expect(await service.shown('/v1/calls/after')).toMatchObject({ status: 'in-progress' });
  });
});
