import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ask } from './support/commands.js';
import { Pair } from './support/pair.js';
import { Service } from './support/service.js';

let service: Service;
let pair: Pair;

/** A clock that ticks as seldom as some machines' do, so that much happens within one tick. */
const tick = 16;
const clock = (): Date => new Date(Math.floor(Date.now() / tick) * tick);

beforeAll(async () => {
  service = await Service.start({ clock });
  pair = await Pair.withImport(service);
});
afterAll(() => service.stop());

describe('A view as of this very moment', () => {
  it('never changes, though its tick of the clock was not over when it was asked for', async () => {
    for (let round = 0; round < 20; round += 1) {
      const url = `/v1/pools/${pair.primary}?asOf=${clock().toISOString()}`;
      const before = service.get(url);
      const state = round % 2 === 0 ? 'available' : 'unavailable';
      const change = service.given(ask('report-back-end-database', { pool: pair.primary, state }));
      const [{ text }] = await Promise.all([before, change]);
      expect((await service.get(url)).text).toBe(text);
    }
  });
});
