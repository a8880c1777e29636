import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { InProcessServer } from '../store/eventstoredb/server/server.js';
import { callArrives, declareOutage } from './support/commands.js';
import { storeOn } from './support/instances.js';
import { Pair } from './support/pair.js';
import { Service } from './support/service.js';
import { textOf } from '../../examples/generator/text-of.js';

describe('Who has given a command to one of two instances on a log', () => {
  let server: InProcessServer;
  let one: Service;
  let other: Service;
  let pair: Pair;
  beforeAll(async () => {
    server = new InProcessServer();
    await server.start();
    one = await Service.start({ store: storeOn(server) });
    other = await Service.start({ store: storeOn(server), minPositionPatience: 300_000 });
    pair = await Pair.registered(one);
  });
  afterAll(async () => {
    await Promise.all([one.stop(), other.stop()]);
    server.stop();
  });

  it('finds it in the next view of the same instance without asking for it', async () => {
    for (let call = 1; call <= 20; call += 1) {
      const { body } = await one.when(callArrives(`here-${call}`, pair.primary, pair.regular));
      const view = await one.shown(`/v1/pools/${pair.primary}/call-status`);
      expect(BigInt(textOf(view['position']))).toBeGreaterThanOrEqual(BigInt(textOf(body['position'])));
      expect(view).toMatchObject({ totals: { inProgress: call } });
    }
  });

  it('finds it in every view of the other once that has reached the position of the answer', async () => {
    const { body } = await one.when(declareOutage(pair.primary));
    for (const view of ['', '/visibility', '/editability', '/call-status']) {
      const url = `/v1/pools/${pair.primary}${view}?minPosition=${textOf(body['position'])}`;
      expect(await other.shown(url)).toMatchObject({ stage: 'outage' });
    }
  });

  it('is told to come back where the other does not get there in time', async () => {
    const hasty = await Service.start({ store: storeOn(server), minPositionPatience: 20 });
    const far = String(((await one.poolkeeper.store.lastPosition()) ?? 0n) + 1_000_000n);
    for (const path of ['call-status?', 'diff?from=0&', 'replay?']) {
      const answer = await hasty.get(`/v1/pools/${pair.primary}/${path}minPosition=${far}`);
      expect(answer).toMatchObject({ status: 503, body: { detail: expect.stringContaining(far) } });
      expect(answer.headers['retry-after']).toMatch(/^[1-9]\d*$/);
    }
    await hasty.stop();
  });
});
