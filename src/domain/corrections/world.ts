/** The facts of one pair with its agents and calls: what decides whether an event can have happened. */
import type { Recorded } from '../../../events/envelope.js';
import type { PoolkeeperEvent } from '../../../events/registry.js';
import { callIdIn, describeStream } from '../../../events/streams.js';
import { evolveAgent, type AgentFacts } from '../../../facts/agent.js';
import { evolveCall, type CallFacts } from '../../../facts/call.js';
import { evolvePair, type PairFacts } from '../../../facts/pair.js';

export class World {
  /** Null before its registration; undefined where nothing of the pair is told, so that nothing is said of it. */
  pair: PairFacts | null | undefined;
  /** By the name of the stream. */
  private readonly agentsByStream = new Map<string, AgentFacts>();
  /** Calls that are open, by their ids. */
  private readonly calls = new Map<string, CallFacts>();

  /**
   * @param pairId the pair that is told; null where none is
   * @param tellsAgents whether all agents are told, so that others are not registered
   */
  constructor(
    private readonly pairId: string | null,
    readonly tellsAgents: boolean,
  ) {
    this.pair = pairId === null ? undefined : null;
  }

  agent(stream: string): AgentFacts | null {
    return this.agentsByStream.get(stream) ?? null;
  }

  call(callId: string): CallFacts | null {
    return this.calls.get(callId) ?? null;
  }

  /** The pair where it has this pool; undefined where nothing is told of the pool. */
  pairOf(pool: string): PairFacts | null | undefined {
    if (this.pair === undefined || this.pair === null) return this.pair;
    return this.pair.pools.some(({ fqdn }) => fqdn === pool) ? this.pair : undefined;
  }

  apply(event: Recorded<PoolkeeperEvent>): void {
    const { family, pairId } = describeStream(event.stream);
    if (family === 'pair' && pairId === this.pairId) this.pair = evolvePair(this.pair ?? null, event);
    if (family === 'agent') {
      const agent = evolveAgent(this.agent(event.stream), event);
      if (agent !== null) this.agentsByStream.set(event.stream, agent);
    }
    if (family !== 'call') return;
    const callId = callIdIn(event.stream);
    const call = evolveCall(this.call(callId), event);
    if (call !== null) this.calls.set(callId, call);
  }

  /** Nothing follows that is about it. */
  forgetCall(callId: string): void {
    this.calls.delete(callId);
  }
}
