import type { EventOf } from './envelope.js';
import { contract } from './contract.js';

export type AgentRegistered = EventOf<
  'AgentRegistered',
  { readonly agent: string; readonly homePool: string }
>;

/** `pool` is the parent of the copy of the agent group that the agent signed in to. */
interface AgentGroupCopy {
  readonly agent: string;
  readonly pool: string;
  readonly agentGroup: string;
}
export type AgentSignedIn = EventOf<'AgentSignedIn', AgentGroupCopy>;
export type AgentSignedOut = EventOf<'AgentSignedOut', AgentGroupCopy>;

export type AgentEvent = AgentRegistered | AgentSignedIn | AgentSignedOut;

export const agentContracts = [
  contract('AgentRegistered'),
  contract('AgentSignedIn'),
  contract('AgentSignedOut'),
] as const;
