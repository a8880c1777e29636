/** Which commands lead to another state of a pair: found by giving them to their deciders, one after the other. */
import type { Recorded } from '../../events/envelope.js';
import type { PoolkeeperEvent } from '../../events/registry.js';
import { pairStream } from '../../events/streams.js';
import { evolvePair, type PairFacts, type PoolFacts } from '../../facts/pair.js';
import type { PairCommand } from './commands.js';
import { decidePair } from './pair/decide.js';
import type { LifecycleCommand } from './pair/lifecycle.js';

/** How many states are looked at: the stages and databases of two pools make no more. */
const mostStates = 2_000;

export interface Wish {
  /** Whether a state is the one that is looked for. */
  readonly holds: (pair: PairFacts) => boolean;
  /** Whether commands count that report a new fault. */
  readonly byFaults: boolean;
}

interface Way {
  readonly pair: PairFacts;
  readonly commands: readonly string[];
}

/** The shortest series of commands, each with its pool; empty where none leads there. */
export function commandsLeadingTo(pair: PairFacts, { holds, byFaults }: Wish): readonly string[] {
  const ways: Way[] = [{ pair: withoutHistory(pair), commands: [] }];
  const seen = new Set(ways.map((way) => stateOf(way.pair)));
  for (const { pair: state, commands } of ways) {
    for (const { command, words } of stepsFrom(state, byFaults)) {
      const next = after(state, command);
      if (next === null || seen.has(stateOf(next))) continue;
      const way = { pair: next, commands: [...commands, words] };
      if (holds(next)) return way.commands;
      seen.add(stateOf(next));
      if (ways.length < mostStates) ways.push(way);
    }
  }
  return [];
}

interface Step {
  readonly command: PairCommand;
  readonly words: string;
}

/** Nobody intends a failover or a failback to fail. */
const intended: readonly Exclude<LifecycleCommand['name'], 'fail-failover' | 'fail-failback'>[] = [
  'declare-outage',
  'end-outage',
  'initiate-failover',
  'complete-failover',
  'failback',
  'complete-failback',
  'complete-replacement',
  'close-incident',
];

function stepsFrom({ pools }: PairFacts, byFaults: boolean): readonly Step[] {
  return pools.flatMap(({ fqdn: pool }) => {
    const state = byFaults ? 'unavailable' : 'available';
    const database: Step = {
      command: { name: 'report-back-end-database', body: { pool, state } },
      words: `report-back-end-database ${pool} ${state}`,
    };
    const changes = intended.flatMap((name): readonly Step[] =>
      name === 'declare-outage' && !byFaults
        ? []
        : [{ command: { name, body: { pool } }, words: `${name} ${pool}` }],
    );
    return [...changes, database];
  });
}

/** Null where the command is refused or changes nothing. */
function after(pair: PairFacts, command: PairCommand): PairFacts | null {
  const decision = decidePair(pair, command, '');
  if (decision.outcome !== 'accepted' || decision.events.length === 0) return null;
  return decision.events.reduce<PairFacts | null>(
    (state, event) => evolvePair(state, supposed(event, pair.pairId)),
    forked(pair),
  );
}

/** Supposed events need no history, and no answer that is looked for here shows any. */
const withoutHistory = (pair: PairFacts): PairFacts => ({
  ...pair,
  incidents: [],
  incidentLog: [],
  recorded: new Map(),
});

/** The fold owns its state: what a change of stage touches is copied first. */
function forked(pair: PairFacts): PairFacts {
  const [first, second] = pair.pools;
  const copyOf = (pool: PoolFacts): PoolFacts => ({ ...pool, signInsVoidUpTo: { ...pool.signInsVoidUpTo } });
  return withoutHistory({ ...pair, pools: [copyOf(first), copyOf(second)] });
}

const stateOf = ({ pools }: PairFacts): string =>
  pools
    .map(({ stage, backEndDatabase, failoverFrom, lastStageEvent }) =>
      [stage, backEndDatabase, failoverFrom, lastStageEvent].join(' '),
    )
    .join('|');

/** After everything that is on record. */
const supposedPosition = 2n ** 62n;
const supposedTime = '9999-12-31T23:59:59.999Z';

function supposed(event: PoolkeeperEvent, pairId: string): Recorded<PoolkeeperEvent> {
  const metadata = {
    actor: '',
    correlationId: '',
    causationId: '',
    commandId: '',
    occurredAt: supposedTime,
    recordedAt: supposedTime,
    schemaVersion: 1,
    hash: '',
  };
  const envelope = {
    id: '',
    stream: pairStream(pairId),
    revision: supposedPosition,
    position: supposedPosition,
  };
  return { ...envelope, ...event, recordedAt: supposedTime, metadata };
}
