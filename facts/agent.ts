/** The facts in an agent's stream: home pool and sign-ins. The fold owns its state, as in `facts/pair.ts`. */
import type { AgentListed, AgentMoved, AgentRegistered } from '../events/agent.js';
import type { Recorded } from '../events/envelope.js';
import type { PoolkeeperEvent } from '../events/registry.js';
import { eventRefOf, type EventRef } from './event-ref.js';
import { signInsOutliveFailback } from '../policy/readings.js';
import { serves } from '../policy/stages.js';
import type { Copy, PairFacts } from './pair.js';
import { ownerOf } from './copies.js';

export interface AgentHome {
  readonly pool: string;
  /** As reported: RFC 3339, UTC. */
  readonly since: string;
}

/** By all lists together: what a list does not say leaves what one before it showed. */
export interface AgentOnList {
  readonly listed: boolean;
  /** Null while no list has said. */
  readonly enabled: boolean | null;
  readonly enterpriseVoice: boolean | null;
  /** As of when each is on record, as reported; absent while no list has said. */
  readonly asOf: {
    readonly listed: string;
    readonly enabled?: string;
    readonly enterpriseVoice?: string;
  };
}

export interface AgentFacts {
  readonly agent: string;
  /** Where they are homed now. */
  readonly homePool: string;
  /** All home pools, the first one first. */
  readonly homes: readonly AgentHome[];
  /** When they were registered, as reported. */
  readonly registeredAt: string;
  /** What the last list of users showed of them; absent while none did. */
  readonly onList?: AgentOnList;
  /** By `signInKey`: the latest sign-in to each copy that was not followed by a sign-out. */
  readonly signIns: Map<string, EventRef>;
  /** By `signInKey`: the position of the latest sign-in to each copy, whatever followed it. */
  readonly lastSignIns: Map<string, bigint>;
  /** By `signInKey`: the latest sign-out from each copy that was not followed by a sign-in. */
  readonly signOuts: Map<string, EventRef>;
}

export interface NoAgent {
  readonly why: 'disabled' | 'without Enterprise Voice';
  /** As of when the list that showed it is, as reported. */
  readonly asOf: string;
}

/** Why a user is no agent, by lists of users; null where they show no reason, or there were none. */
export function whyNoAgent({ onList }: Pick<AgentFacts, 'onList'>): NoAgent | null {
  if (onList === undefined) return null;
  const { enabled, enterpriseVoice, asOf } = onList;
  if (enabled === false) return { why: 'disabled', asOf: asOf.enabled ?? asOf.listed };
  return enterpriseVoice === false
    ? { why: 'without Enterprise Voice', asOf: asOf.enterpriseVoice ?? asOf.listed }
    : null;
}

/** A copy of an agent group, by its parent and id. */
export const signInKey = (pool: string, agentGroup: string): string => `${pool}|${agentGroup}`;

export const initialAgent: AgentFacts | null = null;

export function evolveAgent(agent: AgentFacts | null, event: Recorded<PoolkeeperEvent>): AgentFacts | null {
  switch (event.type) {
    case 'AgentRegistered':
      return (
        agent ?? {
          agent: event.data.agent,
          homePool: event.data.homePool,
          homes: [homeSince(event)],
          registeredAt: event.metadata.occurredAt,
          signIns: new Map(),
          lastSignIns: new Map(),
          signOuts: new Map(),
        }
      );
    case 'AgentMoved':
      return agent && movedBy(agent, event);
    case 'AgentListed':
      return agent && { ...agent, onList: listedSince(agent.onList, event) };
    case 'AgentSignedIn':
      if (agent !== null) {
        const key = signInKey(event.data.pool, event.data.agentGroup);
        agent.signIns.set(key, eventRefOf(event));
        agent.lastSignIns.set(key, event.position);
        agent.signOuts.delete(key);
      }
      return agent;
    case 'AgentSignedOut':
      if (agent !== null) {
        const key = signInKey(event.data.pool, event.data.agentGroup);
        agent.signIns.delete(key);
        agent.signOuts.set(key, eventRefOf(event));
      }
      return agent;
    default:
      return agent;
  }
}

const homeSince = ({ data, metadata }: Recorded<AgentRegistered | AgentMoved>): AgentHome => ({
  pool: data.homePool,
  since: metadata.occurredAt,
});

/** A list without a column, or with an empty cell in it, shows nothing of it. */
function listedSince(
  before: AgentOnList | undefined,
  { data: { listed, enabled, enterpriseVoice }, metadata: { occurredAt } }: Recorded<AgentListed>,
): AgentOnList {
  return {
    listed,
    enabled: enabled ?? before?.enabled ?? null,
    enterpriseVoice: enterpriseVoice ?? before?.enterpriseVoice ?? null,
    asOf: {
      ...before?.asOf,
      listed: occurredAt,
      ...(enabled === null ? {} : { enabled: occurredAt }),
      ...(enterpriseVoice === null ? {} : { enterpriseVoice: occurredAt }),
    },
  };
}

/** Whoever was moved has to sign in to formal groups again, as after a failover. */
const movedBy = (agent: AgentFacts, event: Recorded<AgentMoved>): AgentFacts => ({
  ...agent,
  homePool: event.data.homePool,
  homes: [...agent.homes, homeSince(event)],
  signIns: new Map(),
});

/**
 * The sign-in to a copy of an agent group, if it still holds: a stage without sign-in voids all earlier ones, or those to
 * the pool's own groups for as long as it does not serve, by the reading of the pair.
 */
export function signInTo(pair: PairFacts, copy: Copy, agent: AgentFacts): EventRef | undefined {
  const signIn = agent.signIns.get(signInKey(copy.parent, copy.id));
  if (signIn === undefined) return undefined;
  const { signInsVoidUpTo, stage } = ownerOf(pair, copy);
  if (copy.owner === copy.parent && signInsOutliveFailback(pair.readings)) {
    return serves(stage) ? signIn : undefined;
  }
  const voidUpTo = signInsVoidUpTo[copy.owner === copy.parent ? 'primary' : 'imported'];
  return signIn.position > voidUpTo ? signIn : undefined;
}

export const isSignedIn = (pair: PairFacts, copy: Copy, agent: AgentFacts): boolean =>
  signInTo(pair, copy, agent) !== undefined;
