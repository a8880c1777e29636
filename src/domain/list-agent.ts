/** Decides what a list of users shows of an agent. It shows what is: no rule about moves decides whether it may be. */
import type { PoolkeeperEvent } from '../../events/registry.js';
import { poolOf } from '../../facts/copies.js';
import type { ListCommands } from './commands.js';
import { accepted, unknown, type Decision } from './decision.js';
import { newsFor } from './list-news.js';
import { takesPeopleIn } from './move-agent.js';
import type { AgentContext } from './sign-in.js';

/** @param writtenAt as of when the list is; null where as of now */
export function listAgent(
  { agent, pair }: AgentContext,
  body: ListCommands['list-agent'],
  writtenAt: string | null,
): Decision {
  const { homePool } = body;
  const home = homePool === null || pair === null ? undefined : poolOf(pair, homePool);
  if (homePool !== null && (pair === null || home === undefined))
    return unknown('/homePool', `Pool ${homePool} is not registered.`);
  if (agent === null && homePool === null) return unknown('/agent', `${body.agent} is not registered.`);
  const address = agent?.agent ?? body.agent;
  const news = newsFor(agent, body, writtenAt);
  if (pair !== null && home !== undefined && (agent === null || news.homePool !== null)) {
    const ruling = takesPeopleIn(pair, home, address);
    if (ruling.outcome !== 'allowed') return ruling;
  }
  const events: PoolkeeperEvent[] = [];
  if (agent === null && homePool !== null)
    events.push({ type: 'AgentRegistered', data: { agent: address, homePool } });
  else if (agent !== null && news.homePool !== null)
    events.push({
      type: 'AgentMoved',
      data: { agent: address, from: agent.homePool, homePool: news.homePool },
    });
  if (news.shown !== null) events.push({ type: 'AgentListed', data: { agent: address, ...news.shown } });
  return accepted(events, { subject: address });
}
