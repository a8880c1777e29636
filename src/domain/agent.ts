/** Decides the commands about an agent: registration, signing in and signing out. */
import { copyOf, governingCell, partnerOf, poolOf, requirePool } from '../../facts/copies.js';
import { isSignedIn, type AgentFacts } from '../../facts/agent.js';
import type { Copy, PairFacts } from '../../facts/pair.js';
import { consoleOf } from '../../policy/copies.js';
import { commandsToward, type Stage } from '../../policy/stages.js';
import type { AgentCommand, AgentCommands } from './commands.js';
import {
  accepted,
  alreadyHolds,
  noSuchId,
  unknown,
  type Decision,
  type Invalid,
  type Unknown,
} from './decision.js';
import { sameUri } from '../../policy/names.js';
import { labelOf } from './pair/hosted.js';
import { unreachable } from './unreachable.js';
import { allowed, evaluate, reasonsOf, refusedBy, type Ruling } from './rules.js';

export interface AgentContext {
  /** Null where the agent is not registered. */
  readonly agent: AgentFacts | null;
  /** The pair of the pool that the command names; null where no pair has it. */
  readonly pair: PairFacts | null;
}

export function decideAgent(context: AgentContext, command: AgentCommand): Decision {
  switch (command.name) {
    case 'register-agent':
      return registerAgent(context, command.body);
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
    return ruling.outcome === 'allowed' ? alreadyHolds(agent.agent) : ruling;
  }
  if (pair === null || poolOf(pair, body.homePool) === undefined)
    return unknown('/homePool', `Pool ${body.homePool} is not registered.`);
  const data = { agent: body.agent, homePool: body.homePool };
  return accepted([{ type: 'AgentRegistered', data }], { subject: body.agent });
}

/** Users are never rehomed while a pool fails and returns. */
export function homePoolIsConstant(agent: AgentFacts, homePool: string): Ruling {
  return agent.homePool === homePool
    ? allowed()
    : refusedBy('home-pool-is-constant', `${agent.agent} is homed in ${agent.homePool}.`);
}

type SignIn = AgentCommands['sign-in-agent'];

interface SignInTarget {
  readonly outcome: 'found';
  readonly agent: AgentFacts;
  readonly pair: PairFacts;
  readonly group: Copy;
}

function signInTargetOf({ agent, pair }: AgentContext, body: SignIn): SignInTarget | Invalid | Unknown {
  if (agent === null) return unknown('/agent', `${body.agent} is not registered.`);
  if (pair === null || poolOf(pair, body.pool) === undefined) {
    return unknown('/pool', `Pool ${body.pool} is not registered.`);
  }
  const group = copyOf(pair, body.pool, 'agent-group', body.agentGroup);
  return group === undefined
    ? noSuchId(
        '/agentGroup',
        body.agentGroup,
        `There is no agent-group "${body.agentGroup}" on ${body.pool}.`,
      )
    : { outcome: 'found', agent, pair, group };
}

function signIn(context: AgentContext, body: SignIn): Decision {
  const target = signInTargetOf(context, body);
  if (target.outcome !== 'found') return target;
  const { agent, pair, group } = target;
  const { pool, agentGroup } = body;
  if (isSignedIn(pair, group, agent)) return alreadyHolds();
  const ruling = evaluate(
    () => formalGroupsOnly(group),
    () => membersOnly(group, agent),
    () => consoleOpen(pair, group),
  );
  if (ruling.outcome !== 'allowed') return ruling;
  return accepted([{ type: 'AgentSignedIn', data: { agent: agent.agent, pool, agentGroup } }], {
    because: ruling.because,
  });
}

function signOut(context: AgentContext, body: SignIn): Decision {
  const target = signInTargetOf(context, body);
  if (target.outcome !== 'found') return target;
  const { agent, pair, group } = target;
  const { pool, agentGroup } = body;
  const ruling = formalGroupsOnly(group);
  if (ruling.outcome !== 'allowed') return ruling;
  return isSignedIn(pair, group, agent)
    ? accepted([{ type: 'AgentSignedOut', data: { agent: agent.agent, pool, agentGroup } }])
    : alreadyHolds();
}

export function formalGroupsOnly(group: Copy): Ruling {
  return group.properties['participationPolicy'] === 'Formal'
    ? allowed()
    : refusedBy(
        'informal-groups-have-no-sign-in',
        `The ${labelOf(group)} is informal: its agents are signed in with their client.`,
      );
}

/** The members of a distribution list are not known here, so only a list of agents can exclude anybody. */
export function membersOnly(group: Copy, agent: AgentFacts): Ruling {
  const members = group.properties['agentsByUri'];
  if (!Array.isArray(members) || members.length === 0) return allowed();
  return members.some((member) => typeof member === 'string' && sameUri(member, agent.agent))
    ? allowed()
    : refusedBy('not-a-member', `The ${labelOf(group)} does not list ${agent.agent}.`);
}

/** Whether agents can sign in to this copy now, by the row about the agent console. */
export function consoleOpen(pair: PairFacts, group: Copy): Ruling {
  const console = consoleOf(governingCell(pair, group));
  if (console.signIn) return allowed({ because: console.because });
  const owner = requirePool(pair, group.owner);
  return refusedBy(
    'console-closed',
    `${console.displayed ? 'Nobody can sign in to' : 'The console does not show'} the ${labelOf(group)} on ${group.parent} while ${owner.fqdn} is in stage ${owner.stage}.`,
    { because: reasonsOf(console), allowed: whereToSignIn(pair, group) },
  );
}

/** The other pool's copy, if agents can sign in to it; else the commands that would open this one. */
function whereToSignIn(pair: PairFacts, group: Copy): readonly string[] {
  const other = copyOf(pair, partnerOf(pair, group.parent).fqdn, group.kind, group.id);
  if (other !== undefined && consoleOf(governingCell(pair, other)).signIn) {
    return [`sign-in-agent ${other.parent}`];
  }
  if (group.owner !== group.parent) return [];
  const cell = governingCell(pair, group);
  const opens = (stage: Stage): boolean => consoleOf({ ...cell, stage, hostStage: stage }).signIn;
  return commandsToward(cell.stage, opens);
}
