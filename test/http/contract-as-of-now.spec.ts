import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ask } from './support/commands.js';
import { Pair } from './support/pair.js';
import { Service } from './support/service.js';

let service: Service;
let pair: Pair;

beforeAll(async () => {
  service = await Service.start();
  pair = await Pair.withImport(service);
});
afterAll(() => service.stop());

describe('A view as of this very millisecond', () => {
  it('never changes, though the millisecond was not over when it was asked for', async () => {
    for (let round = 0; round < 40; round += 1) {
      const url = `/v1/pools/${pair.primary}?asOf=${new Date().toISOString()}`;
      const before = service.get(url);
      const state = round % 2 === 0 ? 'available' : 'unavailable';
      const change = service.given(ask('report-back-end-database', { pool: pair.primary, state }));
      const [{ text }] = await Promise.all([before, change]);
      expect((await service.get(url)).text).toBe(text);
    }
  });
});
