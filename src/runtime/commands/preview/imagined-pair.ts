/** A pair as it stands, beside the same after events that nobody stores. */
import type { Recorded } from '../../../../events/envelope.js';
import type { PoolkeeperEvent } from '../../../../events/registry.js';
import { evolveAgent, type AgentFacts } from '../../../../facts/agent.js';
import type { PairFacts } from '../../../../facts/pair.js';
import { agentKey } from '../../../../projections/agent-console/fold.js';
import { isAgentEvent } from '../../../../projections/histories/contradictions.js';
import { callStatus } from '../../../../projections/call-status/fold.js';
import { copyOfCallStatus } from '../../../../projections/call-status/state-copy.js';
import type { CallStatusState } from '../../../../projections/call-status/state.js';
import {
  effectsBetween,
  stageOf,
  type Effects,
  type PairSides,
  type StageEffect,
} from '../../../../projections/effects/effects.js';

export class ImaginedPair {
  private calls: CallStatusState;
  /** By `agentKey`: the agents that events were about. */
  private readonly changedAgents = new Map<string, AgentFacts>();

  /**
   * @param before is left as it is; effects are what differs from it, so it must not have gone on when they are asked for
   * @param agents by `agentKey`; likewise
   * @param callIds the calls that events may be about
   */
  constructor(
    private readonly before: CallStatusState,
    private readonly agents: ReadonlyMap<string, AgentFacts>,
    callIds: readonly string[],
  ) {
    this.calls = copyOfCallStatus(before, callIds);
  }

  /** After the events so far. Null where it is not registered. */
  get pair(): PairFacts | null {
    return this.calls.pair;
  }

  apply(event: Recorded<PoolkeeperEvent>): void {
    if (isAgentEvent(event)) {
      const key = agentKey(event.data.agent);
      const agent = this.changedAgents.get(key) ?? copyOfAgent(this.agents.get(key));
      const evolved = evolveAgent(agent, event);
      if (evolved !== null) this.changedAgents.set(key, evolved);
      return;
    }
    this.calls = callStatus.apply(this.calls, event);
  }

  /** How the stage of a pool has changed; null where it has not. */
  stageOf(fqdn: string): StageEffect | null {
    return stageOf(fqdn, this.before.pair, this.calls.pair);
  }

  /** What the events so far have changed, as seen from a pool. */
  effectsOn(fqdn: string): Effects {
    return effectsBetween(fqdn, this.sides.before, this.sides.after);
  }

  /** The pair before the events so far, and after them. */
  get sides(): PairSides {
    const agents = new Map([...this.agents, ...this.changedAgents]).values();
    return {
      before: { pair: this.before.pair, owners: this.before.owners, agents: this.agents.values() },
      after: { pair: this.calls.pair, owners: this.calls.owners, agents },
    };
  }
}

const copyOfAgent = (agent: AgentFacts | undefined): AgentFacts | null =>
  agent === undefined
    ? null
    : { ...agent, signIns: new Map(agent.signIns), lastSignIns: new Map(agent.lastSignIns) };
