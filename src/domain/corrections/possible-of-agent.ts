import type { AgentMoved } from '../../../events/agent.js';
import type { Recorded } from '../../../events/envelope.js';
import type { PoolkeeperEvent } from '../../../events/registry.js';
import type { AgentFacts } from '../../../facts/agent.js';
import { homePoolIn } from '../../../facts/agent-home.js';
import { decideAgent } from '../agent.js';
import type { AgentCommand } from '../commands.js';
import { whyNot } from './why-not.js';
import type { World } from './world.js';

/** Why an event of an agent cannot have happened; null where it can, or where nothing tells. */
export function whyImpossibleOfAgent(
  world: World,
  event: Extract<Recorded<PoolkeeperEvent>, { type: AgentEventType }>,
): string | null {
  const agent = world.agent(event.stream);
  if (event.type === 'AgentRegistered') return null;
  if (agent === null) return `${event.data.agent} would not be registered.`;
  if (event.type === 'AgentListed') return null;
  if (event.type === 'AgentMoved') return ofMove(world, agent, event.data);
  const pair = world.pairOf(event.data.pool);
  if (pair === undefined) return null;
  const { agent: address, pool, agentGroup } = event.data;
  const name = event.type === 'AgentSignedIn' ? 'sign-in-agent' : 'sign-out-agent';
  const command: AgentCommand = { name, body: { agent: address, pool, agentGroup } };
  return whyNot(decideAgent({ agent, pair }, command));
}

/** A list of users may show where somebody was moved to: that no rule decides. */
function ofMove(
  world: World,
  agent: AgentFacts,
  { from, homePool, force }: AgentMoved['data'],
): string | null {
  if (agent.homePool !== from) return `${agent.agent} would be homed in ${agent.homePool}, not in ${from}.`;
  const pair = world.pairOf(homePool);
  if (pair === undefined) return null;
  const home = world.pairOf(from);
  const forced = force === undefined ? {} : { force };
  return whyNot(
    decideAgent(
      {
        agent,
        pair,
        ...(home === undefined ? {} : { home: home === null ? null : homePoolIn([home], from) }),
      },
      { name: 'move-agent', body: { agent: agent.agent, homePool, ...forced } },
    ),
  );
}
type AgentEventType = 'AgentRegistered' | 'AgentMoved' | 'AgentListed' | 'AgentSignedIn' | 'AgentSignedOut';
