/** What lists of users show of the agents of the pool's groups: in every stage, and of the copies that stand in as well. */
import type { AgentFacts } from '../../facts/agent.js';
import { whyNoAgent } from '../../facts/agent-on-list.js';
import { poolOf } from '../../facts/copies.js';
import { formerNameOf } from '../../facts/former-names.js';
import { identityOf } from '../../facts/identity.js';
import type { Copy } from '../../facts/pair.js';
import type { FindingId } from '../../policy/readiness/findings.js';
import { traitsOf } from '../../policy/stages.js';
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
        homes.length > 1 && !isOfPair(context, homePool) ? `homed in ${homePool}` : null,
      action: 'See that enough agents of each group are homed in this pair.',
    },
  ];
  return sorts.flatMap((sort) => ofSort(context, sort));
}

/** Also by the name of a pool whose place another has taken: that those are to be moved is a finding of its own. */
const isOfPair = ({ pair }: ReadinessContext, fqdn: string): boolean =>
  poolOf(pair, fqdn) !== undefined || formerNameOf(pair, fqdn) !== undefined;

const isGone = ({ onList }: AgentFacts): boolean => onList?.listed === false;

/** The copies that serve come first: of a group that both pools host, whoever both list is named once. */
function groupsIn({ own, imported, pool }: ReadinessContext): readonly Copy[] {
  const there = imported.filter(({ ownerRemoved }) => !ownerRemoved);
  const all = traitsOf(pool.stage).down ? [...there, ...own] : [...own, ...there];
  return all.filter(({ kind }) => kind === 'agent-group');
}

function ofSort(context: ReadinessContext, { id, whyIs, action }: Sort): readonly Finding[] {
  const found = new Map<
    string,
    { readonly agent: string; readonly why: string; readonly groups: string[] }
  >();
  const concerned = new Set<Copy>();
  const seen = new Set<string>();
  for (const group of groupsIn(context)) {
    for (const uri of agentsListedIn(group)) {
      const key = agentKey(uri);
      const agent = context.agents.get(key);
      const why = agent === undefined ? null : whyIs(agent);
      const place = `${identityOf(group)} ${key}`;
      if (agent === undefined || why === null || seen.has(place)) continue;
      seen.add(place);
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
