/** The commands about agents, with their bodies. */

export interface AgentCommands {
  'register-agent': { readonly agent: string; readonly homePool: string };
  'move-agent': {
    readonly agent: string;
    readonly homePool: string;
    /** With -Force: the pool that the agent leaves takes no part. */
    readonly force?: boolean;
  };
  'sign-in-agent': {
    readonly agent: string;
    readonly pool: string;
    /** Each formal group of the pool that lists the agent, where absent. */
    readonly agentGroup?: string;
  };
  'sign-out-agent': { readonly agent: string; readonly pool: string; readonly agentGroup: string };
}

/** What a list of users shows of one agent: it comes with others in a file. */
export interface ListCommands {
  'list-agent': {
    readonly agent: string;
    /** Where they are homed by the list; null where the list has all users, and not this one. */
    readonly homePool: string | null;
    readonly enabled: boolean | null;
    readonly enterpriseVoice: boolean | null;
  };
}
