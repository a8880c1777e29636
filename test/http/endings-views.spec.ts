/** What views say of pools that serve no more, or are in no pair, contradicts nothing that the others say. */
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { JsonObject } from '../../events/envelope.js';
import { textOf } from '../../examples/generator/text-of.js';
import { openMemoryStore } from '../../src/store/memory.js';
import { ask, registerPair } from './support/commands.js';
import { entries } from './support/pair.js';
import { Service } from './support/service.js';

const clock = () => new Date('2026-11-24T03:00:00Z');
const [first, second, third] = ['moss.contoso.com', 'hamar.contoso.com', 'skien.contoso.com'];
let service: Service;
beforeEach(async () => {
  service = await Service.start({ clock, store: openMemoryStore({ clock }) });
  await service.given(registerPair(first, second), ask('unpair', { pool: first }));
});
afterEach(() => service.stop());

const of = async (pool: string, view: string): Promise<JsonObject> =>
  await service.shown(`/v1/pools/${pool}${view}`);
const listed = async (path: string): Promise<readonly string[]> =>
  entries((await service.shown(path))['pools'])
    .map(({ fqdn }) => textOf(fqdn))
    .toSorted();

describe('A pool that was retired', () => {
  it('takes no calls, and is not said to be in normal operation', async () => {
    await service.given(ask('retire-pool', { pool: first }));
    expect(await of(first, '/call-status')).toMatchObject({ rows: [] });
    expect(await of(first, '')).toMatchObject({ because: [], inference: 'retired-pool' });
  });

  it('is listed once, as the new pool that has its name', async () => {
    await service.given(ask('retire-pool', { pool: first }), registerPair(first, third));
    for (const path of ['/v1/pools', '/v1/readiness'])
      expect({ path, pools: await listed(path) }).toEqual({ path, pools: [second, first, third].toSorted() });
    const [again] = entries((await service.shown('/v1/pools'))['pools']).filter(({ fqdn }) => fqdn === first);
    expect(again).toMatchObject({ partner: third });
    expect(again).not.toHaveProperty('retired');
  });
});

describe('A pool that went on in another pair', () => {
  it('is in the readiness of all pools once', async () => {
    await service.given(registerPair(second, third));
    expect(await listed('/v1/readiness')).toEqual([first, second, third].toSorted());
  });
});
