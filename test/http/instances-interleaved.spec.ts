import { describe, expect, it } from '@jest/globals';
import { fc, runs } from '../support/properties.js';
import type { StoredEvent } from '../../src/store/port.js';
import { stageChangeOf, type Stage } from '../../policy/stages.js';
import { InProcessServer } from '../store/eventstoredb/server/server.js';
import { storeOn } from './support/instances.js';
import { founding, histories, play, poolsOfPair } from './support/random-history.js';
import { Service } from './support/service.js';
import { textOf } from '../../examples/generator/text-of.js';

const pair = 1;
async function logOf(service: Service): Promise<readonly StoredEvent[]> {
  const log: StoredEvent[] = [];
  for await (const page of service.poolkeeper.store.readAll()) log.push(...page);
  return log;
}

/** Every stage of every pool follows on the one before. */
function everyStageIsALegalStep(log: readonly StoredEvent[]): void {
  const stages = new Map<string, Stage>();
  const beforeFailover = new Map<string, Stage>();
  for (const { type, data } of log) {
    const change = stageChangeOf(type);
    if (change === undefined) continue;
    const pool = textOf(data['pool']);
    const stage = stages.get(pool) ?? 'normal';
    expect({ pool, type, possibleFrom: change.from }).toMatchObject({
      possibleFrom: expect.arrayContaining([stage]),
    });
    if (type === 'FailoverInitiated') beforeFailover.set(pool, stage);
    stages.set(pool, change.to === 'back' ? (beforeFailover.get(pool) ?? 'normal') : change.to);
  }
}

const views = [
  '/v1/pools',
  ...poolsOfPair(pair).flatMap((pool) =>
    ['', '/visibility', '/editability', '/call-status', '/calls?limit=1000', '/audit-trail?limit=1000'].map(
      (view) => `/v1/pools/${pool}${view}`,
    ),
  ),
];

async function everything(service: Service): Promise<readonly unknown[]> {
  await service.caughtUp();
  const shown = [];
  for (const url of views) shown.push({ url, body: await service.shown(url) });
  return shown;
}

describe('Two instances that are told different histories of one pair at the same time', () => {
  it('take only legal steps, and both show what a third one reads from the log', () =>
    fc.assert(
      fc.asyncProperty(
        histories([pair], { withImports: true }),
        histories([pair], { withImports: true }),
        async (oneStory, otherStory) => {
          const server = new InProcessServer();
          await server.start();
          const services: Service[] = [];
          const start = async (): Promise<Service> => {
            const service = await Service.start({ store: storeOn(server) });
            services.push(service);
            return service;
          };
          try {
            const [one, other] = [await start(), await start()];
            const statuses = new Set<number>();
            const watch = (_command: unknown, status: number): void => void statuses.add(status);
            await one.given(...founding(pair));
            await other.caughtUp();
            await Promise.all([play(one, oneStory, watch), play(other, otherStory, watch)]);
            expect([200, 400, 404, 409]).toEqual(expect.arrayContaining([...statuses]));

            const log = await logOf(one);
            everyStageIsALegalStep(log);
            const calls = log.filter(({ type }) => type === 'CallArrived').map(({ data }) => data['callId']);
            expect(new Set(calls).size).toBe(calls.length);
            const shown = await everything(await start());
            expect(await everything(one)).toEqual(shown);
            expect(await everything(other)).toEqual(shown);
          } finally {
            await Promise.all(services.map((service) => service.stop()));
            server.stop();
          }
        },
      ),
      { numRuns: runs(5), seed: 20131019, endOnFailure: true },
    ));
});
