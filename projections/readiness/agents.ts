/** Who would answer: sign-in and reachability of the agents of the pool's groups. */
import { signInKey, signInTo, type AgentFacts } from '../../facts/agent.js';
import type { EventRef } from '../../facts/event-ref.js';
import type { Copy } from '../../facts/pair.js';
import { editCmdlets, getCmdlet, homePoolCmdlet } from '../../policy/cmdlets.js';
import { traitsOf } from '../../policy/stages.js';
import { agentKey } from '../agent-console/fold.js';
import { counted, finding, whereAny, type Finding } from './finding.js';
import type { ReadinessContext } from './readiness-context.js';

export const isFormal = ({ kind, properties }: Copy): boolean =>
  kind === 'agent-group' && properties['participationPolicy'] === 'Formal';

/** The agents that a group lists, as they are written there. */
export const agentsListedIn = ({
  properties: { agentsByUri },
}: Pick<Copy, 'properties'>): readonly string[] =>
  Array.isArray(agentsByUri) ? agentsByUri.filter((uri) => typeof uri === 'string') : [];

const registered = ({ agents }: ReadinessContext, group: Copy): readonly AgentFacts[] =>
  agentsListedIn(group).flatMap((uri) => agents.get(agentKey(uri)) ?? []);

export function formalGroups({ own, partner }: ReadinessContext): readonly Finding[] {
  const formal = own.filter(isFormal);
  return whereAny(formal, (objects) =>
    finding('formal-agent-group', {
      detail: `${counted(objects.length, 'agent group')} whose agents would all have to sign in again on ${partner.fqdn}.`,
      objects,
      action:
        'Tell the agents beforehand where to sign in, or let groups that must not fall silent be informal.',
      powershell: formal.map(getCmdlet),
    }),
  );
}

export function groupsHomedHere(context: ReadinessContext): readonly Finding[] {
  const { own, pool, partner } = context;
  const homedHere = own.filter((group) => {
    const listed = agentsListedIn(group);
    const known = registered(context, group);
    return (
      group.kind === 'agent-group' &&
      listed.length > 0 &&
      known.length === listed.length &&
      known.every(({ homePool }) => homePool === pool.fqdn)
    );
  });
  return whereAny(homedHere, (objects) =>
    finding('agents-homed-here', {
      detail: `${counted(objects.length, 'agent group')} with all agents homed in ${pool.fqdn}.`,
      objects,
      action: `Add an agent who is homed elsewhere, such as in ${partner.fqdn}.`,
      powershell: homedHere.flatMap((group) =>
        editCmdlets(group, '$object.AgentsByUri.Add("sip:<agent homed elsewhere>")'),
      ),
    }),
  );
}

export function agentsNotKnown(context: ReadinessContext): readonly Finding[] {
  const strangersIn = (group: Copy): readonly string[] =>
    agentsListedIn(group).filter((uri) => !context.agents.has(agentKey(uri)));
  const unclear = context.own.filter(
    (group) =>
      group.kind === 'agent-group' &&
      (strangersIn(group).length > 0 || typeof group.properties['distributionGroupAddress'] === 'string'),
  );
  const strangers = [...new Set(unclear.flatMap(strangersIn))];
  return whereAny(unclear, (objects) =>
    finding('agents-not-known', {
      detail: `${counted(objects.length, 'agent group')} with agents of whom no home pool is registered: ${strangers.length} listed by address, the others by a distribution list.`,
      objects,
      action: 'Look the agents up and record them with register-agent.',
      powershell: strangers.map(homePoolCmdlet),
    }),
  );
}

/** The sign-ins that still hold to some groups, by `signInKey`. */
export function signInsTo(
  { pair, agents }: ReadinessContext,
  groups: readonly Copy[],
): ReadonlyMap<string, EventRef> {
  const wanted = new Map(groups.map((group) => [signInKey(group.parent, group.id), group]));
  const holding = new Map<string, EventRef>();
  for (const agent of agents.values()) {
    for (const key of agent.signIns.keys()) {
      const group = wanted.get(key);
      const signIn = group === undefined ? undefined : signInTo(pair, group, agent);
      if (signIn !== undefined && !holding.has(key)) holding.set(key, signIn);
    }
  }
  return holding;
}

/** Formal groups in use, on this pool or as imported copies, that no agent has signed in to since the console was closed. */
export function unattended(context: ReadinessContext): readonly Copy[] {
  const inUse = traitsOf(context.pool.stage).signInAgain === 'own' ? context.own : context.imported;
  const formal = inUse.filter((group) => isFormal(group) && !group.ownerRemoved);
  const attended = signInsTo(context, formal);
  return formal.filter(({ parent, id }) => !attended.has(signInKey(parent, id)));
}

export function signInDebt(context: ReadinessContext): readonly Finding[] {
  return whereAny(unattended(context), (objects, groups) =>
    finding('sign-in-debt', {
      detail: `${counted(objects.length, 'formal agent group')} that nobody has signed in to again.`,
      objects,
      action: 'Have at least one agent of each sign in, and record it with sign-in-agent.',
      powershell: groups.map(getCmdlet),
    }),
  );
}
