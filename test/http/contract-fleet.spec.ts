/** All pools at once: the list, their readiness, and what a scoped key sees of them. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { textOf } from '../../examples/generator/text-of.js';
import { as, believing } from './support/believing.js';
import { callArrives, createWorkflow, recordExport, registerPair } from './support/commands.js';
import { entries } from './support/pair.js';
import { Service, type Ask } from './support/service.js';

const [a, b] = ['pool-a.contoso.com', 'pool-b.contoso.com'];
const [c, d] = ['pool-c.contoso.com', 'pool-d.contoso.com'];

let service: Service;
beforeAll(async () => {
  service = await Service.start({ access: { authenticators: [believing] } });
  await given(
    registerPair(c, d),
    registerPair(a, b),
    createWorkflow(a, 'help'),
    recordExport(a),
    callArrives('call-1', a, 'help'),
    callArrives('call-2', a, 'help'),
    createWorkflow(a, 'later'),
  );
});
afterAll(() => service.stop());

async function given(...commands: readonly Ask[]): Promise<void> {
  for (const command of commands) {
    const { status, text } = await service.when(command, as('administrator'));
    if (status !== 200) throw new Error(text);
  }
  await service.caughtUp();
}

const get = (url: string, who = 'viewer') => service.get(url, as(who));

describe('The list of all pools', () => {
  it('has the open calls and the last export of each', async () => {
    const { body } = await get('/v1/pools');
    expect(entries(body['pools']).find(({ fqdn }) => fqdn === a)).toMatchObject({
      openCalls: 2,
      lastExport: {
        exportId: expect.any(String),
        occurredAt: expect.stringMatching(/Z$/),
        position: expect.any(String),
      },
    });
    expect(entries(body['pools']).find(({ fqdn }) => fqdn === c)).toMatchObject({
      openCalls: 0,
      lastExport: null,
    });
  });

  it('has another entity tag once a call is over, and the calls of a past moment are not in it', async () => {
    const before = await get('/v1/pools');
    await given({ name: 'report-call-ended', body: { callId: 'call-2' } });
    const after = await service.get('/v1/pools', {
      ...as('viewer'),
      'if-none-match': String(before.headers['etag']),
    });
    expect(after.status).toBe(200);
    expect(entries(after.body['pools']).find(({ fqdn }) => fqdn === a)).toMatchObject({ openCalls: 1 });
    const then = await get(`/v1/pools?asOf=${JSON.stringify(before.body['position']).replaceAll('"', '')}`);
    expect(entries(then.body['pools']).find(({ fqdn }) => fqdn === a)).toMatchObject({ openCalls: 2 });
  });
});

describe('The readiness of all pools', () => {
  it('is that of each, the worst first, with what to do', async () => {
    const { body } = await get('/v1/readiness');
    const pools = entries(body['pools']);
    expect(pools.map(({ fqdn }) => fqdn).sort()).toEqual([a, b, c, d]);
    expect(pools[0]).toMatchObject({ fqdn: a, verdict: 'warnings' });
    for (const pool of pools) {
      const alone = (await get(`/v1/pools/${textOf(pool['fqdn'])}/readiness`)).body;
      const { verdict, counts, atStake, lastExport, question } = alone;
      expect(pool).toMatchObject({ verdict, counts, atStake, lastExport, question });
      expect(entries(pool['worst']).map(({ id }) => id)).toEqual(
        entries(alone['findings'])
          .slice(0, 3)
          .map(({ id }) => id),
      );
    }
    const needs = pools.map(({ counts }) =>
      Object.values(counts ?? {})
        .slice(0, 2)
        .map(Number),
    );
    expect(needs).toEqual(needs.toSorted(([c1 = 0, w1 = 0], [c2 = 0, w2 = 0]) => c2 - c1 || w2 - w1));
  });

  it('answers for a moment of the past, and is empty before the first pair', async () => {
    const then = await get('/v1/readiness?asOf=0');
    expect([then.status, then.body['pools'], then.body['counts']]).toEqual([
      200,
      [],
      { critical: 0, warning: 0, info: 0 },
    ]);
  });

  it('shows a scoped key its pools, in all figures', async () => {
    const { body } = await get('/v1/readiness', `viewer of ${b}`);
    const [only, ...others] = entries(body['pools']);
    expect([only?.['fqdn'], others, body['counts']]).toEqual([b, [], only?.['counts']]);
  });
});
