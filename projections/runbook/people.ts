/** The steps that agents do, not administrators. */
import { signInKey } from '../../facts/agent.js';
import type { Stamp } from '../../facts/journal.js';
import type { Copy, PoolFacts } from '../../facts/pair.js';
import { agentsListedIn, isFormal, signInsTo } from '../readiness/agents.js';
import type { Situation } from '../readiness/situation.js';
import { recording } from './record.js';
import { step, type Particulars } from './step.js';

/** Each formal group needs one agent whose sign-in still holds, or was given after this position; null where it is not yet time. */
export function signingIn(situation: Situation, copies: readonly Copy[], after: bigint | null): Particulars {
  const groups = copies.filter((copy) => isFormal(copy) && !copy.ownerRemoved);
  const holding = signInsTo(situation, groups);
  const given = signInsAfter(situation, after);
  const firstIn = ({ parent, id }: Copy): Stamp | undefined =>
    after === null ? undefined : (holding.get(signInKey(parent, id)) ?? given.get(signInKey(parent, id)));
  const events = groups.flatMap((group) => firstIn(group) ?? []);
  const [waiting] = groups.filter((group) => firstIn(group) === undefined);
  return step({
    needed: groups.length > 0,
    done: groups.length > 0 && waiting === undefined,
    events,
    record:
      waiting === undefined
        ? null
        : recording('sign-in-agent', {
            agent: agentsListedIn(waiting)[0] ?? '<sip address of the agent>',
            pool: waiting.parent,
            agentGroup: waiting.id,
          }),
    note: `${events.length} of ${groups.length} formal agent groups have an agent again. Agents sign in on the console, in the menu of their client.`,
  });
}

/** Also those that a stage has voided since: they were given. */
function signInsAfter({ agents }: Situation, after: bigint | null): ReadonlyMap<string, Stamp> {
  const given = new Map<string, Stamp>();
  if (after === null) return given;
  for (const { signIns } of agents.values()) {
    for (const [key, signIn] of signIns)
      if (signIn.position > after && !given.has(key)) given.set(key, signIn);
  }
  return given;
}

/** A call is a fact of its own, not of the pair: it is recorded, but ticks nothing. */
export function testCall(
  { fqdn, incident }: Pick<PoolFacts, 'fqdn' | 'incident'>,
  where: 'backup' | 'home',
  copies: readonly Copy[],
): Particulars {
  const [workflow] = copies.filter(({ kind, ownerRemoved }) => kind === 'workflow' && !ownerRemoved);
  return step({
    needed: workflow !== undefined,
    optional: true,
    record:
      workflow === undefined
        ? null
        : recording('report-call-arrived', {
            callId: `test-call-${incident ?? 'without-incident'}-${where}`,
            pool: fqdn,
            responseGroup: workflow.id,
          }),
  });
}
