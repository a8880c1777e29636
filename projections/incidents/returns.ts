/** The agents who were signed in when an incident began, and when each was back: signed in to a copy on the backup pool. */
import type { AgentSignedIn } from '../../events/agent.js';
import type { Recorded } from '../../events/envelope.js';
import type { PoolkeeperEvent } from '../../events/registry.js';
import { signInTo, type AgentFacts } from '../../facts/agent.js';
import { copyOf, poolOf } from '../../facts/copies.js';
import { eventRefOf, type EventRef } from '../../facts/event-ref.js';
import { stageChangeOf } from '../../policy/stages.js';
import { copyKey, type PairFacts } from '../../facts/pair.js';

export interface AgentsReturning {
  /** How many were signed in to a group of the pool, on the pool, when it went down. */
  readonly signedIn: number;
  /** Those who are not back, by `agentKey`; empty once the incident is over. */
  readonly away: Set<string>;
  /** The first sign-in of each on the backup pool, in the order of the log. */
  readonly back: EventRef<'AgentSignedIn'>[];
}

interface Returns {
  readonly pairs: ReadonlyMap<string, PairFacts>;
  /** By incident. */
  readonly returns: Map<string, AgentsReturning>;
}

/** The agents, by `agentKey`, who are signed in to a pool right before an event that may begin an incident of it. */
export function signedInBefore(
  pair: PairFacts | null,
  agents: ReadonlyMap<string, AgentFacts>,
  event: Recorded<PoolkeeperEvent>,
): readonly string[] {
  if (pair === null || (event.type !== 'OutageDeclared' && event.type !== 'FailoverInitiated')) return [];
  const { pool } = event.data;
  return [...agents].filter(([, agent]) => isSignedInTo(pair, pool, agent)).map(([key]) => key);
}

function isSignedInTo(pair: PairFacts, pool: string, agent: AgentFacts): boolean {
  for (const key of agent.signIns.keys()) {
    if (!key.startsWith(`${pool}|`)) continue;
    const copy = pair.copies.get(copyKey(pool, 'agent-group', key.slice(pool.length + 1)));
    if (copy?.owner === pool && signInTo(pair, copy, agent) !== undefined) return true;
  }
  return false;
}

/** After an event: an incident that has begun with it, or is over. */
export function noteIncident(
  returns: Returns['returns'],
  pair: PairFacts | null,
  signedIn: readonly string[],
  event: Recorded<PoolkeeperEvent>,
): void {
  if (pair === null || stageChangeOf(event.type) === undefined) return;
  for (const incident of pair.incidents) {
    if (incident.endedAtPosition === event.position) returns.get(incident.id)?.away.clear();
    if (incident.startedAtPosition !== event.position) continue;
    returns.set(incident.id, { signedIn: signedIn.length, away: new Set(signedIn), back: [] });
  }
}

/** A sign-in to the copy of a group of a pool that is down. */
export function noteReturn({ pairs, returns }: Returns, agent: string, event: Recorded<AgentSignedIn>): void {
  for (const pair of pairs.values()) {
    const copy =
      poolOf(pair, event.data.pool) && copyOf(pair, event.data.pool, 'agent-group', event.data.agentGroup);
    if (copy === undefined || copy.owner === copy.parent) continue;
    const incident = poolOf(pair, copy.owner)?.incident ?? null;
    const returning = incident === null ? undefined : returns.get(incident);
    if (returning?.away.delete(agent) === true) returning.back.push(eventRefOf(event));
  }
}
