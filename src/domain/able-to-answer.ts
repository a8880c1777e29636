/** Whether the users whom a command names can be agents: they are enabled, and have Enterprise Voice. A warning, as lists age. */
import type { PoolkeeperEvent } from '../../events/registry.js';
import type { Properties } from '../../events/vocabulary.js';
import type { AgentFacts } from '../../facts/agent.js';
import { whyNoAgent, type NoAgent } from '../../facts/agent-on-list.js';
import { copyOf } from '../../facts/copies.js';
import type { PairFacts } from '../../facts/pair.js';
import { few } from '../../policy/texts/few.js';
import type { Warning } from './decision.js';
import { allowed, warn, type Ruling } from './rules.js';

const code = 'agents-cannot-answer';
const theWayOn =
  'If the list is out of date, send a new one; else enable them for Enterprise Voice, or take them out of the groups.';

interface Unable extends NoAgent {
  readonly agent: string;
}

const withReason = ({ agent, why, asOf }: Unable): string => `${agent} (${why} on the list of ${asOf})`;

function unableIn(agent: AgentFacts): readonly Unable[] {
  const no = whyNoAgent(agent);
  return no === null ? [] : [{ agent: agent.agent, ...no }];
}

export function warnOfWhoCannotAnswer(agent: AgentFacts): Ruling {
  const [unable] = unableIn(agent);
  if (unable === undefined) return allowed();
  const detail = `${withReason(unable)} takes no calls of response groups by what is on record: agents are enabled, and have Enterprise Voice. ${theWayOn}`;
  return allowed({ warnings: warn(code, detail) });
}

/** Of the agents that an edit adds to groups. @param find undefined where nobody registered the agent */
export function warningsOfMembers(
  pair: PairFacts,
  events: readonly PoolkeeperEvent[],
  find: (address: string) => AgentFacts | undefined,
): readonly Warning[] {
  const unable = events
    .flatMap((event) => addedBy(pair, event))
    .flatMap((address) => find(address) ?? [])
    .flatMap(unableIn);
  if (unable.length === 0) return [];
  const [verb, they] = unable.length === 1 ? ['takes', 'an agent is'] : ['take', 'agents are'];
  return warn(
    code,
    `${few(unable, { word: withReason })} ${verb} no calls of response groups by what is on record: ${they} enabled, and with Enterprise Voice. ${theWayOn}`,
  );
}

function addedBy(pair: PairFacts, event: PoolkeeperEvent): readonly string[] {
  if (event.type !== 'ObjectCreated' && event.type !== 'ObjectModified') return [];
  const { pool, kind, id, properties } = event.data;
  if (kind !== 'agent-group') return [];
  const before = new Set(membersIn(copyOf(pair, pool, kind, id)?.properties).map(keyOf));
  return membersIn(properties).filter((address) => !before.has(keyOf(address)));
}

const keyOf = (address: string): string => address.toLowerCase();

const membersIn = (properties: Properties = {}): readonly string[] => {
  const listed = properties['agentsByUri'];
  return Array.isArray(listed) ? listed.filter((address) => typeof address === 'string') : [];
};
