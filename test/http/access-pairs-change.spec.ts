/** What a scope of pools reaches once pools have changed their pairs, or another has taken the place of one. */
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { JsonObject } from '../../events/envelope.js';
import { textOf } from '../../examples/generator/text-of.js';
import { as, believing } from './support/believing.js';
import { ask, callArrives, createWorkflow, declareOutage, registerPair } from './support/commands.js';
import { entries } from './support/pair.js';
import { Service, type Ask } from './support/service.js';

const [a, b, c, d] = ['pool-a.contoso.com', 'pool-b.contoso.com', 'pool-c.contoso.com', 'pool-d.contoso.com'];
const of = (pool: string) => as(`operator of ${pool}`);
let service: Service;
beforeEach(async () => {
  service = await Service.start({ usually: 'memory', access: { authenticators: [believing] } });
  await given(registerPair(a, b), createWorkflow(a, 'help'));
});
afterEach(() => service.stop());

async function given(...commands: readonly Ask[]): Promise<readonly JsonObject[]> {
  const events: JsonObject[] = [];
  for (const command of commands) {
    const { status, body } = await service.when(command, as('administrator'));
    expect({ command, status }).toEqual({ command, status: 200 });
    events.push(...entries(body['events']));
  }
  return events;
}
const position = async (): Promise<string> => String(await service.poolkeeper.store.lastPosition());
const got = async (url: string, pool: string): Promise<number> => (await service.get(url, of(pool))).status;

describe('A scope of a pool', () => {
  it('goes with the pool into another pair, and does not reach its former partner', async () => {
    await given(ask('unpair', { pool: a }), registerPair(a, c));
    expect(await got(`/v1/pools/${a}`, a)).toBe(200);
    expect(await got(`/v1/pools/${b}`, a)).toBe(403);
    expect(await got(`/v1/pools/${a}`, b)).toBe(403);
    // What decides for a pair is of the two that are in it now.
    const target = ask('set-targets', { pool: a, recoveryTime: 3_600_000 });
    expect((await service.when(target, of(a))).body['required']).toMatchObject({ pools: [c] });
    expect((await service.when(target, as(`operator of ${a},${c}`))).status).toBe(200);
    // Its former partner is in no pair: whoever has to do with it decides alone.
    expect((await service.when(ask('set-targets', { pool: b, recoveryTime: 3_600_000 }), of(b))).status).toBe(
      200,
    );
  });

  it('that took the place of another reaches the calls that go on, and that of the other no longer does', async () => {
    const [arrival] = await given(declareOutage(a), callArrives('call-1', a, 'help')).then((events) =>
      events.filter(({ type }) => type === 'CallArrived'),
    );
    expect(await got('/v1/calls/call-1', a)).toBe(200);
    await given(
      ask('initiate-failover', { pool: a }),
      ask('complete-failover', { pool: a }),
      ask('replace-pool', { failed: a, replacement: c }),
    );
    expect([await got('/v1/calls/call-1', c), await got('/v1/calls/call-1', a)]).toEqual([200, 403]);
    expect([await got(`/v1/pools/${a}/calls`, a), await got(`/v1/pools/${c}/calls`, a)]).toEqual([200, 403]);
    const retract = ask('retract', { eventId: textOf(arrival?.['id']), reason: 'A mistake' });
    expect((await service.when(retract, of(a))).status).toBe(403);
    expect((await service.when(retract, of(c))).status).toBe(200);
  });

  it('does not reach a call of another pair by the id that was given to one of its own later', async () => {
    const [arrival] = await given(
      registerPair(c, d),
      createWorkflow(c, 'desk'),
      callArrives('call-1', a, 'help'),
    ).then((events) => events.filter(({ type }) => type === 'CallArrived'));
    const then = await position();
    await given(
      ask('retract', { eventId: textOf(arrival?.['id']), reason: 'A mistake' }),
      callArrives('call-1', c, 'desk'),
    );
    expect(await got(`/v1/calls/call-1?asOf=${then}`, c)).toBe(403);
    expect((await service.get(`/v1/calls/call-1?asOf=${then}`, as('viewer'))).body).toMatchObject({
      pool: a,
    });
  });
});
