/** Lookups over the whole log: the pair of a pool, the ids of all calls, and the agents of a pool. */
import type { Projection } from '../../../../projections/projection.js';
import { NameFilter } from '../../../store/name-filter.js';

export interface Directory {
  /** Pool to pair. */
  readonly pairIdOfPool: Map<string, string>;
  /** Ids of all calls ever reported. */
  readonly callIds: NameFilter;
  /** Pool to the streams of the agents that are homed in it, or signed in to one of its groups at any time. */
  readonly agentStreams: Map<string, Set<string>>;
}

export const directory: Projection<Directory> = {
  name: 'directory',
  version: 2,
  reads: ['pair', 'call', 'agent'],
  independent: true,
  initial: () => ({ pairIdOfPool: new Map(), callIds: new NameFilter(), agentStreams: new Map() }),
  apply: (state, event) => {
    switch (event.type) {
      case 'PairRegistered':
        for (const { fqdn } of event.data.pools) state.pairIdOfPool.set(fqdn, event.data.pairId);
        return state;
      case 'CallArrived':
      case 'OnBehalfCallPlaced':
        state.callIds.add(event.data.callId);
        return state;
      case 'AgentRegistered':
        noteAgent(state, event.data.homePool, event.stream);
        return state;
      case 'AgentSignedIn':
      case 'AgentSignedOut':
        noteAgent(state, event.data.pool, event.stream);
        return state;
      default:
        return state;
    }
  },
  pack: ({ callIds, ...rest }): PackedDirectory => ({ ...rest, bits: callIds.bits }),
  unpack: (packed) => {
    const { bits, ...rest } = packed as PackedDirectory;
    return { ...rest, callIds: new NameFilter(bits) };
  },
};

type PackedDirectory = Omit<Directory, 'callIds'> & { readonly bits: Uint32Array };

function noteAgent({ agentStreams }: Directory, pool: string, stream: string): void {
  const streams = agentStreams.get(pool);
  if (streams === undefined) agentStreams.set(pool, new Set([stream]));
  else streams.add(stream);
}
