/** Where things are: which pair a pool is of, and which calls may have been reported. */
import type { Projection } from '../../../projections/projection.js';
import { NameFilter } from '../../store/name-filter.js';

export interface Directory {
  /** Pool to pair. */
  readonly pairIdOfPool: Map<string, string>;
  /** Ids of all calls ever reported. */
  readonly callIds: NameFilter;
}

export const directory: Projection<Directory> = {
  name: 'directory',
  version: 1,
  reads: ['pair', 'call'],
  independent: true,
  initial: () => ({ pairIdOfPool: new Map(), callIds: new NameFilter() }),
  apply: (state, event) => {
    switch (event.type) {
      case 'PairRegistered':
        for (const { fqdn } of event.data.pools) state.pairIdOfPool.set(fqdn, event.data.pairId);
        return state;
      case 'CallArrived':
      case 'OnBehalfCallPlaced':
        state.callIds.add(event.data.callId);
        return state;
      default:
        return state;
    }
  },
  pack: ({ pairIdOfPool, callIds }) => ({ pairIdOfPool, bits: callIds.bits }),
  unpack: (packed) => {
    const { pairIdOfPool, bits } = packed as { pairIdOfPool: Map<string, string>; bits: Uint32Array };
    return { pairIdOfPool, callIds: new NameFilter(bits) };
  },
};
