/** The agents, and the calls that added commands name: the folds of calls do not keep what is asked of them. */
import { evolveAgent, initialAgent, signInKey, type AgentFacts } from '../../facts/agent.js';
import { evolveCall, initialCall, type CallFacts } from '../../facts/call.js';
import { agentKey } from '../agent-console/fold.js';
import { isAgentEvent, whyNoFactOfAgent } from '../histories/contradictions.js';
import type { HistoryEvent } from '../histories/history.js';
import type { CallFact } from './call-event.js';
import type { Agents } from './staffing.js';

export class Bystanders implements Agents {
  private constructor(
    /** By `agentKey`. */
    private readonly agents: Map<string, AgentFacts>,
    private readonly calls: Map<string, CallFacts>,
    /** The keys of the agents who ever signed in, by `signInKey`. */
    private readonly signedIn: Map<string, Set<string>>,
  ) {}

  static none(): Bystanders {
    return new Bystanders(new Map(), new Map(), new Map());
  }

  /** Others that stand as these do, and go on apart from them. */
  branch(): Bystanders {
    const agents = [...this.agents].map(([key, agent]): [string, AgentFacts] => [key, copyOfAgent(agent)]);
    const signedIn = [...this.signedIn].map(([key, keys]): [string, Set<string>] => [key, new Set(keys)]);
    return new Bystanders(new Map(agents), new Map(this.calls), new Map(signedIn));
  }

  /** Null where nobody registered the agent. */
  agent(address: string): AgentFacts | null {
    return this.agents.get(agentKey(address)) ?? null;
  }

  whoSignedIn(key: string): readonly AgentFacts[] {
    return [...(this.signedIn.get(key) ?? [])].flatMap((agent) => this.agents.get(agent) ?? []);
  }

  /** Of the calls that added commands name; null where it has not arrived. */
  call(callId: string): CallFacts | null {
    return this.calls.get(callId) ?? null;
  }

  /** False where the event of an agent makes no sense here: it changes nothing then. */
  applyToAgent(event: HistoryEvent): boolean {
    if (!isAgentEvent(event) || whyNoFactOfAgent(event, this.agents) !== null) return false;
    const key = agentKey(event.data.agent);
    const agent = evolveAgent(this.agents.get(key) ?? initialAgent, event);
    if (agent !== null) this.agents.set(key, agent);
    if (event.type === 'AgentSignedIn') {
      const copy = signInKey(event.data.pool, event.data.agentGroup);
      const those = this.signedIn.get(copy);
      if (those === undefined) this.signedIn.set(copy, new Set([key]));
      else those.add(key);
    }
    return true;
  }

  applyToCall(event: CallFact): void {
    const { callId } = event.data;
    const call = evolveCall(this.calls.get(callId) ?? initialCall, event);
    if (call !== null) this.calls.set(callId, call);
  }
}

/** The fold changes the sign-ins that it is given. */
const copyOfAgent = (agent: AgentFacts): AgentFacts => ({
  ...agent,
  signIns: new Map(agent.signIns),
  lastSignIns: new Map(agent.lastSignIns),
  signOuts: new Map(agent.signOuts),
});
