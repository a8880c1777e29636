/** What the consoles of agents show of the agent groups of a pair, before and after, and who is signed in. */
import { signInKey, signInTo } from '../../facts/agent.js';
import type { PairFacts } from '../../facts/pair.js';
import { governingCell } from '../../facts/copies.js';
import { consoleOf } from '../../policy/copies.js';
import type { Grounds } from '../../policy/grounds.js';
import { sameJson } from '../../policy/same-json.js';
import { copiesOfBoth, effectOf, type CopyEffect, type CopyThen } from './copies.js';
import type { PairState } from './effects.js';

/** Whether the console shows the group, and whether agents can sign in to it: of consequence for formal groups. */
export interface ConsoleShows {
  readonly displayed: boolean;
  readonly signIn: boolean;
}

export interface ConsoleEffect extends CopyEffect<ConsoleShows> {
  /** Agents who are signed in afterwards and were not before, in the order of the alphabet. */
  readonly signedIn: readonly string[];
  /** Agents who are signed in no more. */
  readonly signedOut: readonly string[];
}

export function consoleEffects(before: PairState, after: PairState): readonly ConsoleEffect[] {
  const [earlier, later] = [signedInTo(before), signedInTo(after)];
  return copiesOfBoth(before.pair, after.pair).flatMap((both) => {
    const { copy } = both.after ?? both.before ?? {};
    if (copy?.kind !== 'agent-group') return [];
    const key = signInKey(copy.parent, copy.id);
    const [then, now] = [earlier.get(key) ?? nobody, later.get(key) ?? nobody];
    const signedIn = [...now].filter((agent) => !then.has(agent)).sort();
    const signedOut = [...then].filter((agent) => !now.has(agent)).sort();
    const change = { before: shownTo(both.before), after: shownTo(both.after) };
    if (signedIn.length + signedOut.length === 0 && sameJson(change.before, change.after)) return [];
    return effectOf(both, change, groundsOfConsole(both.after ?? both.before)).map((effect) => ({
      ...effect,
      signedIn,
      signedOut,
    }));
  });
}

const nobody: ReadonlySet<string> = new Set();

function shownTo(then: CopyThen | null): ConsoleShows | null {
  if (then === null) return null;
  const { displayed, signIn } = consoleOf(governingCell(then.pair, then.copy));
  return { displayed, signIn };
}

const groundsOfConsole = (then: CopyThen | null): Grounds | null =>
  then && consoleOf(governingCell(then.pair, then.copy));

/** Who is signed in to which formal agent group, by `signInKey`. */
function signedInTo({ pair, agents }: PairState): ReadonlyMap<string, ReadonlySet<string>> {
  const signedIn = new Map<string, Set<string>>();
  if (pair === null) return signedIn;
  const groups = formalGroupsOf(pair);
  for (const agent of agents) {
    for (const key of agent.signIns.keys()) {
      const copy = groups.get(key);
      if (copy === undefined || signInTo(pair, copy, agent) === undefined) continue;
      const there = signedIn.get(key);
      if (there === undefined) signedIn.set(key, new Set([agent.agent]));
      else there.add(agent.agent);
    }
  }
  return signedIn;
}

const formalGroupsOf = ({ copies }: PairFacts) =>
  new Map(
    [...copies.values()]
      .filter(
        ({ kind, properties }) => kind === 'agent-group' && properties['participationPolicy'] === 'Formal',
      )
      .map((copy) => [signInKey(copy.parent, copy.id), copy]),
  );
