/** Random histories: legal stage changes of both pools, with calls, imports and edits in any order. */
import fc from 'fast-check';
import type { PoolkeeperEvent } from '../../events/registry.js';
import { evolvePair, type PairFacts } from '../../facts/pair.js';
import { isOpenTo, stageChanges } from '../../policy/stages.js';
import {
  arrived,
  connected,
  ended,
  failoverInitiated,
  imported,
  modified,
  outage,
  pairRegistered,
  placedOnBehalf,
  poolA,
  poolB,
  removed,
  workflow,
} from './story.js';
import { recorded } from './recorded.js';

/** Mostly one pool, so that histories get as far as its failback. */
const pool = fc.constantFrom(poolA, poolA, poolA, poolB);
const group = fc.constantFrom('help', 'help', 'masked');
const call = fc.nat({ max: 25 }).map((n) => `c${n}`);

/** One of the calls so far. */
const nth = fc.nat({ max: 25 });

const step = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({ do: fc.constant('stage' as const), pool, pick: fc.constantFrom(0, 0, 0, 1, 2) }),
  },
  { weight: 6, arbitrary: fc.record({ do: fc.constant('arrive' as const), call, pool, group }) },
  { weight: 5, arbitrary: fc.record({ do: fc.constant('connect' as const), nth }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('end' as const), nth }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('on-behalf' as const), call, pool, group }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('import' as const), pool }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('remove' as const), pool, group }) },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('edit' as const), pool, group, anonymous: fc.boolean() }),
  },
);
type Step = typeof step extends fc.Arbitrary<infer Value> ? Value : never;

const idOf = (owner: string, name: string): string => `${name}-${owner === poolA ? 'a' : 'b'}`;

function eventsOf(pair: PairFacts, calls: readonly string[], taken: Step): readonly PoolkeeperEvent[] {
  switch (taken.do) {
    case 'stage': {
      const facts = pair.pools.find(({ fqdn }) => fqdn === taken.pool);
      const legal = stageChanges.filter(
        (one) => facts !== undefined && one.from.includes(facts.stage) && isOpenTo(one, facts),
      );
      const change = legal[taken.pick % legal.length];
      return change === undefined ? [] : [stageEvent(change.event, taken.pool)];
    }
    case 'arrive':
      return [arrived(taken.call, taken.pool, idOf(taken.pool, taken.group))];
    case 'connect':
      return [connected(calls[taken.nth % calls.length] ?? 'unheard-of')];
    case 'end':
      return [ended(calls[taken.nth % calls.length] ?? 'unheard-of')];
    case 'on-behalf':
      return [placedOnBehalf(`out-${taken.call}`, taken.pool, idOf(taken.pool, taken.group))];
    case 'import': {
      const own = [...pair.copies.values()].filter(
        ({ owner, parent }) => owner === parent && owner === taken.pool,
      );
      return imported(taken.pool, own, `export-${pair.exports.size}`);
    }
    case 'remove':
      return [removed(taken.pool, 'workflow', idOf(taken.pool, taken.group))];
    case 'edit': {
      const properties = { anonymous: taken.anonymous };
      return [modified(taken.pool, 'workflow', idOf(taken.pool, taken.group), properties)];
    }
  }
}

function stageEvent(type: (typeof stageChanges)[number]['event'], fqdn: string): PoolkeeperEvent {
  switch (type) {
    case 'OutageDeclared':
      return outage(fqdn);
    case 'FailoverInitiated':
      return failoverInitiated(fqdn);
    case 'OutageEnded':
    case 'FailbackInitiated':
    case 'IncidentClosed':
      return { type, data: { pool: fqdn } };
    default:
      return { type, data: { pool: fqdn, reason: null } };
  }
}

export interface Wishes {
  readonly imports?: boolean;
  readonly choice?: 'literal' | 'survive';
}

function tell(steps: readonly Step[], choice: string, takeover: string): readonly PoolkeeperEvent[] {
  const events: PoolkeeperEvent[] = [
    pairRegistered({ 'calls-on-live-backup': choice, 'registrar-takeover': takeover }),
    ...[poolA, poolB].flatMap((fqdn) => [
      workflow(fqdn, idOf(fqdn, 'help')),
      workflow(fqdn, idOf(fqdn, 'masked'), true),
    ]),
  ];
  let pair = recorded(events).reduce<PairFacts | null>(evolvePair, null);
  for (const taken of steps) {
    if (pair === null) break;
    const calls = events.flatMap(({ type, data }) => (type === 'CallArrived' ? [data.callId] : []));
    const next = eventsOf(pair, calls, taken);
    pair = recorded(next, events.length + 1).reduce<PairFacts | null>(evolvePair, pair);
    events.push(...next);
  }
  return events;
}

export const anyHistory = ({ imports = true, choice }: Wishes = {}) =>
  fc
    .tuple(
      fc.array(step, { maxLength: 120, size: 'max' }),
      choice === undefined ? fc.constantFrom('literal', 'survive') : fc.constant(choice),
      fc.constantFrom('literal', 'literal', 'after-interval', 'none'),
    )
    .map(([steps, chosen, takeover]) =>
      recorded(tell(imports ? steps : steps.filter((taken) => taken.do !== 'import'), chosen, takeover)),
    );
