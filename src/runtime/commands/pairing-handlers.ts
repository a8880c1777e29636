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
import type { Run } from './execution-context.js';
import { envelop } from './executor.js';
import type { Decided, Target } from './command-handler.js';
import type { Targets } from './command-handlers.js';

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
    this.pairings = new StreamStates(
      store,
      (state, event) => evolvePairings(state ?? initialPairings(), event),
      1,
    );
  }

  of(command: CommandOf<PairingCommands>, run: Run): Target {
    const [first, second] = command.body.pools;
    const pairId = pairIdOf([first.fqdn, second.fqdn]);
    const stream = pairStream(pairId);
    return {
      stream,
      pairId: this.targets.pairIdOf(first.fqdn) ?? this.targets.pairIdOf(second.fqdn) ?? pairId,
      decide: () => this.decide(command, pairId, run),
      absorb: (events) => this.targets.pairs.fold(stream, events),
    };
  }

  private async decide(command: CommandOf<PairingCommands>, pairId: string, run: Run): Promise<Decided> {
    const { state: pairings, revision: pairingsRevision } = await this.pairings.load(pairingsStream);
    const { state: pair, revision } = await this.targets.pairs.load(pairStream(pairId));
    const pairing = decidePairing(pairings ?? initialPairings(), command.body, pairId);
    if (pairing.outcome !== 'accepted') return { decision: pairing, revision };
    return {
      decision: decidePairRegistration(pair, command.body, pairId),
      revision,
      prepare: async () => {
        const toAppend = pairing.events.map((event) => envelop(event, [], 'pairing', run));
        if (toAppend.length === 0) return;
        const { events } = await this.store.append(pairingsStream, toAppend, pairingsRevision ?? 'no-stream');
        this.pairings.fold(pairingsStream, events);
      },
    };
  }
}
