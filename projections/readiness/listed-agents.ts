/** What the last list of users shows of the agents of the pool's groups. */
import type { AgentFacts } from '../../facts/agent.js';
import { whyNoAgent } from '../../facts/agent-on-list.js';
import { poolOf } from '../../facts/copies.js';
import type { Copy } from '../../facts/pair.js';
import type { FindingId } from '../../policy/readiness/findings.js';
import { few } from '../../policy/texts/few.js';
import { agentKey } from '../agent-console/fold.js';
import { agentsListedIn, lookingUp } from './agents.js';
import { counted, finding, whereAny, type Finding } from './finding.js';
import type { ReadinessContext } from './readiness-context.js';

interface Sort {
  readonly id: FindingId;
  /** Why an agent is one of them; null where they are not. */
  readonly whyIs: (agent: AgentFacts) => string | null;
  readonly action: string;
}

export function listedAgents(context: ReadinessContext): readonly Finding[] {
  const sorts: readonly Sort[] = [
    {
      id: 'agents-cannot-answer',
      whyIs: (agent) => (isGone(agent) ? null : (whyNoAgent(agent)?.why ?? null)),
      action: 'Take them out of their groups, or enable them for Enterprise Voice; then send the list again.',
    },
    {
      id: 'agents-on-no-list',
      whyIs: (agent) => (isGone(agent) ? 'on no list' : null),
      action: 'See whether they are still there, and take those who are not out of their groups.',
    },
    {
      id: 'agents-moved-away',
      whyIs: ({ homePool, homes }) =>
        homes.length > 1 && poolOf(context.pair, homePool) === undefined ? `homed in ${homePool}` : null,
      action: 'See that enough agents of each group are homed in this pair.',
    },
  ];
  return sorts.flatMap((sort) => ofSort(context, sort));
}

const isGone = ({ onList }: AgentFacts): boolean => onList?.listed === false;

function ofSort({ own, agents }: ReadinessContext, { id, whyIs, action }: Sort): readonly Finding[] {
  const found = new Map<
    string,
    { readonly agent: string; readonly why: string; readonly groups: string[] }
  >();
  const concerned = new Set<Copy>();
  for (const group of own) {
    if (group.kind !== 'agent-group') continue;
    for (const uri of agentsListedIn(group)) {
      const key = agentKey(uri);
      const agent = agents.get(key);
      const why = agent === undefined ? null : whyIs(agent);
      if (agent === undefined || why === null) continue;
      concerned.add(group);
      const entry = found.get(key) ?? { agent: agent.agent, why, groups: [] };
      entry.groups.push(group.name);
      found.set(key, entry);
    }
  }
  const all = [...found.values()];
  return whereAny([...concerned], (objects) =>
    finding(id, {
      detail: `${counted(all.length, 'agent')} of ${counted(objects.length, 'group')}: ${few(all, {
        word: ({ agent, why, groups }) => `${agent} (${why}; in ${few(groups, { word: (name) => name })})`,
      })}.`,
      objects,
      action,
      powershell: lookingUp(all.map(({ agent }) => agent)),
    }),
  );
}
