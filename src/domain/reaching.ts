/** Whether an agent can be reached, and what has to happen first where not. */
import type { AgentFacts } from '../../facts/agent.js';
import type { CallFacts } from '../../facts/call.js';
import { poolOf } from '../../facts/copies.js';
import type { PairFacts } from '../../facts/pair.js';
import { reachabilityOfAgent } from '../../policy/calls.js';
import { commandsToward, type Stage } from '../../policy/stages.js';
import type { CallContext } from './call.js';
import { allowed, reasonsOf, refusedBy, type Ruling } from './rules.js';

/** Nobody reaches an agent whose home is lost, until the agent is moved. */
export function homePoolStands(
  agent: AgentFacts,
  {
    agentHomeReplacedBy: replacedBy,
    agentHomeEnd: end,
  }: Pick<CallContext, 'agentHomeReplacedBy' | 'agentHomeEnd'>,
): Ruling {
  if (end !== undefined) {
    const what = end === 'retired' ? 'was retired' : 'was given up, and nobody stands in for it';
    return refusedBy(
      'agent-unreachable',
      `${agent.agent} is homed in ${agent.homePool}, which ${what}: nobody reaches them until they are moved to another pool.`,
      { because: ['home-pool-ended'], allowed: ['agent', `move-agent ${agent.agent}`] },
    );
  }
  if (replacedBy === undefined) return allowed();
  return refusedBy(
    'agent-unreachable',
    `${agent.agent} is homed in ${agent.homePool}, which is lost: ${replacedBy} has taken its place, and the agent is not moved there yet.`,
    { because: ['replaced-pool'], allowed: ['agent'] },
  );
}

/** Until failover completes, and again during failback, nobody reaches the agents of the failed pool. */
export function agentReachable(
  pair: PairFacts | null,
  call: CallFacts,
  agent: AgentFacts,
  homeStage: Stage | null,
): Ruling {
  if (homeStage === null) return allowed();
  const reach = reachabilityOfAgent(homeStage, agent.homePool === call.pool);
  if (reach.reachability === 'reachable') return allowed({ because: reach.because });
  return refusedBy(
    'agent-unreachable',
    `${agent.agent} is homed in ${agent.homePool}, which is in stage ${homeStage}.`,
    { because: reasonsOf(reach), allowed: ['agent', ...toReach(pair, agent, call, homeStage)] },
  );
}

/** The steps after which the agent can be reached, each with the pool that it is about. */
const toReach = (
  pair: PairFacts | null,
  agent: AgentFacts,
  call: CallFacts,
  homeStage: Stage,
): readonly string[] =>
  commandsToward(
    homeStage,
    (stage) => reachabilityOfAgent(stage, agent.homePool === call.pool).reachability === 'reachable',
    // Of a pool of another pair no more than its stage is known here.
    (pair === null ? undefined : poolOf(pair, agent.homePool)) ?? {},
  ).map((command) => `${command} ${agent.homePool}`);
