/** The name of a pool that was replaced is given to a new one: moments before that are answered as they were. */
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { textOf } from '../../examples/generator/text-of.js';
import { ask, callArrives, moveAgent, registerPair } from './support/commands.js';
import { entries, Pair } from './support/pair.js';
import { Service } from './support/service.js';

const clock = () => new Date('2026-11-24T03:00:00Z');
const built = 'bonn.contoso.com';
let service: Service;
let pair: Pair;
let other: Pair;
beforeEach(async () => {
  service = await Service.start({ clock });
  pair = await Pair.withImport(service);
  other = await Pair.registered(service);
  await service.given(callArrives('before', pair.primary, pair.regular));
  await pair.reaches('failed-over');
});
afterEach(() => service.stop());

const views = [
  '',
  '/visibility',
  '/editability',
  '/call-status',
  '/calls',
  '/readiness',
  '/runbook',
  '/configuration',
  '/audit-trail?limit=1000',
  '/incidents',
  '/exports',
];
const shownAt = async (pool: string, position: string): Promise<readonly unknown[]> =>
  await Promise.all(
    views.map(
      async (view) =>
        await service.shown(`/v1/pools/${pool}${view}${view.includes('?') ? '&' : '?'}asOf=${position}`),
    ),
  );
const positionNow = async (): Promise<string> =>
  textOf((await service.shown(`/v1/pools/${pair.backup}`))['position']);

it('Each name answers for moments before and after the replacement as it did before its name was given again', async () => {
  const lost = pair.primary;
  const before = await positionNow();
  await service.given(
    ask('replace-pool', { failed: lost, replacement: built }),
    moveAgent(pair.agentOfPrimary, other.primary, true),
  );
  const after = await positionNow();
  const pools = [lost, pair.backup, built];
  const all = async (): Promise<unknown> =>
    await Promise.all(
      pools.flatMap((pool) => [before, after].map(async (position) => await shownAt(pool, position))),
    );
  const then = await all();
  await service.given(registerPair(lost, 'oslo.contoso.com'));
  expect(await all()).toEqual(then);
  expect(await service.shown(`/v1/pools/${lost}`)).toMatchObject({
    partner: 'oslo.contoso.com',
    stage: 'normal',
  });
  expect(await service.shown(`/v1/pools/${lost}`)).not.toHaveProperty('ended');
  const moves = async (pool: string): Promise<number> => {
    const { entries: trail } = await service.shown(`/v1/pools/${pool}/audit-trail?type=AgentMoved`);
    return entries(trail).length;
  };
  expect(await Promise.all([pair.backup, built, lost].map(moves))).toEqual([1, 1, 0]);
});
