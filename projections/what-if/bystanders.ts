/** What deciders ask of the agents, and of the calls that added commands name: the folds of calls do not keep it. */
import { evolveAgent, initialAgent, type AgentFacts } from '../../facts/agent.js';
import { evolveCall, initialCall, type CallFacts } from '../../facts/call.js';
import { agentKey } from '../agent-console/fold.js';
import { isAgentEvent, whyNoFactOfAgent } from '../histories/contradictions.js';
import type { HistoryEvent } from '../histories/history.js';
import type { CallFact } from './call-event.js';

export class Bystanders {
  private constructor(
    /** By `agentKey`. */
    private readonly agents: Map<string, AgentFacts>,
    private readonly calls: Map<string, CallFacts>,
  ) {}

  static none(): Bystanders {
    return new Bystanders(new Map(), new Map());
  }

  /** Others that stand as these do, and go on apart from them. */
  branch(): Bystanders {
    const agents = [...this.agents].map(([key, agent]): [string, AgentFacts] => [key, copyOfAgent(agent)]);
    return new Bystanders(new Map(agents), new Map(this.calls));
  }

  /** Null where nobody registered the agent. */
  agent(address: string): AgentFacts | null {
    return this.agents.get(agentKey(address)) ?? null;
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
