import type { AgentConsoleAnswer } from '../../contract/agents.js';
import { styled, type Io } from '../io.js';
import { whyNoAgent } from '../../../facts/agent-on-list.js';
import { table } from '../output/table.js';
import { legendOf } from './legend.js';
import { orDash, reasons, shortName, yesNo } from '../output/words.js';

export function agentConsoleText(console: AgentConsoleAnswer, io: Io): string {
  const { agent, homePool, homeReplacedBy, homeEnded, reachable, objects, canSignInAt } = console;
  const pools = [...new Set([homePool, ...objects.map(({ parent }) => parent)])];
  const rows = objects.map((group) => [
    group.id,
    group.name,
    group.replica === true ? `${shortName(group.parent, pools)} (replica)` : shortName(group.parent, pools),
    group.participationPolicy,
    yesNo(group.displayed),
    group.signInApplies ? yesNo(group.signIn) : '-',
    group.signedIn === null ? '-' : yesNo(group.signedIn),
    reasons(group),
  ]);
  const head = ['group', 'name', 'on', 'policy', 'shown', 'can sign in', 'signed in', 'because'];
  return [
    `${styled(io, 'bold', agent)} is homed in ${homePool} (${howItIs(console)}) and is ${reachable?.reachability ?? 'of unknown reachability'}`,
    ...(homeReplacedBy === undefined && homeEnded === undefined
      ? []
      : [
          `Once moved with Move-CsUser -Force, record it: move-agent --agent ${agent} --home-pool ${homeReplacedBy ?? '<a pool that serves>'} --force`,
        ]),
    ...listText(console),
    table(head, rows, io),
    ...legendOf([...(reachable === null ? [] : [reachable]), ...objects], io),
    `Can sign in at: ${canSignInAt.join(', ') || 'no pool'}`,
  ].join('\n');
}

function howItIs({ homeReplacedBy, homeEnded, homeStage }: AgentConsoleAnswer): string {
  if (homeReplacedBy !== undefined) return `lost: ${homeReplacedBy} has taken its place`;
  if (homeEnded !== undefined) return homeEnded === 'retired' ? 'retired' : 'given up';
  return `stage ${orDash(homeStage)}`;
}

/** What keeps them from taking calls, whatever holds of the pools. */
function listText({ onList }: AgentConsoleAnswer): readonly string[] {
  if (onList === undefined) return [];
  const no = whyNoAgent({ onList });
  return [
    ...(no === null
      ? []
      : [`Takes no calls of response groups by what is on record: ${no.why} on the list of ${no.asOf}`]),
    ...(onList.listed ? [] : [`Not on the list of all users of ${onList.asOf.listed}`]),
  ];
}
