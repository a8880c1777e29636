import { pairingsStream, pairStream } from '../../../events/streams.js';
import { pairIdOf } from '../../domain/pair-id.js';
import {
  decidePairing,
  decidePairRegistration,
  evolvePairings,
  initialPairings,
  type Pairings,
} from '../../domain/pairing.js';
import type { CommandOf, PairingCommands } from '../../domain/commands.js';
import type { EventStore } from '../../store/port.js';
import { StreamStates } from './stream-states.js';
import type { ExecutionContext } from './execution-context.js';
import { envelop } from './executor.js';
import type { DecisionAtRevision, CommandHandler } from './command-handler.js';
import type { CommandHandlers } from './command-handlers.js';

/**
 * Registering a pair writes two streams: first `pairings`, which decides that no pool is paired twice,
 * then the pair's own. A crash in between is mended by asking again.
 */
export class PairingHandlers {
  private readonly pairings: StreamStates<Pairings>;

  constructor(
    private readonly store: EventStore,
    private readonly handlers: CommandHandlers,
  ) {
    this.pairings = new StreamStates(
      store,
      (state, event) => evolvePairings(state ?? initialPairings(), event),
      1,
    );
  }

  of(command: CommandOf<PairingCommands>, run: ExecutionContext): CommandHandler {
    const [first, second] = command.body.pools;
    const pairId = pairIdOf([first.fqdn, second.fqdn]);
    const stream = pairStream(pairId);
    return {
      stream,
      // All registrations decide on the one stream of pairings, so they take turns.
      lockKey: pairingsStream,
      pairId: this.handlers.pairIdOf(first.fqdn) ?? this.handlers.pairIdOf(second.fqdn) ?? pairId,
      decide: () => this.decide(command, pairId, run),
      apply: (events) => this.handlers.pairs.fold(stream, events),
    };
  }

  private async decide(
    command: CommandOf<PairingCommands>,
    pairId: string,
    run: ExecutionContext,
  ): Promise<DecisionAtRevision> {
    const { state: pairings, revision: pairingsRevision } = await this.pairings.load(pairingsStream);
    const { state: pair, revision } = await this.handlers.pairs.load(pairStream(pairId));
    const pairing = decidePairing(pairings ?? initialPairings(), command.body, pairId);
    if (pairing.outcome !== 'accepted') return { decision: pairing, revision };
    return {
      decision: decidePairRegistration(pair, command.body, pairId),
      revision,
      beforeAppend: async () => {
        const toAppend = pairing.events.map((event) => envelop(event, [], 'pairing', run));
        if (toAppend.length === 0) return;
        const { events } = await this.store.append(pairingsStream, toAppend, pairingsRevision ?? 'no-stream');
        this.pairings.fold(pairingsStream, events);
      },
    };
  }
}
