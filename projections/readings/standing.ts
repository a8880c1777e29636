/** Where sign-ins and copies of a pair would stand otherwise, had the document been read otherwise. */
import { describeStream } from '../../events/streams.js';
import type { EventType } from '../../events/registry.js';
import type { ObjectKind } from '../../events/vocabulary.js';
import { evolveAgent, isSignedIn, type AgentFacts } from '../../facts/agent.js';
import { evolvePair, copyKey, type PairFacts } from '../../facts/pair.js';
import { stageChangeOf } from '../../policy/stages.js';
import { agentKey } from '../agent-console/fold.js';
import { changesBetween } from '../effects/copies.js';
import { isAgentEvent, whyNoFactOfAgent, whyNoFactOfPair } from '../histories/contradictions.js';
import type { ReadOtherwise } from '../histories/edits.js';
import { readAs } from '../histories/edits.js';
import type { HistoryEvent } from '../histories/history.js';

/** A sign-in that holds in one of the two. */
export interface SignInApart {
  readonly agent: string;
  /** The pool that hosts the copy of the agent group. */
  readonly pool: string;
  readonly agentGroup: string;
  readonly recorded: boolean;
  readonly otherwise: boolean;
}

/** A copy that other tools show or change. */
export interface CopyApart {
  readonly kind: ObjectKind;
  readonly id: string;
  readonly name: string;
  readonly parent: string;
}

/** How the two stand apart after an event. */
export interface Apart {
  readonly event: HistoryEvent;
  readonly signIns: readonly SignInApart[];
  readonly copies: readonly CopyApart[];
}

/** Only these change where sign-ins and copies stand, whatever is read. */
const decisive: readonly EventType[] = [
  'BackEndDatabaseReported',
  'ResponseGroupsExported',
  'ResponseGroupsImported',
  'ReplicaShown',
  'ReplicationReported',
];

/**
 * @param events of the pair and of agents, in the order in which they happened
 * @param fqdn the pool whose agent groups are looked at
 * @returns after each event after which they stand apart
 */
export function apartAfter(
  events: Iterable<HistoryEvent>,
  fqdn: string,
  otherwise: ReadOtherwise,
): readonly Apart[] {
  const agents = new Map<string, AgentFacts>();
  let recorded: PairFacts | null = null;
  let other: PairFacts | null = null;
  const found: Apart[] = [];
  for (const event of events) {
    if (describeStream(event.stream).family === 'agent') {
      signIn(agents, event);
      continue;
    }
    if (whyNoFactOfPair(event, recorded) !== null) continue;
    recorded = evolvePair(recorded, event);
    const read = readAs(event, otherwise);
    if (read !== null) other = evolvePair(other, read);
    if (stageChangeOf(event.type) === undefined && !decisive.includes(event.type)) continue;
    const apart = apartNow(event, recorded, other, agents, fqdn);
    if (apart.signIns.length + apart.copies.length > 0) found.push(apart);
  }
  return found;
}

function signIn(agents: Map<string, AgentFacts>, event: HistoryEvent): void {
  if (!isAgentEvent(event) || whyNoFactOfAgent(event, agents) !== null) return;
  const key = agentKey(event.data.agent);
  const agent = evolveAgent(agents.get(key) ?? null, event);
  if (agent !== null) agents.set(key, agent);
}

function apartNow(
  event: HistoryEvent,
  recorded: PairFacts | null,
  other: PairFacts | null,
  agents: ReadonlyMap<string, AgentFacts>,
  fqdn: string,
): Apart {
  const { visibility, editability } = changesBetween(recorded, other);
  const copies = new Map(
    [...visibility, ...editability].map(({ kind, id, name, parent }): [string, CopyApart] => [
      copyKey(parent, kind, id),
      { kind, id, name, parent },
    ]),
  );
  return { event, signIns: signInsApart(recorded, other, agents, fqdn), copies: [...copies.values()] };
}

function signInsApart(
  recorded: PairFacts | null,
  other: PairFacts | null,
  agents: ReadonlyMap<string, AgentFacts>,
  fqdn: string,
): readonly SignInApart[] {
  if (recorded === null || other === null) return [];
  const apart: SignInApart[] = [];
  for (const facts of agents.values()) {
    for (const key of facts.signIns.keys()) {
      const [pool = '', agentGroup = ''] = key.split('|');
      const holdsIn = (pair: PairFacts): boolean => {
        const copy = pair.copies.get(copyKey(pool, 'agent-group', agentGroup));
        return copy?.owner === fqdn && isSignedIn(pair, copy, facts);
      };
      const [is, were] = [holdsIn(recorded), holdsIn(other)];
      if (is !== were) apart.push({ agent: facts.agent, pool, agentGroup, recorded: is, otherwise: were });
    }
  }
  return apart;
}
