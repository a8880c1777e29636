import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { JsonObject } from '../../events/envelope.js';
import { textOf } from '../../examples/generator/text-of.js';
import { MemoryTable, openMemoryStore } from '../../src/store/memory.js';
import { ask, declareOutage, registerAgent, registerPair } from './support/commands.js';
import { Service } from './support/service.js';

const [right, mistyped, meant] = ['berlin.contoso.com', 'hambrug.contoso.com', 'hamburg.contoso.com'];
const clock = () => new Date('2026-11-24T03:00:00Z');
let table: MemoryTable;
let service: Service;
const started = () => Service.start({ clock, store: openMemoryStore({ clock, table }) });
beforeEach(async () => {
  table = new MemoryTable();
  service = await started();
});
afterEach(() => service.stop());

const views = ['', '/visibility', '/call-status', '/calls', '/readiness', '/audit-trail'];
const poolNames = async (): Promise<readonly unknown[]> => {
  const { pools } = await service.shown('/v1/pools');
  return (pools as readonly JsonObject[]).map(({ fqdn }) => fqdn);
};

describe('A pair that was registered with a name mistyped', () => {
  it('is taken back; its pools are paired anew, and a moment before still shows it', async () => {
    await service.given(registerPair(right, mistyped));
    const before = textOf((await service.shown(`/v1/pools/${right}`))['position']);
    const answer = await service.when(ask('unregister-pair', { pool: mistyped, reason: 'Mistyped' }));
    expect(answer).toMatchObject({ status: 200, body: { events: [{ type: 'PairUnregistered' }] } });
    const check = async (): Promise<void> => {
      for (const view of views) {
        expect({ view, status: (await service.get(`/v1/pools/${mistyped}${view}`)).status }).toEqual({
          view,
          status: 404,
        });
      }
      expect(await service.shown(`/v1/pools/${mistyped}?asOf=${before}`)).toMatchObject({ partner: right });
      expect(await service.shown(`/v1/pools/${right}?asOf=${before}`)).toMatchObject({ partner: mistyped });
    };
    expect(await poolNames()).toEqual([]);
    await check();
    await service.given(registerPair(right, meant), declareOutage(right));
    await check();
    expect([...(await poolNames())].sort()).toEqual([right, meant].sort());
    expect(await service.shown(`/v1/pools/${right}`)).toMatchObject({ partner: meant, stage: 'outage' });
    expect(await service.shown('/v1/verification')).toMatchObject({ whole: true });
    await service.stop();
    service = await started();
    await service.caughtUp();
    await check();
    expect((await service.when(declareOutage(mistyped))).status).toBe(404);
  });

  it('can be registered again as it was', async () => {
    await service.given(
      registerPair(right, meant),
      ask('unregister-pair', { pool: right }),
      registerPair(right, meant),
      declareOutage(right),
    );
    expect(await service.shown(`/v1/pools/${right}`)).toMatchObject({ stage: 'outage', partner: meant });
    const { entries } = await service.shown(`/v1/pools/${right}/audit-trail`);
    expect((entries as readonly JsonObject[]).map(({ type }) => type)).toEqual([
      'PairRegistered',
      'PairUnregistered',
      'PairRegistered',
      'OutageDeclared',
    ]);
  });

  it('stays once anything else is on record, and the refusal says what', async () => {
    await service.given(registerPair(right, meant), registerAgent('sip:kim@contoso.com', right));
    expect(await service.when(ask('unregister-pair', { pool: right }))).toMatchObject({
      status: 409,
      body: { rule: 'pair-has-history', detail: expect.stringContaining('1 agents') },
    });
    await service.given(declareOutage(meant));
    expect(await service.when(ask('unregister-pair', { pool: right }))).toMatchObject({
      status: 409,
      body: { detail: expect.stringContaining('1 OutageDeclared, 1 agents') },
    });
    expect(await poolNames()).toHaveLength(2);
  });
});
