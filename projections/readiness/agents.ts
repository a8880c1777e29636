/** Who would answer: sign-in and reachability of the agents of the pool's groups. */
import { signInKey, signInTo, type AgentFacts } from '../../facts/agent.js';
import type { EventRef } from '../../facts/event-ref.js';
import type { Copy } from '../../facts/pair.js';
import { editCmdlets, getCmdlet } from '../../policy/cmdlets.js';
import { usersCmdlet } from '../../policy/user-cmdlets.js';
import { signInsOutliveFailback } from '../../policy/readings.js';
import { serves, traitsOf } from '../../policy/stages.js';
import { agentKey } from '../agent-console/fold.js';
import { changing } from './changing.js';
import { counted, finding, whereAny, type Finding } from './finding.js';
import { importsInto, type ReadinessContext } from './readiness-context.js';

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
  const { pair, own, pool, partner } = context;
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
      powershell: changing(pair, homedHere, (group) =>
        editCmdlets(group, '$object.AgentsByUri.Add("sip:<agent homed elsewhere>")'),
      ),
    }),
  );
}

/** How many agents one line looks up at the most: a longer one is hard to paste, and the next ones follow once these are registered. */
const mostLookedUp = 200;

export const lookingUp = (agents: readonly string[]): readonly string[] =>
  agents.length === 0 ? [] : [usersCmdlet(agents.slice(0, mostLookedUp))];

export function agentsNotKnown(context: ReadinessContext): readonly Finding[] {
  const strangersIn = (group: Copy): readonly string[] =>
    agentsListedIn(group).filter((uri) => !context.agents.has(agentKey(uri)));
  const listing = context.own.filter(
    (group) => group.kind === 'agent-group' && strangersIn(group).length > 0,
  );
  const byList = context.own.filter(
    ({ kind, properties }) =>
      kind === 'agent-group' && typeof properties['distributionGroupAddress'] === 'string',
  );
  const strangers = [...new Map(listing.flatMap(strangersIn).map((uri) => [agentKey(uri), uri])).values()];
  const rest = strangers.length - mostLookedUp;
  const words = [
    ...(strangers.length === 0
      ? []
      : [
          `Look the agents up${rest > 0 ? `, the first ${mostLookedUp} now and then the other ${rest}` : ''}, and record each with register-agent.`,
        ]),
    ...(byList.length === 0
      ? []
      : ['Who is on a distribution list only the directory knows: see that somebody is homed elsewhere.']),
  ];
  const parts = [
    ...(strangers.length === 0
      ? []
      : [`${counted(strangers.length, 'agent')} of ${counted(listing.length, 'group')}`]),
    ...(byList.length === 0
      ? []
      : [`the members of ${counted(byList.length, 'group')} by distribution list`]),
  ];
  return whereAny([...new Set([...listing, ...byList])], (objects) =>
    finding('agents-not-known', {
      detail: `The home pool is not registered of ${parts.join(', and of ')}.`,
      objects,
      action: words.join(' '),
      powershell: lookingUp(strangers),
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

/**
 * Formal groups in use, on this pool or as imported copies, that no agent has signed in to since the console was closed. Once
 * the incident is over, that is asked of the groups that went through it, until somebody has signed in since.
 */
export function unattended(context: ReadinessContext): readonly Copy[] {
  const again = traitsOf(context.pool.stage).signInAgain;
  const inUse = again === 'imported' ? context.imported : context.own;
  const formal = inUse.filter((group) => isFormal(group) && !group.ownerRemoved);
  const attended = signInsTo(context, formal);
  const open = formal.filter(({ parent, id }) => !attended.has(signInKey(parent, id)));
  return again === null ? sinceLastFailback(context, open) : open;
}

/** A group that was made since has nobody to sign in again; one that an import brought has been there before. */
function sinceLastFailback(
  { pair, pool, agents }: ReadinessContext,
  groups: readonly Copy[],
): readonly Copy[] {
  const back = pair.incidentLog.findLast(
    ({ type, data }) => type === 'FailbackCompleted' && data.pool === pool.fqdn,
  );
  if (back === undefined || !serves(pool.stage) || signInsOutliveFailback(pair.readings)) return [];
  const brought = new Set(importsInto(pair, pool.fqdn).map(({ position }) => position));
  const since = new Set<string>();
  for (const { lastSignIns } of agents.values()) {
    for (const [key, position] of lastSignIns) if (position > back.position) since.add(key);
  }
  return groups.filter(
    ({ parent, id, hostedSince }) =>
      (hostedSince < back.position || brought.has(hostedSince)) && !since.has(signInKey(parent, id)),
  );
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
