/** The steps that agents do, not administrators. */
import { signInKey, type AgentFacts } from '../../facts/agent.js';
import type { EventRef } from '../../facts/event-ref.js';
import type { Copy } from '../../facts/pair.js';
import { homePoolCmdlet } from '../../policy/cmdlets.js';
import { agentKey } from '../agent-console/fold.js';
import { agentsListedIn, isFormal, signInsTo } from '../readiness/agents.js';
import type { ReadinessContext } from '../readiness/readiness-context.js';
import { recording } from './record.js';
import { step, type Particulars } from './step.js';

/** Each formal group needs one agent whose sign-in still holds, or was given after this position; null where it is not yet time. */
export function signingIn(
  context: ReadinessContext,
  copies: readonly Copy[],
  after: bigint | null,
): Particulars {
  const groups = copies.filter((copy) => isFormal(copy) && !copy.ownerRemoved);
  const holding = signInsTo(context, groups);
  const given = signInsAfter(context, after);
  const firstIn = ({ parent, id }: Copy): EventRef | undefined =>
    after === null ? undefined : (holding.get(signInKey(parent, id)) ?? given.get(signInKey(parent, id)));
  const events = groups.flatMap((group) => firstIn(group) ?? []);
  const waiting = groups.filter((group) => firstIn(group) === undefined);
  return step({
    needed: groups.length > 0,
    done: groups.length > 0 && waiting.length === 0,
    events,
    ...signInOf(context, waiting),
    note: [
      `${events.length} of ${groups.length} formal agent groups have an agent again. Agents sign in on the console, in the menu of their client.`,
      ...strangersNote(context, waiting),
    ].join(' '),
  });
}

const registeredIn = ({ agents }: ReadinessContext, group: Copy): AgentFacts | undefined =>
  agentsListedIn(group)
    .map((uri) => agents.get(agentKey(uri)))
    .find((agent) => agent !== undefined);

/** Groups with a registered agent come first: the others hold nobody up, for their sign-ins cannot be recorded yet. */
function signInOf(context: ReadinessContext, waiting: readonly Copy[]): Partial<Particulars> {
  for (const group of waiting) {
    const known = registeredIn(context, group);
    if (known === undefined) continue;
    const { agent } = known;
    return { record: recording('sign-in-agent', { agent, pool: group.parent, agentGroup: group.id }) };
  }
  const [group] = waiting;
  if (group === undefined) return {};
  const [stranger = '<sip address of the agent>'] = agentsListedIn(group);
  return {
    optional: true,
    powershell: [homePoolCmdlet(stranger)],
    record: recording('register-agent', { agent: stranger, homePool: '<home pool of the agent>' }),
  };
}

function strangersNote(context: ReadinessContext, waiting: readonly Copy[]): readonly string[] {
  const strange = waiting.filter((group) => registeredIn(context, group) === undefined);
  if (strange.length === 0) return [];
  return [
    `Of ${strange.length} no agent is registered, and the home pool is not known: look it up, record register-agent, then sign-in-agent.`,
  ];
}

/** Also those that a stage has voided since: they were given. */
function signInsAfter({ agents }: ReadinessContext, after: bigint | null): ReadonlyMap<string, EventRef> {
  const given = new Map<string, EventRef>();
  if (after === null) return given;
  for (const { signIns } of agents.values()) {
    for (const [key, signIn] of signIns)
      if (signIn.position > after && !given.has(key)) given.set(key, signIn);
  }
  return given;
}

/** No event of the pair completes this step: a call has a stream for itself. */
export const testCall = (copies: readonly Copy[]): Particulars =>
  step({
    needed: copies.some(({ kind, ownerRemoved }) => kind === 'workflow' && !ownerRemoved),
    optional: true,
    note: 'It is ticked off by hand.',
  });
