/** Decides who signs in to which copies of agent groups, and out of them. */
import { isSignedIn, signInKey, signInTo as signInOnRecord, type AgentFacts } from '../../facts/agent.js';
import type { HomePool } from '../../facts/agent-home.js';
import { copyOf, governingCell, ownerOf, partnerOf, poolOf, requirePool } from '../../facts/copies.js';
import type { EventRef } from '../../facts/event-ref.js';
import type { Copy, PairFacts } from '../../facts/pair.js';
import { consoleOf } from '../../policy/copies.js';
import { sameUri } from '../../policy/names.js';
import { commandsToward, isDown } from '../../policy/stages.js';
import type { AgentCommands } from './commands.js';
import {
  accepted,
  alreadyHolds,
  noSuchId,
  unknown,
  type Decision,
  type Held,
  type Invalid,
  type Unknown,
} from './decision.js';
import { warnOfWhoCannotAnswer } from './able-to-answer.js';
import { waysToward } from './pair/alone.js';
import { byKindAndId, hostedBy, labelOf } from './pair/hosted.js';
import { allowed, evaluate, reasonsOf, refusedBy, type Ruling } from './rules.js';

export interface AgentContext {
  /** Null where the agent is not registered. */
  readonly agent: AgentFacts | null;
  /** The pair of the pool that the command names; null where no pair has it. */
  readonly pair: PairFacts | null;
  /** How it stands with the pool that the agent is homed in; null where no pair has it; absent where that is not told. */
  readonly home?: HomePool | null;
}

type SignIn = AgentCommands['sign-in-agent'];
type OneGroup = AgentCommands['sign-out-agent'];

interface SignInTarget {
  readonly outcome: 'found';
  readonly agent: AgentFacts;
  readonly pair: PairFacts;
  readonly group: Copy;
}

/** Who signs in, and the pair of the pool. */
type Console = Pick<SignInTarget, 'agent' | 'pair'> & { readonly outcome: 'found' };

function consoleIn({ agent, pair }: AgentContext, body: SignIn): Console | Unknown {
  if (agent === null) return unknown('/agent', `${body.agent} is not registered.`);
  return pair === null || poolOf(pair, body.pool) === undefined
    ? unknown('/pool', `Pool ${body.pool} is not registered.`)
    : { outcome: 'found', agent, pair };
}

function signInTargetOf(context: AgentContext, body: OneGroup): SignInTarget | Invalid | Unknown {
  const found = consoleIn(context, body);
  if (found.outcome !== 'found') return found;
  const { pool, agentGroup } = body;
  const group = copyOf(found.pair, pool, 'agent-group', agentGroup);
  return group === undefined
    ? noSuchId('/agentGroup', agentGroup, `There is no agent-group "${agentGroup}" on ${pool}.`)
    : { ...found, group };
}

export function signIn(context: AgentContext, body: SignIn): Decision {
  const { agentGroup, ...rest } = body;
  return agentGroup === undefined
    ? signInToAll(context, rest)
    : signInTo(signInTargetOf(context, { ...rest, agentGroup }));
}

function signInTo(target: SignInTarget | Invalid | Unknown): Decision {
  if (target.outcome !== 'found') return target;
  const { agent, pair, group } = target;
  const held = signInOnRecord(pair, group, agent);
  if (held !== undefined) return alreadyHolds(null, heldBy(held, 'sign-in', group, agent));
  const ruling = evaluate(
    () => formalGroupsOnly(group),
    () => membersOnly(group, agent),
    () => consoleOpen(pair, group),
    () => warnOfWhoCannotAnswer(agent),
  );
  if (ruling.outcome !== 'allowed') return ruling;
  const data = { agent: agent.agent, pool: group.parent, agentGroup: group.id };
  return accepted([{ type: 'AgentSignedIn', data }], {
    because: ruling.because,
    warnings: ruling.warnings,
  });
}

/** Where the console lets the agent in; refused where it does so nowhere. */
function signInToAll(context: AgentContext, body: SignIn): Decision {
  const found = consoleIn(context, body);
  if (found.outcome !== 'found') return found;
  const { agent, pair } = found;
  const decisions = hostedBy(pair, body.pool)
    .filter((copy) => isFormalAndLists(copy, agent))
    .toSorted(byKindAndId)
    .map((group) => signInTo({ outcome: 'found', agent, pair, group }));
  const [first] = decisions;
  if (first === undefined) {
    return refusedBy('not-a-member', `No formal agent group on ${body.pool} lists ${agent.agent}.`, {
      allowed: ['agentGroup', 'modify-object'],
    });
  }
  const possible = decisions.filter((decision) => decision.outcome === 'accepted');
  if (possible.length === 0) return first;
  return accepted(
    possible.flatMap(({ events }) => events),
    {
      because: [...new Set(possible.flatMap(({ because }) => because))],
      // Of the agent, and so the same at all groups.
      warnings: possible[0]?.warnings ?? [],
    },
  );
}

const isFormalAndLists = ({ kind, properties }: Copy, { agent }: AgentFacts): boolean =>
  kind === 'agent-group' &&
  properties['participationPolicy'] === 'Formal' &&
  Array.isArray(properties['agentsByUri']) &&
  properties['agentsByUri'].some((member) => typeof member === 'string' && sameUri(member, agent));

export function signOut(context: AgentContext, body: OneGroup): Decision {
  const target = signInTargetOf(context, body);
  if (target.outcome !== 'found') return target;
  const { agent, pair, group } = target;
  const { pool, agentGroup } = body;
  const ruling = formalGroupsOnly(group);
  if (ruling.outcome !== 'allowed') return ruling;
  return isSignedIn(pair, group, agent)
    ? accepted([{ type: 'AgentSignedOut', data: { agent: agent.agent, pool, agentGroup } }])
    : alreadyHolds(
        null,
        heldBy(agent.signOuts.get(signInKey(group.parent, group.id)), 'sign-out', group, agent),
      );
}

const heldBy = (
  event: EventRef | undefined,
  what: 'sign-in' | 'sign-out',
  group: Copy,
  { agent }: AgentFacts,
): Held | undefined =>
  event && {
    what: `The ${what} of ${agent} at the ${labelOf(group)} on ${group.parent}`,
    at: event.occurredAt,
  };

export function formalGroupsOnly(group: Copy): Ruling {
  return group.properties['participationPolicy'] === 'Formal'
    ? allowed()
    : refusedBy(
        'informal-groups-have-no-sign-in',
        `The ${labelOf(group)} is informal: its agents are signed in with their client. Nobody signs in to it unless it becomes formal (participationPolicy).`,
        { allowed: ['modify-object'] },
      );
}

/** The members of a distribution list are not known here, so only a list of agents can exclude anybody. */
export function membersOnly(group: Copy, agent: AgentFacts): Ruling {
  const members = group.properties['agentsByUri'];
  if (!Array.isArray(members) || members.length === 0) return allowed();
  return members.some((member) => typeof member === 'string' && sameUri(member, agent.agent))
    ? allowed()
    : refusedBy('not-a-member', `The ${labelOf(group)} does not list ${agent.agent} (agentsByUri).`, {
        allowed: ['modify-object'],
      });
}

/** Whether agents can sign in to this copy now, by the row about the agent console. */
export function consoleOpen(pair: PairFacts, group: Copy): Ruling {
  const console = consoleOf(governingCell(pair, group));
  if (console.signIn) return allowed({ because: console.because });
  const owner = ownerOf(pair, group);
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
  const cell = governingCell(pair, group);
  if (cell.inNoPair === true) return [`sign-in-agent ${group.owner}`];
  if (group.owner === group.parent) {
    const pool = cell.ownership === 'backup' ? partnerOf(pair, group.owner) : requirePool(pair, group.owner);
    return waysToward(pair, pool, (stage) => consoleOf({ ...cell, stage, hostStage: stage }).signIn);
  }
  const host = requirePool(pair, group.parent);
  if (isDown(host.stage)) {
    return commandsToward(host.stage, (stage) => !isDown(stage), host).map((name) => `${name} ${host.fqdn}`);
  }
  return commandsToward(
    cell.stage,
    (stage) => consoleOf({ ...cell, stage }).signIn,
    requirePool(pair, group.owner),
  );
}
