/** The steps that agents do, not administrators. */
import { signInKey, type AgentFacts } from '../../facts/agent.js';
import type { EventRef } from '../../facts/event-ref.js';
import type { Copy } from '../../facts/pair.js';
import { homePoolCmdlet } from '../../policy/user-cmdlets.js';
import { agentKey } from '../agent-console/fold.js';
import { agentsListedIn, isFormal, signInsTo } from '../readiness/agents.js';
import type { ReadinessContext } from '../readiness/readiness-context.js';
import { recording, recordings, type Difference } from './record.js';
import { record, run, step, type Action, type Particulars } from './step.js';

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
  const [known, strange] = [true, false].map((wanted) =>
    waiting.filter((group) => (registeredIn(context, group) !== undefined) === wanted),
  );
  return {
    optional: known?.length === 0 && waiting.length > 0,
    actions: [
      ...signInLines(context, known ?? []),
      ...registering(strange ?? []),
      ...signInLines(context, strange ?? []),
    ],
  };
}

/** One agent of each group, all in one line. */
function registering(groups: readonly Copy[]): readonly Action[] {
  const listed = [...new Set(groups.flatMap((group) => agentsListedIn(group).slice(0, 1)))];
  if (groups.length === 0) return [];
  const agents: readonly Difference[] =
    listed.length === 0 ? [{ blank: someAgent }] : listed.map((value) => ({ value }));
  return [
    ...run(listed.map(homePoolCmdlet)),
    ...recordings('register-agent', 'agent', agents, {}, { homePool: 'home pool of the agent' }).flatMap(
      (one) => record(one, 'Agents with another home pool have a line of their own.'),
    ),
  ];
}

/** One line for all groups that list their agents; of a distribution list nobody knows the members. */
function signInLines({ agents }: ReadinessContext, groups: readonly Copy[]): readonly Action[] {
  const [first] = groups;
  if (first === undefined) return [];
  const pool = first.parent;
  const listing = groups.filter((group) => agentsListedIn(group).length > 0);
  const whoever = new Map(
    listing.map((group) => {
      const one = whoSignsIn(agents, group);
      return [JSON.stringify(one), one];
    }),
  );
  return [
    ...recordings('sign-in-agent', 'agent', [...whoever.values()], { pool }).flatMap((one) =>
      record(one, 'Whoever has signed in; it counts for each formal group there that lists the agent.'),
    ),
    ...groups
      .filter((group) => !listing.includes(group))
      .flatMap(({ id }) =>
        record(
          recording('sign-in-agent', { pool, agentGroup: id }, { agent: someAgent }),
          'The agents are those of a distribution list.',
        ),
      ),
  ];
}

const someAgent = 'sip address of the agent';
/** How many are named for one group. */
const mostChoices = 3;
const plainAddress = /^sip:[\w.+-]+@[\w.-]+$/i;

/** The record knows who it was only where there is nobody else. */
function whoSignsIn(agents: ReadinessContext['agents'], group: Copy): Difference {
  const listed = agentsListedIn(group);
  const [only] = listed;
  if (only !== undefined && listed.length === 1) return { value: only };
  const registered = listed.filter((uri) => agents.has(agentKey(uri)));
  const known = (registered.length === 0 ? listed : registered).filter((uri) => plainAddress.test(uri));
  const choices = [...known.slice(0, mostChoices), ...(known.length > mostChoices ? ['...'] : [])];
  return { blank: choices.length === 0 ? someAgent : choices.join('|') };
}

function strangersNote(context: ReadinessContext, waiting: readonly Copy[]): readonly string[] {
  const strange = waiting.filter((group) => registeredIn(context, group) === undefined);
  if (strange.length === 0) return [];
  return [
    `Of ${strange.length} no agent is registered, and the home pool is not known: look it up, record register-agent, then sign-in-agent. Any other agent of the group will do as well.`,
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

/** For any step that no event of the pair completes. */
export const byHand =
  'Nothing that is recorded shows that this step is done: tick it off, with a note of what came of it.';

/** No event of the pair completes this step: a call has a stream for itself. */
export const testCall = (copies: readonly Copy[]): Particulars =>
  step({
    needed: copies.some(({ kind, ownerRemoved }) => kind === 'workflow' && !ownerRemoved),
    optional: true,
    note: byHand,
  });
