/** What random sequences of the commands that end things have found: see endings-laws. */
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { JsonObject } from '../../events/envelope.js';
import { textOf } from '../../examples/generator/text-of.js';
import { ask, callArrives, declareOutage } from './support/commands.js';
import { entries, Pair } from './support/pair.js';
import { Service } from './support/service.js';

let service: Service;
let pair: Pair;
beforeEach(async () => {
  service = await Service.start({ clock: () => new Date('2026-11-24T03:00:00Z') });
  pair = await Pair.registered(service);
});
afterEach(() => service.stop());

const position = async (): Promise<string> => String(await service.poolkeeper.store.lastPosition());
const down = (pool: string) => [
  declareOutage(pool),
  ask('initiate-failover', { pool }),
  ask('complete-failover', { pool }),
];
const replacement = 'oslo.contoso.com';
const replaced = async (): Promise<void> =>
  await service.given(...down(pair.primary), ask('replace-pool', { failed: pair.primary, replacement }));

describe('A pool whose place another took', () => {
  it.each(['unpair', 'retire-pool', 'unregister-pair'])('is ended already for %s', async (name) => {
    await replaced();
    const { status, body } = await service.when(ask(name, { pool: pair.primary }));
    expect({ status, rule: body['rule'] }).toEqual({ status: 409, rule: 'pool-was-replaced' });
    expect(body['allowed']).toEqual([`complete-replacement ${replacement}`]);
  });

  it('keeps its entries in the incident that was its own, where its partner has one of the same time', async () => {
    await service.given(...down(pair.primary), declareOutage(pair.backup));
    const refused = await service.when(ask('retire-pool', { pool: pair.primary }));
    expect(refused).toMatchObject({ status: 409, body: { rule: 'pool-in-use' } });
    const trail = async (moment = ''): Promise<JsonObject | undefined> =>
      entries(
        (await service.shown(`/v1/pools/${pair.backup}/audit-trail?limit=1000${moment}`))['entries'],
      ).find(({ command }) => command === 'retire-pool');
    const [before, then] = [await position(), await trail()];
    await service.given(ask('replace-pool', { failed: pair.primary, replacement }));
    expect(textOf(then?.['incident'])).toMatch(/-1$/);
    expect(await trail()).toEqual(then);
    expect(await trail(`&asOf=${before}`)).toEqual(then);
  });
});

describe('A correction that is refused of an event that belongs to no pair', () => {
  it('leaves the lists of moments as they are, and is in the trail of the pools that it is about', async () => {
    let event = '';
    for await (const page of service.poolkeeper.store.readAll())
      event = page.find(({ stream }) => stream === 'pairings')?.id ?? event;
    const before = await position();
    const pools = async (): Promise<unknown> => (await service.shown(`/v1/pools?asOf=${before}`))['pools'];
    const then = await pools();
    const correction = { eventId: event, reason: 'A mistake' };
    expect(await service.when(ask('retract', correction))).toMatchObject({ status: 409 });
    expect(await pools()).toEqual(then);
    const trail = await service.shown(`/v1/pools/${pair.primary}/audit-trail?refused=true`);
    expect(entries(trail['entries'])).toMatchObject([{ command: 'retract' }]);
  });
});

describe('A call that was retracted', () => {
  it('is asked of a moment before, also where another call of another pair has its id since', async () => {
    const other = await Pair.registered(service);
    const reported = await service.when(callArrives('call-1', pair.primary, pair.regular));
    const [event] = entries(reported.body['events']);
    const asOfThen = `/v1/calls/call-1?asOf=${await position()}`;
    const then = await service.shown(asOfThen);
    await service.given(
      ask('retract', { eventId: textOf(event?.['id']), reason: 'A mistake' }),
      callArrives('call-1', other.primary, other.regular),
    );
    expect(await service.shown('/v1/calls/call-1')).toMatchObject({ pool: other.primary });
    expect(await service.shown(asOfThen)).toEqual(then);
  });
});
