/** What is answered of a moment stays as it was then, whatever is recorded of replication afterwards: on each store. */
import { describe, it } from '@jest/globals';
import { fc, runs } from '../support/properties.js';
import { textOf } from '../../examples/generator/text-of.js';
import { mediumOf, type MediumKind } from './support/mediums.js';
import { entries } from './support/pair.js';
import { Clock, differ, everything, only, type Shown } from './support/past-views.js';
import {
  agent,
  beginnings,
  calls,
  pools,
  Replaying,
  replicationHistory,
  type ReplicationStep,
} from './support/random-replication.js';
import { Service } from './support/service.js';

const ofPool = [
  '',
  '/visibility',
  '/editability',
  '/statements',
  '/call-status',
  '/calls?limit=1000',
  '/configuration',
  '/readiness',
  '/runbook',
  '/audit-trail?limit=1000',
];
const dated: readonly string[] = [
  '/v1/pools',
  ...pools.flatMap((pool) => ofPool.map((view) => `/v1/pools/${pool}${view}`)),
  `/v1/agents/${agent}/console`,
  ...calls.map((call) => `/v1/calls/${call}`),
];

async function tried(kind: MediumKind, history: readonly ReplicationStep[], every: number): Promise<void> {
  const medium = await mediumOf(kind);
  const clock = new Clock();
  let service = await Service.start({ store: await medium.open(clock.now), clock: clock.now });
  try {
    await service.given(...beginnings);
    const replaying = new Replaying(service);
    const given: string[] = [];
    const then = new Map<string, Shown>();
    for (const [index, step] of history.entries()) {
      clock.goOn();
      const answer = await replaying.give(step, clock.now());
      if (answer === null) continue;
      given.push(`${answer.status} ${JSON.stringify(step)}`);
      if (![200, 400, 404, 409].includes(answer.status))
        throw new Error(`${given.join('\n')}\n${answer.text}`);
      const events = entries(answer.body['events'] ?? []);
      // Ages of a past moment count up to the newest event of the pair or its agents, and not of its calls.
      const isOfCall = 'name' in step && step.name.startsWith('report-call');
      if (index % every === 0 && events.length > 0 && !isOfCall)
        then.set(textOf(answer.body['position'] ?? ''), await everything(service, dated, null));
    }
    const compare = async (when: string): Promise<void> => {
      for (const [position, newest] of then) {
        const there = dated.filter((url) => newest[url] !== 404);
        differ(
          given,
          `${when} ${position}`,
          only(there, newest),
          await everything(service, there, `asOf=${position}`),
        );
      }
    };
    await compare('at');
    await service.stop();
    service = await Service.start({ store: await medium.open(clock.now), clock: clock.now });
    await service.caughtUp();
    await compare('opened again, at');
  } finally {
    await service.stop();
    medium.release();
  }
}

describe.each(['memory', 'sqlite'] as const)('Of a pair that replicates, on the store %s', (kind) => {
  it('every view of an earlier moment is what it was when that was the newest', async () => {
    await fc.assert(
      fc.asyncProperty(replicationHistory(40), fc.integer({ min: 6, max: 12 }), (history, every) =>
        tried(kind, history, every),
      ),
      { numRuns: runs(6), endOnFailure: true },
    );
  });
});
