/** What one tool, or the agent console, does with each copy of an object. */
import { isSignedIn, type AgentFacts } from '../../facts/agent.js';
import type { Copy, PairFacts } from '../../facts/pair.js';
import { sameUri } from '../../policy/names.js';
import type { Visible } from '../../policy/experience/types.js';
import type { Grounds } from '../../policy/grounds.js';
import { permissionOf } from '../editability/view.js';
import { sightOf } from '../visibility/view.js';
import type { Copies } from './find.js';
import type { LookingGlass } from './words.js';

/** With what somebody looks, and who, where that is an agent. */
export interface Look {
  readonly tool: LookingGlass;
  readonly agent: AgentFacts | null;
}

export interface JudgedCopy extends Grounds {
  readonly copy: Copy;
  readonly visible: Visible;
  /** No console changes anything. */
  readonly modifiable: boolean;
  /** Whether agents can sign in to it; null but for the console, and for informal groups, whose agents need not. */
  readonly signIn: boolean | null;
  /** The group lists its agents, and not this one. */
  readonly isStranger: boolean;
}

export function judgedCopy(pair: PairFacts, copy: Copy, { tool, agent }: Look): JudgedCopy {
  const { tools, agentConsole } = sightOf(pair, copy);
  if (tool !== 'agentConsole') {
    const { tools: mayChange, because, basis, inference } = permissionOf(pair, copy);
    const grounds = { because, basis, inference };
    const modifiable = mayChange[tool];
    return { copy, visible: tools[tool], modifiable, signIn: null, isStranger: false, ...grounds };
  }
  const isStranger = agent !== null && !mayBeOf(copy, agent);
  const { displayed = false, signIn = false } = agentConsole ?? {};
  const { because = [], basis = 'stated', inference = null } = agentConsole ?? {};
  return {
    copy,
    visible: displayed && !isStranger,
    modifiable: false,
    signIn: isFormal(copy) ? signIn && !isStranger : null,
    isStranger,
    because,
    basis,
    inference,
  };
}

export const isFormal = ({ properties }: Pick<Copy, 'properties'>): boolean =>
  properties['participationPolicy'] === 'Formal';

/** The members of a distribution list are not known here: only a list of agents can exclude anybody. */
export function mayBeOf({ properties }: Copy, { agent }: AgentFacts): boolean {
  const members = properties['agentsByUri'];
  return (
    !Array.isArray(members) ||
    members.length === 0 ||
    members.some((member) => typeof member === 'string' && sameUri(member, agent))
  );
}

/** The copies, that first which gives the most: what is seen goes before what is changed; then the owner's own. */
export const judged = (pair: PairFacts, copies: Copies, look: Look): readonly JudgedCopy[] =>
  copies.map((copy) => judgedCopy(pair, copy, look)).toSorted(byWorth);

const seen: ReadonlyMap<Visible, number> = new Map<Visible, number>([
  [true, 0],
  ['depends', 1],
  [false, 2],
]);

const usable = ({ modifiable, signIn }: JudgedCopy): boolean => modifiable || signIn === true;

const byWorth = (one: JudgedCopy, other: JudgedCopy): number =>
  (seen.get(one.visible) ?? 0) - (seen.get(other.visible) ?? 0) ||
  Number(usable(other)) - Number(usable(one)) ||
  Number(other.copy.owner === other.copy.parent) - Number(one.copy.owner === one.copy.parent);

/** What an answer says, without its reasons: answers with the same are the same answer. */
export const gist = ({ visible, modifiable, signIn }: JudgedCopy): string =>
  [visible, modifiable, signIn].join(' ');

/** Whether nothing is left to wish for. */
export const isWhole = ({ visible, modifiable, signIn, copy }: JudgedCopy, { tool }: Look): boolean =>
  visible === true && (tool === 'agentConsole' ? signIn !== false || !isFormal(copy) : modifiable);

export const isSignedInTo = (pair: PairFacts, copy: Copy, agent: AgentFacts): boolean | null =>
  isFormal(copy) ? isSignedIn(pair, copy, agent) : null;
