/** Decides the commands about an agent: registration, moves, signing in and signing out. */
import { poolOf } from '../../facts/copies.js';
import type { AgentFacts } from '../../facts/agent.js';
import type { AgentCommand, AgentCommands } from './commands.js';
import { accepted, alreadyHolds, unknown, type Decision } from './decision.js';
import { poolWasReplaced } from './pair/former-names.js';
import { atReportedTime, unreported, type Reported } from './reported-time.js';
import { allowed, refusedBy, type Ruling } from './rules.js';
import { listAgent } from './list-agent.js';
import { heldHome, moveAgent, takesPeopleIn } from './move-agent.js';
import { signIn, signOut, type AgentContext } from './sign-in.js';
import { unreachable } from './unreachable.js';

export type { AgentContext } from './sign-in.js';

export function decideAgent(
  context: AgentContext,
  command: AgentCommand,
  reported: Reported = unreported,
): Decision {
  return atReportedTime(decide(context, command, reported), command, reported, {
    pair: context.pair,
    pool: null,
  });
}

function decide(context: AgentContext, command: AgentCommand, { happenedAt }: Reported): Decision {
  switch (command.name) {
    case 'register-agent':
      return registerAgent(context, command.body);
    case 'move-agent':
      return moveAgent(context, command.body);
    case 'list-agent':
      return listAgent(context, command.body, happenedAt);
    case 'sign-in-agent':
      return signIn(context, command.body);
    case 'sign-out-agent':
      return signOut(context, command.body);
    default:
      return unreachable(command);
  }
}

function registerAgent({ agent, pair }: AgentContext, body: AgentCommands['register-agent']): Decision {
  if (agent !== null) {
    const ruling = homePoolIsConstant(agent, body.homePool);
    if (ruling.outcome !== 'allowed') return ruling;
    return alreadyHolds(agent.agent, heldHome(agent));
  }
  const home = pair === null ? undefined : poolOf(pair, body.homePool);
  if (pair === null || home === undefined)
    return (
      (pair === null ? null : poolWasReplaced(pair, body.homePool, `register-agent ${body.agent}`)) ??
      unknown('/homePool', `Pool ${body.homePool} is not registered.`)
    );
  const ruling = takesPeopleIn(pair, home, body.agent);
  if (ruling.outcome !== 'allowed') return ruling;
  const data = { agent: body.agent, homePool: body.homePool };
  return accepted([{ type: 'AgentRegistered', data }], { subject: body.agent });
}

/** Users are not rehomed while a pool fails and returns, and where they are moved that is a fact of its own. */
export function homePoolIsConstant(agent: AgentFacts, homePool: string): Ruling {
  return agent.homePool === homePool
    ? allowed()
    : refusedBy(
        'home-pool-is-constant',
        `${agent.agent} is homed in ${agent.homePool}. If they were moved to ${homePool}, record that with move-agent.`,
        {
          allowed: [
            `move-agent --agent ${agent.agent} --home-pool ${homePool}`,
            `register-agent --agent ${agent.agent} --home-pool ${agent.homePool}`,
          ],
        },
      );
}
