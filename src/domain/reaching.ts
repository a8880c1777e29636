/** Whether an agent can be reached, and what has to happen first where not. */
import type { AgentFacts } from '../../facts/agent.js';
import {
  reachAt,
  poolStandingIn,
  type HomePool,
  type HomePoolThere,
  type Serving,
} from '../../facts/agent-home.js';
import type { CallFacts } from '../../facts/call.js';
import { poolOf } from '../../facts/copies.js';
import type { PairFacts } from '../../facts/pair.js';
import { commandsToward, isDown, type Stage } from '../../policy/stages.js';
import { allowed, reasonsOf, refusedBy, type Ruling } from './rules.js';

/**
 * Until failover completes, and again during failback, nobody reaches the agents of the failed pool; nor after failover,
 * while the pool that stands in is down as well; nor those of a pool that is lost or has ended, until they are moved.
 */
export function agentReachable(
  pair: PairFacts | null,
  call: CallFacts,
  agent: AgentFacts,
  home: HomePool | null,
): Ruling {
  const reach = reachAt(home, agent.homePool === call.pool);
  if (home === null || reach === null) return allowed();
  if (reach.reachability === 'reachable') return allowed({ because: reach.because });
  const backup = home.state === 'there' && home.backup !== undefined ? { backup: home.backup } : {};
  const isLater = (stage: Stage): boolean =>
    reachAt({ state: 'there', stage, ...backup }, agent.homePool === call.pool)?.reachability === 'reachable';
  return refusedBy('agent-unreachable', `${agent.agent} is homed in ${agent.homePool}, ${howItIs(home)}`, {
    because: reasonsOf(reach),
    allowed: ['agent', ...toReach(pair, agent, home, isLater)],
  });
}

function howItIs(home: HomePool): string {
  switch (home.state) {
    case 'there':
      if (home.inPlace === 'built')
        return 'which takes the place of a lost pool and is not started yet, by what is on record.';
      return howItIsThere(home);
    case 'replaced':
      return home.servedBy === undefined
        ? `which is lost: ${home.by} has taken its place, and the agent is not moved there yet.`
        : `which is lost. ${howItServes(home.servedBy)}`;
    case 'retired':
      return 'which was retired: nobody reaches them until they are moved to another pool.';
    case 'given-up':
      return 'which was given up, and nobody stands in for it: nobody reaches them until they are moved to another pool.';
  }
}

function howItIsThere(home: HomePoolThere): string {
  const standIn = poolStandingIn(home);
  if (standIn !== undefined) return `which is failed over. ${howItServes(standIn)}`;
  return home.frontEndsStopped === true
    ? 'where the Front End service is on record as stopped on all Front End servers.'
    : `which is in stage ${home.stage}.`;
}

const howItServes = ({ fqdn, stage, frontEndsStopped }: Serving): string =>
  frontEndsStopped === true
    ? `${fqdn}, which stands in for it, is without its Front End service: that is on record as stopped on all Front End servers.`
    : `${fqdn}, which stands in for it, is in stage ${stage} itself.`;

/** The steps after which the agent can be reached, each with the pool or the agent that it is about. */
function toReach(
  pair: PairFacts | null,
  { agent, homePool }: AgentFacts,
  home: HomePool,
  isReached: (stage: Stage) => boolean,
): readonly string[] {
  // Of a pool of another pair no more than its stage is known here.
  const poolIn = (fqdn: string) => (pair === null ? undefined : poolOf(pair, fqdn)) ?? {};
  const standIn =
    home.state === 'there' ? poolStandingIn(home) : home.state === 'replaced' ? home.servedBy : undefined;
  if (standIn !== undefined) {
    const { fqdn, stage, frontEndsStopped } = standIn;
    if (frontEndsStopped === true) return [`report-service ${fqdn}`];
    return commandsToward(stage, (later) => !isDown(later), poolIn(fqdn)).map(
      (command) => `${command} ${fqdn}`,
    );
  }
  if (home.state !== 'there') return [`move-agent ${agent} force`];
  if (home.frontEndsStopped === true) return [`report-service ${homePool}`];
  if (home.inPlace === 'built') return [`complete-replacement ${homePool}`, `report-service ${homePool}`];
  return commandsToward(home.stage, isReached, poolIn(homePool)).map((command) => `${command} ${homePool}`);
}
