import type { EventOf } from './envelope.js';
import { eventSchema, type EventSchemas } from './event-schema.js';

export type AgentRegistered = EventOf<
  'AgentRegistered',
  { readonly agent: string; readonly homePool: string }
>;

/** The user of an agent was moved with Move-CsUser. */
export type AgentMoved = EventOf<
  'AgentMoved',
  {
    readonly agent: string;
    /** The home pool until then. */
    readonly from: string;
    /** The home pool from then on. */
    readonly homePool: string;
    /** With -Force, which leaves the user's data behind; absent without it. */
    readonly force?: true;
  }
>;

/** What a list of users shows of an agent, where it differs from what the lists before showed. */
export type AgentListed = EventOf<
  'AgentListed',
  {
    readonly agent: string;
    /** False: the list has all users, and not this one; the other two are null then. */
    readonly listed: boolean;
    /** Null where the list does not say: what a list before it showed holds. */
    readonly enabled: boolean | null;
    /** Whether Enterprise Voice is on; null as above. */
    readonly enterpriseVoice: boolean | null;
  }
>;

/** `pool` is the parent of the copy of the agent group that the agent signed in to. */
export interface AgentGroupCopy {
  readonly agent: string;
  readonly pool: string;
  readonly agentGroup: string;
}
export type AgentSignedIn = EventOf<'AgentSignedIn', AgentGroupCopy>;
export type AgentSignedOut = EventOf<'AgentSignedOut', AgentGroupCopy>;

export type AgentEvent = AgentRegistered | AgentMoved | AgentListed | AgentSignedIn | AgentSignedOut;

export const agentSchemas: EventSchemas<AgentEvent> = {
  AgentRegistered: eventSchema(),
  AgentMoved: eventSchema(),
  AgentListed: eventSchema(),
  AgentSignedIn: eventSchema(),
  AgentSignedOut: eventSchema(),
};
