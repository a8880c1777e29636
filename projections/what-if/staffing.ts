/** Whether an agent could take the calls of a response group as things stand, by what is on record. */
import type { JsonObject } from '../../events/envelope.js';
import { isSignedIn, signInKey, type AgentFacts } from '../../facts/agent.js';
import { homePoolIn, reachAt } from '../../facts/agent-home.js';
import { copyOf, governingCell } from '../../facts/copies.js';
import type { Copy, PairFacts } from '../../facts/pair.js';
import { consoleOf } from '../../policy/copies.js';
import type { Grounds } from '../../policy/grounds.js';
import { isList, isRecord } from '../../policy/object-properties/schema.js';
import { listIn, recordIn, textIn, textsIn } from '../configuration/lookup.js';

/** Who the agents are at a time. */
export interface Agents {
  /** Null where nobody registered the agent. */
  agent: (address: string) => AgentFacts | null;
  /** The agents who ever signed in to a copy, by `signInKey`. */
  whoSignedIn: (key: string) => readonly AgentFacts[];
}

/** Why nobody could take a call, besides the statements and inferences that decide it. */
export const reasonsForNobody = ['no-agents', 'nobody-signed-in'] as const;

/** Why the record cannot tell whether anybody could. */
export const reasonsForUnknown = [
  'agent-not-registered',
  'members-not-on-record',
  'never-signed-in-on-record',
  'way-not-on-record',
] as const;
type ForUnknown = (typeof reasonsForUnknown)[number];

export interface Staffing {
  readonly takenBy: 'somebody' | 'nobody' | 'unknown';
  /** Sorted; empty where somebody could take the call. */
  readonly because: readonly string[];
}

/** Where a response group takes its calls on one pool. */
export interface Way {
  readonly owner: string;
  readonly groups: readonly Copy[];
  /** Something on the way is not on record. */
  readonly isIncomplete: boolean;
}

/** Through all menus and queues, also those that follow when a queue is full or has waited long. Taken as open. */
export function wayOf(pair: PairFacts, owner: string, serving: string, responseGroup: string): Way {
  const groups = new Map<string, Copy>();
  const queues = new Set<string>();
  let gaps = 0;
  const follow = (action: JsonObject | null): void => {
    const question = action?.['action'] === 'TransferToQuestion' ? recordIn(action, 'question') : null;
    if (question !== null) {
      for (const answer of listIn(question, 'answerList'))
        if (isRecord(answer)) follow(recordIn(answer, 'action'));
      return;
    }
    if (action?.['action'] !== 'TransferToQueue') return;
    const id = textIn(action, 'queueId') ?? '';
    if (queues.has(id)) return;
    queues.add(id);
    const fields = copyOf(pair, serving, 'queue', id)?.properties;
    if (fields === undefined || !isList(fields['agentGroupIdList'] ?? null)) {
      gaps += 1;
      return;
    }
    for (const group of textsIn(fields, 'agentGroupIdList')) {
      const copy = copyOf(pair, serving, 'agent-group', group);
      if (copy === undefined) gaps += 1;
      else groups.set(group, copy);
    }
    follow(recordIn(fields, 'overflowAction'));
    follow(recordIn(fields, 'timeoutAction'));
  };
  const action = recordIn(
    copyOf(pair, serving, 'workflow', responseGroup)?.properties ?? {},
    'defaultAction',
  );
  follow(action);
  return { owner, groups: [...groups.values()], isIncomplete: gaps > 0 || queues.size === 0 };
}

const somebody: Staffing = { takenBy: 'somebody', because: [] };

export function staffingOf(pair: PairFacts, { owner, groups, isIncomplete }: Way, agents: Agents): Staffing {
  const nobody = new Set<string>();
  const unknown = new Set<ForUnknown>(isIncomplete ? ['way-not-on-record'] : []);
  for (const group of groups) {
    if (canAnyTake(pair, owner, group, agents, nobody, unknown)) return somebody;
  }
  if (unknown.size > 0) return { takenBy: 'unknown', because: [...unknown].sort() };
  if (nobody.size === 0) nobody.add('no-agents');
  return { takenBy: 'nobody', because: [...nobody].sort() };
}

/** Else notes why not, or what is not known. */
function canAnyTake(
  pair: PairFacts,
  owner: string,
  group: Copy,
  agents: Agents,
  nobody: Set<string>,
  unknown: Set<ForUnknown>,
): boolean {
  const { properties, parent, id } = group;
  const isFormal = properties['participationPolicy'] === 'Formal';
  const listed = textsIn(properties, 'agentsByUri');
  const isByList = textIn(properties, 'distributionGroupAddress') !== null;
  if (isByList) unknown.add('members-not-on-record');
  else if (!isList(properties['agentsByUri'] ?? null)) unknown.add('way-not-on-record');
  else if (listed.length === 0) nobody.add('no-agents');
  const known = new Map<string, AgentFacts>();
  for (const address of listed) {
    const agent = agents.agent(address);
    if (agent === null) unknown.add('agent-not-registered');
    else known.set(agent.agent, agent);
  }
  if (isFormal) for (const agent of agents.whoSignedIn(signInKey(parent, id))) known.set(agent.agent, agent);
  for (const agent of known.values()) {
    const lost = whyUnreachable(pair, owner, agent);
    if (lost !== null) reasonsOf(lost).forEach((reason) => nobody.add(reason));
    else if (!isFormal || isSignedIn(pair, group, agent)) return true;
    else if (agent.lastSignIns.size === 0) unknown.add('never-signed-in-on-record');
    else {
      nobody.add('nobody-signed-in');
      consoleOf(governingCell(pair, group)).because.forEach((statement) => nobody.add(statement));
    }
  }
  return false;
}

/** Null where the agent can be reached. Of a pool of another pair nothing is known here: it is taken to serve. */
function whyUnreachable(pair: PairFacts, owner: string, { homePool }: AgentFacts): Grounds | null {
  const reach = reachAt(homePoolIn([pair], homePool), homePool === owner);
  return reach?.reachability === 'unreachable' ? reach : null;
}

const reasonsOf = ({ because, inference }: Grounds): readonly string[] =>
  inference === null ? because : [...because, `inferred/${inference}`];
