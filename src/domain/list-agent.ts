/** Decides what a list of users shows of an agent. It shows what is: no rule about moves decides whether it may be. */
import type { PoolkeeperEvent } from '../../events/registry.js';
import type { AgentOnList } from '../../facts/agent.js';
import { poolOf } from '../../facts/copies.js';
import type { ListCommands } from './commands.js';
import { accepted, unknown, type Decision } from './decision.js';
import { takesPeopleIn } from './move-agent.js';
import type { AgentContext } from './sign-in.js';

export function listAgent({ agent, pair }: AgentContext, body: ListCommands['list-agent']): Decision {
  const { homePool, enabled, enterpriseVoice } = body;
  const home = homePool === null || pair === null ? undefined : poolOf(pair, homePool);
  if (homePool !== null && (pair === null || home === undefined))
    return unknown('/homePool', `Pool ${homePool} is not registered.`);
  if (agent === null && homePool === null) return unknown('/agent', `${body.agent} is not registered.`);
  const address = agent?.agent ?? body.agent;
  if (pair !== null && home !== undefined && agent?.homePool !== home.fqdn) {
    const ruling = takesPeopleIn(pair, home, address);
    if (ruling.outcome !== 'allowed') return ruling;
  }
  const events: PoolkeeperEvent[] = [];
  if (agent === null && homePool !== null)
    events.push({ type: 'AgentRegistered', data: { agent: address, homePool } });
  else if (agent !== null && homePool !== null && agent.homePool !== homePool)
    events.push({ type: 'AgentMoved', data: { agent: address, from: agent.homePool, homePool } });
  const shown = { listed: homePool !== null, enabled, enterpriseVoice };
  if (isNews(agent?.onList, shown)) events.push({ type: 'AgentListed', data: { agent: address, ...shown } });
  return accepted(events, { subject: address });
}

type Shown = Omit<AgentOnList, 'asOf'>;

/** Nothing said is nothing new. */
const isNews = (before: AgentOnList | undefined, { listed, enabled, enterpriseVoice }: Shown): boolean =>
  before?.listed !== listed ||
  (enabled !== null && before.enabled !== enabled) ||
  (enterpriseVoice !== null && before.enterpriseVoice !== enterpriseVoice);
