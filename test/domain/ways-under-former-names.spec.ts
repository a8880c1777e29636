/** Commands that name a lost pool: each way on that their refusal names works, whatever has become of the pool in its place. */
import { describe, expect, it } from '@jest/globals';
import type { PoolkeeperEvent } from '../../events/registry.js';
import { stageChanges } from '../../policy/stages.js';
import type { CommandBodies } from '../../src/domain/commands.js';
import { given, type Story } from '../support/given.js';
import {
  incidentClosed,
  outage,
  paired,
  pairId,
  poolA,
  poolB,
  poolC,
  poolReplaced,
  replacementCompleted,
  until,
} from '../support/story.js';

type Name = keyof CommandBodies;

const night = { type: 'PoolsPaired', data: { pairId, pools: [poolB, poolC] } } as const;
const replaced = [night, paired, until(poolA, 'failed-over'), poolReplaced()] as const;
const home = [...replaced, replacementCompleted(), incidentClosed(poolC)] as const;

const ended = { pairId, pools: [poolC, poolB] } as const;
const endOfPair: readonly PoolkeeperEvent[] = [
  { type: 'PoolsUnpaired', data: ended },
  { type: 'PairEnded', data: ended },
];

const situations: Readonly<Record<string, () => Story>> = {
  'does not serve yet': () => given(...replaced),
  'serves, and its incident is open': () => given(...replaced, replacementCompleted()),
  'is in its normal stage': () => given(...home),
  'has failed in its turn': () => given(...home, outage(poolC)),
  'is failing over in its turn': () => given(...home, until(poolC, 'failing-over')),
  'is failing back in its turn': () => given(...home, until(poolC, 'failing-back')),
  'is in its normal stage, and its partner has failed': () => given(...home, outage(poolB)),
  'is in no pair': () => given(...home, ...endOfPair),
};

const bodies = (pool: string): Partial<{ readonly [Key in Name]: CommandBodies[Key] }> => ({
  'choose-route': { pool, route: 'replacement' },
  'register-pair': { pools: [{ fqdn: pool }, { fqdn: poolB }] },
});
const bodyFor = (name: Name, pool: string): object => bodies(pool)[name] ?? { pool };

const commands: readonly Name[] = [
  ...stageChanges.map(({ command }) => command as Name),
  'choose-route',
  'unpair',
  'retire-pool',
  'unregister-pair',
];

const decided = (story: Story, name: Name, pool: string) =>
  story.when(name, bodyFor(name, pool) as never).decision;

describe.each(Object.keys(situations))('Where the pool in the place of a lost one %s', (situation) => {
  const story = (): Story => situations[situation]?.() ?? given();

  it.each(commands)('%s of the lost pool is refused with a way on that works', (name) => {
    const decision = decided(story(), name, poolA);
    expect(decision).toMatchObject({ outcome: 'refused', rule: 'pool-was-replaced' });
    const ways = decision.outcome === 'refused' ? decision.allowed : [];
    expect(ways.length).toBeGreaterThan(0);
    for (const way of ways) {
      const [command, pool = ''] = way.split(' ');
      expect({ way, decision: decided(story(), command as Name, pool) }).toMatchObject({
        decision: { outcome: 'accepted' },
      });
    }
  });
});
