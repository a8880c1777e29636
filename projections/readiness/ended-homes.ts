/** Agents whose home pool serves no more: nobody reaches them, wherever their groups are. */
import type { AgentFacts } from '../../facts/agent.js';
import type { HomePool } from '../../facts/agent-home.js';
import { isPaired } from '../../facts/copies.js';
import { formerNamesOf } from '../../facts/former-names.js';
import { byIdentity } from '../../facts/identity.js';
import { moveUserCmdlet } from '../../policy/user-cmdlets.js';
import { isDown } from '../../policy/stages.js';
import { few } from '../../policy/texts/few.js';
import { agentKey } from '../agent-console/fold.js';
import { agentsListedIn } from './agents.js';
import { counted, finding, whereAny, type Finding } from './finding.js';
import { mostMovedAtOnce } from './homes.js';
import type { ReadinessContext } from './readiness-context.js';

interface Stranded {
  readonly agent: AgentFacts;
  readonly end: string;
  readonly groups: string[];
}

/** Those of a pool whose place this one took have a finding of their own. */
export function agentsOfEndedPools(context: ReadinessContext): readonly Finding[] {
  const { pair, pool, own, imported, agents, homeOf } = context;
  const groups = [...byIdentity([...imported, ...own]).values()].filter(({ kind }) => kind === 'agent-group');
  const former = new Set(formerNamesOf(pair, pool.fqdn).map(({ fqdn }) => fqdn));
  const endOfHome = ({ homePool }: AgentFacts): string | null =>
    former.has(homePool) ? null : endOf(homeOf(homePool));
  const stranded = new Map<string, Stranded>();
  for (const group of groups) {
    for (const uri of agentsListedIn(group)) {
      const agent = agents.get(agentKey(uri));
      const end = agent === undefined ? null : endOfHome(agent);
      if (agent === undefined || end === null) continue;
      const entry = stranded.get(agentKey(uri)) ?? { agent, end, groups: [] };
      entry.groups.push(group.name);
      stranded.set(agentKey(uri), entry);
    }
  }
  const all = [...stranded.values()];
  const isStranded = (uri: string): boolean => stranded.has(agentKey(uri));
  const concerned = groups.filter((group) => agentsListedIn(group).some(isStranded));
  const deserted = concerned.filter((group) => agentsListedIn(group).every(isStranded));
  const words = [
    `${counted(all.length, 'agent')} homed in a pool that serves no more: ${few(all, {
      word: ({ agent, end, groups: names }) =>
        `${agent.agent} (${agent.homePool}, ${end}; in ${few(names, { word: (name) => name })})`,
    })}.`,
    ...(deserted.length === 0
      ? []
      : [`Nobody else is in ${few(deserted, { word: ({ name }) => name })}: nobody answers there.`]),
  ];
  const target = targetOf(context);
  return whereAny(concerned, (objects) =>
    finding('agents-home-ended', {
      detail: words.join(' '),
      objects,
      action: `Move them to ${target ?? 'a pool that serves'}, and record each with move-agent and force.`,
      powershell:
        target === null
          ? []
          : all.slice(0, mostMovedAtOnce).map(({ agent }) => moveUserCmdlet(agent.agent, target)),
    }),
  );
}

function endOf(home: HomePool | null): string | null {
  switch (home?.state) {
    case 'retired':
      return 'retired';
    case 'given-up':
      return 'given up';
    case 'replaced':
      return `lost: ${home.by} has taken its place`;
    default:
      return null;
  }
}

/** Null where no pool of the pair can take anybody in. */
function targetOf({ pair, pool, partner, homeOf }: ReadinessContext): string | null {
  const candidates = isPaired(pair) ? [pool, partner] : [pool];
  return (
    candidates.find(({ fqdn, stage }) => !isDown(stage) && homeOf(fqdn)?.state === 'there')?.fqdn ?? null
  );
}
