/** A clock that was ahead once: later events are recorded at its time, and a time from now on shows them all the same. */
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { textOf } from '../../examples/generator/text-of.js';
import { callArrives, createWorkflow, declareOutage, registerPair } from './support/commands.js';
import { Service } from './support/service.js';

const pool = 'pool1.contoso.com';
const [before, ahead] = ['2026-11-22T10:00:00.000Z', '2036-11-22T10:00:00.000Z'];
const views = ['', '/visibility', '/call-status', '/calls', '/audit-trail'];

let now: number;
let service: Service;
beforeEach(async () => {
  now = Date.parse(before);
  service = await Service.start({ usually: 'memory', clock: () => new Date(now) });
  await service.given(registerPair(pool, 'pool2.contoso.com'), createWorkflow(pool, 'help-desk'));
  now = Date.parse(ahead);
  await service.given(callArrives('ahead', pool, 'help-desk'));
  now = Date.parse(before) + 60_000;
  await service.given(declareOutage(pool), callArrives('after', pool, 'help-desk'));
});
afterEach(async () => await service.stop());

const at = (moment: string | number) =>
  `asOf=${typeof moment === 'number' ? new Date(moment).toISOString() : moment}`;

describe('A log whose last event was recorded later than now', () => {
  it.each(views)('shows all of it as of now and of each time up to that event: %s', async (view) => {
    const { asOf: _live, ...live } = await service.shown(`/v1/pools/${pool}${view}`);
    for (const moment of [now, now + 1, '2030-01-01T00:00:00.000Z', ahead]) {
      const { asOf, ...shown } = await service.shown(`/v1/pools/${pool}${view}?${at(moment)}`);
      expect(asOf).toBe(new Date(moment).toISOString());
      expect(shown).toEqual({ ...live, clockBehind: true });
    }
  });

  it('shows what was on record before, and says of a time since then that it cannot tell', async () => {
    const earlier = await service.shown(`/v1/pools/${pool}?${at(before)}`);
    expect(earlier).toMatchObject({ stage: 'normal', clockBehind: true });
    const position = textOf(earlier['position']);
    expect(await service.shown(`/v1/pools/${pool}?${at(now - 1)}`)).toMatchObject({
      position,
      clockBehind: true,
    });
    expect(await service.shown(`/v1/pools/${pool}?${at(Date.parse(before) - 1)}`)).not.toHaveProperty(
      'clockBehind',
    );
    expect(await service.shown(`/v1/pools/${pool}?asOf=${position}`)).not.toHaveProperty('clockBehind');
    expect(await service.shown(`/v1/pools/${pool}`)).not.toHaveProperty('clockBehind');
  });

  it('compares what was before with what is recorded now', async () => {
    const range = `from=${new Date(Date.parse(before)).toISOString()}&to=${new Date(now).toISOString()}`;
    const diff = await service.shown(`/v1/pools/${pool}/diff?${range}`);
    expect(diff['position']).toBe((await service.shown(`/v1/pools/${pool}`))['position']);
  });

  it('refuses a time that the log does not reach, and says how far it does', async () => {
    const later = new Date(Date.parse(ahead) + 60_000).toISOString();
    expect(await service.get(`/v1/pools/${pool}?${at(later)}`)).toMatchObject({
      status: 400,
      body: {
        errors: [{ detail: expect.stringMatching(/future; allowed: up to the last event, .*2036-11-22/) }],
      },
    });
  });

  it('keeps one position for each time once the clock has caught up', async () => {
    now = Date.parse(ahead) + 5_000;
    const shown = await service.shown(`/v1/pools/${pool}?${at(now)}`);
    expect(shown).not.toHaveProperty('clockBehind');
    expect(shown).toMatchObject({ stage: 'outage' });
    expect(await service.shown(`/v1/pools/${pool}?${at('2030-01-01T00:00:00.000Z')}`)).toMatchObject({
      stage: 'normal',
    });
  });
});
