import { agentStream, pairStream } from '../../../events/streams.js';
import type { AgentFacts } from '../../../facts/agent.js';
import type { PairFacts } from '../../../facts/pair.js';
import { decideAgent } from '../../domain/agent.js';
import type { AgentCommand } from '../../domain/commands.js';
import type { Unknown } from '../../domain/decision.js';
import type { Reported } from '../../domain/reported-time.js';
import type { AgentHomes } from './agent-homes.js';
import type { CommandHandler } from './command-handler.js';
import type { StreamStates } from './stream-states.js';

interface Pools {
  pairIdOf(fqdn: string): string | undefined;
  noSuchPool(pointer: string, fqdn: string): Unknown;
}

/** Finds what decides the commands about agents: their own stream, and the pair of the pool that the command names. */
export class AgentHandlers {
  constructor(
    private readonly pools: Pools,
    private readonly homes: Pick<AgentHomes, 'of'>,
    private readonly pairs: StreamStates<PairFacts>,
    private readonly agents: StreamStates<AgentFacts>,
  ) {}

  async of(command: AgentCommand, reported: Reported): Promise<CommandHandler | Unknown> {
    const [pointer, fqdn] =
      'homePool' in command.body ? ['/homePool', command.body.homePool] : ['/pool', command.body.pool];
    const stream = agentStream(command.body.agent);
    const pairId = fqdn === null ? await this.pairLeft(stream, '') : this.pools.pairIdOf(fqdn);
    if (pairId === undefined) return this.pools.noSuchPool(pointer, fqdn ?? '');
    return {
      stream,
      pairId: command.name === 'move-agent' ? await this.pairLeft(stream, pairId) : pairId,
      decide: async () => {
        const [{ state: pair }, { state: agent, revision }] = await Promise.all([
          this.pairs.load(pairStream(pairId)),
          this.agents.load(stream),
        ]);
        const home =
          command.name === 'move-agent' && agent !== null
            ? { home: await this.homes.of(agent.homePool) }
            : {};
        return { decision: decideAgent({ agent, pair, ...home }, command, reported), revision };
      },
      apply: (events) => this.agents.fold(stream, events),
    };
  }

  /** A move changes the most in the pair that the agent leaves: they are signed in nowhere any more. */
  private async pairLeft(stream: string, otherwise: string): Promise<string> {
    const { state } = await this.agents.load(stream);
    return (state === null ? undefined : this.pools.pairIdOf(state.homePool)) ?? otherwise;
  }
}
