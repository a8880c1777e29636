import type { EventOf } from './envelope.js';
import { eventSchema, type EventSchemas } from './event-schema.js';

export type AgentRegistered = EventOf<
  'AgentRegistered',
  { readonly agent: string; readonly homePool: string }
>;

/** `pool` is the parent of the copy of the agent group that the agent signed in to. */
export interface AgentGroupCopy {
  readonly agent: string;
  readonly pool: string;
  readonly agentGroup: string;
}
export type AgentSignedIn = EventOf<'AgentSignedIn', AgentGroupCopy>;
export type AgentSignedOut = EventOf<'AgentSignedOut', AgentGroupCopy>;

export type AgentEvent = AgentRegistered | AgentSignedIn | AgentSignedOut;

export const agentSchemas: EventSchemas<AgentEvent> = {
  AgentRegistered: eventSchema(),
  AgentSignedIn: eventSchema(),
  AgentSignedOut: eventSchema(),
};
