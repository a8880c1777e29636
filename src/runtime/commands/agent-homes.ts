import { pairStream } from '../../../events/streams.js';
import { homeEndOf, type HomeEnd } from '../../../facts/agent-home.js';
import { poolOf } from '../../../facts/copies.js';
import type { PairFacts } from '../../../facts/pair.js';
import type { Stage } from '../../../policy/stages.js';
import type { StreamStates } from './stream-states.js';

export interface HomeNow {
  readonly stage: Stage;
  /** Null where the stage tells all. */
  readonly end: HomeEnd | null;
}

/** Finds how the pools are that agents are homed in. */
export class AgentHomes {
  constructor(
    private readonly pairIdOf: (fqdn: string) => string | undefined,
    private readonly pairs: StreamStates<PairFacts>,
  ) {}

  /** Null where no pair has such a pool. */
  async of(fqdn: string): Promise<HomeNow | null> {
    const pairId = this.pairIdOf(fqdn);
    if (pairId === undefined) return null;
    const { state: pair } = await this.pairs.load(pairStream(pairId));
    const pool = pair === null ? undefined : poolOf(pair, fqdn);
    return pair === null || pool === undefined ? null : { stage: pool.stage, end: homeEndOf(pair, fqdn) };
  }

  /** Null where the pool is in service no more. */
  async stageOf(fqdn: string): Promise<Stage | null> {
    const home = await this.of(fqdn);
    return home === null || home.end !== null ? null : home.stage;
  }
}
