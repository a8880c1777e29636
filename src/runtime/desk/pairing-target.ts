import { pairingsStream, pairStream } from '../../../events/streams.js';
import { evolvePairings, pairIdOf, registerPair, type Pairings } from '../../domain/pairing.js';
import type { CommandOf, PairingCommands } from '../../domain/commands.js';
import type { EventStore } from '../../store/port.js';
import { StreamStates } from '../stream-states.js';
import type { Run } from './context.js';
import { envelop } from './executor.js';
import type { Target } from './target.js';
import type { Targets } from './targets.js';

/**
 * Registering a pair writes two streams: first `pairings`, which decides that no pool is paired twice,
 * then the pair's own. A crash in between is mended by asking again.
 */
export class PairingTargets {
  private readonly pairings: StreamStates<Pairings>;

  constructor(
    private readonly store: EventStore,
    private readonly targets: Targets,
  ) {
    this.pairings = new StreamStates(store, evolvePairings, 1);
  }

  of(command: CommandOf<PairingCommands>, run: Run): Target {
    const [first, second] = command.body.pools;
    const pairId = pairIdOf(first.fqdn, second.fqdn);
    const stream = pairStream(pairId);
    const trail = this.targets.pairIdOf(first.fqdn) ?? this.targets.pairIdOf(second.fqdn) ?? pairId;
    return {
      stream,
      pairId: trail,
      decide: async () => {
        const { state: pairings, revision: pairingsRevision } = await this.pairings.load(pairingsStream);
        const { state: pair, revision } = await this.targets.pairs.load(stream);
        const { pairing, decision } = registerPair({ pairings, pair, pairId }, command);
        return {
          decision,
          revision,
          prepare: async () => {
            if (pairing === null) return;
            const event = envelop(pairing, [], 'pairing', run);
            const { events } = await this.store.append(
              pairingsStream,
              [event],
              pairingsRevision ?? 'no-stream',
            );
            this.pairings.fold(pairingsStream, events);
          },
        };
      },
      absorb: (events) => this.targets.pairs.fold(stream, events),
    };
  }
}
