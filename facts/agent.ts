/** The facts in an agent's stream: home pool and sign-ins. The fold owns its state, as in `facts/pair.ts`. */
import type { AgentMoved, AgentRegistered } from '../events/agent.js';
import type { Recorded } from '../events/envelope.js';
import type { PoolkeeperEvent } from '../events/registry.js';
import { listedSince, type AgentOnList } from './agent-on-list.js';
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

export interface AgentFacts {
  readonly agent: string;
  /** Where they are homed now. */
  readonly homePool: string;
  /** All home pools, the first one first. */
  readonly homes: readonly AgentHome[];
  /** When they were registered, as reported. */
  readonly registeredAt: string;
  /** What lists of users showed of them; absent while none did. */
  readonly onList?: AgentOnList;
  /** By `signInKey`: the latest sign-in to each copy that was not followed by a sign-out. */
  readonly signIns: Map<string, EventRef>;
  /** By `signInKey`: the position of the latest sign-in to each copy, whatever followed it. */
  readonly lastSignIns: Map<string, bigint>;
  /** By `signInKey`: the latest sign-out from each copy that was not followed by a sign-in. */
  readonly signOuts: Map<string, EventRef>;
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
