/** One stream of server-sent events for all pools. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { as, believing } from './support/believing.js';
import {
  callArrives,
  createWorkflow,
  declareOutage,
  registerAgent,
  registerPair,
} from './support/commands.js';
import { Listening } from './support/listening.js';
import { entries } from './support/pair.js';
import { Service, type Ask } from './support/service.js';

const [a, b] = ['pool-a.contoso.com', 'pool-b.contoso.com'];
const [c, d] = ['pool-c.contoso.com', 'pool-d.contoso.com'];

let service: Service;
let url: URL;
const open = new Set<Listening>();
beforeAll(async () => {
  service = await Service.start({ access: { authenticators: [believing] } });
  url = await service.listen();
  await given(registerPair(a, b), registerPair(c, d), createWorkflow(a, 'help'), createWorkflow(c, 'claims'));
});
afterEach(() => {
  for (const one of open) one.hangUp();
  open.clear();
});
afterAll(() => service.stop());

async function given(...commands: readonly Ask[]): Promise<string> {
  for (const command of commands) {
    const { status, text } = await service.when(command, as('administrator'));
    if (status !== 200) throw new Error(text);
  }
  await service.caughtUp();
  return String(await service.poolkeeper.store.lastPosition());
}

async function listening(query = '', who = 'viewer', more = {}): Promise<Listening> {
  const one = await Listening.to(url, `/v1/live${query}`, { ...as(who), ...more });
  open.add(one);
  return one;
}

const names = (list: unknown): readonly unknown[] => entries(list as never).map(({ fqdn }) => fqdn);

describe('All pools heard live', () => {
  it('begin with all of them, and go on with what changed, calls together', async () => {
    const all = await listening();
    await all.until(({ sent }) => sent.length === 1);
    expect([all.last.name, names(all.last.body['pools']).toSorted()]).toEqual(['state', [a, b, c, d]]);
    await all.heard(await given(callArrives('call-1', a, 'help'), callArrives('call-2', a, 'help')));
    expect(all.last).toMatchObject({
      name: 'change',
      body: { events: [], concerns: [a, b], pools: [{ fqdn: a, openCalls: 2 }], gone: [] },
    });
    await all.heard(await given(declareOutage(c), registerAgent('sip:ann@contoso.com', a)));
    const told = all.sent.slice(1).flatMap(({ body }) => entries(body['events']).map(({ type }) => type));
    expect(told).toEqual(['OutageDeclared', 'AgentRegistered']);
    const outage = all.sent.find(
      ({ body }) => names(body['pools']).includes(c) && body['events'] !== undefined,
    );
    expect(entries(outage?.body['pools'])).toMatchObject([{ fqdn: c, stage: 'outage' }]);
  });

  it('go on in silence where nothing was missed, and with the state where something was', async () => {
    const before = await given(callArrives('call-3', a, 'help'));
    const quiet = await listening('', 'viewer', { 'last-event-id': before });
    const after = await given(callArrives('call-4', c, 'claims'));
    await quiet.heard(after);
    expect(quiet.sent.map(({ name }) => name)).toEqual(['change']);
    const late = await listening(`?lastEventId=${before}`);
    await late.heard(after);
    expect([late.last.name, names(late.last.body['pools']).length]).toEqual(['state', 4]);
    const future = await service.get('/v1/live?lastEventId=99999999', as('viewer'));
    expect(future.status).toBe(400);
  });

  it('are those that were asked for, and for a scoped key its own', async () => {
    const some = await listening(`?pools=${c},${d}`);
    const scoped = await listening('', `viewer of ${c}`);
    await Promise.all([some, scoped].map((one) => one.until(({ sent }) => sent.length === 1)));
    expect(names(some.last.body['pools']).toSorted()).toEqual([c, d]);
    expect(names(scoped.last.body['pools'])).toEqual([c]);
    await given(callArrives('call-5', a, 'help'));
    const end = await given(callArrives('call-6', c, 'claims'));
    await Promise.all([some.heard(end), scoped.heard(end)]);
    for (const one of [some, scoped])
      expect(one.sent.some(({ body }) => names(body['pools']).includes(a))).toBe(false);
    expect(scoped.last.body['concerns']).toEqual([c]);
    expect((await service.get(`/v1/live?pools=${a}`, as(`viewer of ${c}`))).status).toBe(403);
    expect((await service.get('/v1/live?pools=pool-z.contoso.com', as('viewer'))).status).toBe(404);
    expect((await service.get('/v1/live?pools=no%20pool', as('viewer'))).status).toBe(400);
  });

  it('tell of a pair whose registration was taken back', async () => {
    const [e, f] = ['pool-e.contoso.com', 'pool-f.contoso.com'];
    await given(registerPair(e, f));
    const all = await listening();
    await all.until(({ sent }) => sent.length === 1);
    await given({ name: 'unregister-pair', body: { pool: e } });
    await all.until(({ sent }) => sent.some(({ body }) => body['gone'] !== undefined));
    expect(all.sent.find(({ body }) => body['gone'] !== undefined)?.body).toMatchObject({ gone: [e, f] });
  });
});
