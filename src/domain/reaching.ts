/** Whether an agent can be reached, and what has to happen first where not. */
import type { AgentFacts } from '../../facts/agent.js';
import { reachAt, servingUsersOf, type HomePool } from '../../facts/agent-home.js';
import type { CallFacts } from '../../facts/call.js';
import { poolOf } from '../../facts/copies.js';
import type { PairFacts } from '../../facts/pair.js';
import { commandsToward, type Stage } from '../../policy/stages.js';
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
  const isLater = (later: There): boolean =>
    reachAt(later, agent.homePool === call.pool)?.reachability === 'reachable';
  return refusedBy(
    'agent-unreachable',
    `${agent.agent} is homed in ${agent.homePool}, ${howItIs(home, agent.homePool)}`,
    { because: reasonsOf(reach), allowed: ['agent', ...toReach(pair, agent, home, isLater)] },
  );
}

type There = HomePool & { readonly state: 'there' };

function howItIs(home: HomePool, fqdn: string): string {
  switch (home.state) {
    case 'there':
      return howItIsServed(home, servingUsersOf(fqdn, home) !== fqdn);
    case 'replaced':
      return `which is lost: ${home.by} has taken its place, and the agent is not moved there yet.`;
    case 'retired':
      return 'which was retired: nobody reaches them until they are moved to another pool.';
    case 'given-up':
      return 'which was given up, and nobody stands in for it: nobody reaches them until they are moved to another pool.';
  }
}

function howItIsServed(home: There, byBackup: boolean): string {
  const where = byBackup ? `which ${home.backup?.fqdn ?? ''} stands in for, and there` : 'where';
  if (home.frontEndsStopped === true)
    return `${where} the Front End service is on record as stopped on all Front End servers.`;
  return byBackup && home.backup !== undefined
    ? `which ${home.backup.fqdn} stands in for, and that is in stage ${home.backup.stage} itself.`
    : `which is in stage ${home.stage}.`;
}

/** The steps after which the agent can be reached, each with the pool or the agent that it is about. */
function toReach(
  pair: PairFacts | null,
  { agent, homePool }: AgentFacts,
  home: HomePool,
  isReached: (later: There) => boolean,
): readonly string[] {
  if (home.state !== 'there') return [`move-agent ${agent} force`];
  const serving = servingUsersOf(homePool, home);
  if (home.frontEndsStopped === true) return [`report-service ${serving}`];
  // Of a pool of another pair no more than its stage is known here.
  const poolIn = (fqdn: string) => (pair === null ? undefined : poolOf(pair, fqdn)) ?? {};
  if (serving !== homePool && home.backup !== undefined) {
    const isBack = (stage: Stage): boolean => isReached({ ...home, backup: { fqdn: serving, stage } });
    return commandsToward(home.backup.stage, isBack, poolIn(serving)).map(
      (command) => `${command} ${serving}`,
    );
  }
  const isLater = (stage: Stage): boolean => isReached({ ...home, stage });
  return commandsToward(home.stage, isLater, poolIn(homePool)).map((command) => `${command} ${homePool}`);
}
