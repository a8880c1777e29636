import { pairStream } from '../../../events/streams.js';
import { homePoolIn, type HomePool } from '../../../facts/agent-home.js';
import type { PairFacts } from '../../../facts/pair.js';
import type { StreamStates } from './stream-states.js';

/** Finds how it stands with the pools that agents are homed in. */
export class AgentHomes {
  constructor(
    /** Of a pool that was replaced, the pair that it was in. */
    private readonly pairIdOf: (fqdn: string) => string | undefined,
    private readonly pairs: StreamStates<PairFacts>,
  ) {}

  /** Null where no pair has such a pool. */
  async of(fqdn: string): Promise<HomePool | null> {
    const pairId = this.pairIdOf(fqdn);
    if (pairId === undefined) return null;
    const { state: pair } = await this.pairs.load(pairStream(pairId));
    return pair === null ? null : homePoolIn([pair], fqdn);
  }
}
