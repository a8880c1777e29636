import { pairingsStream, pairStream } from '../../../events/streams.js';
import { pairIdOf } from '../../domain/pair-id.js';
import {
  decidePairing,
  decidePairRegistration,
  decideRepairing,
  evolvePairings,
  initialPairings,
  type Pairings,
} from '../../domain/pairing.js';
import type { CommandOf, PairCommands, PairingCommands } from '../../domain/commands.js';
import type { PairFacts } from '../../../facts/pair.js';
import type { Decision, Unknown } from '../../domain/decision.js';
import { decideUnpair } from '../../domain/unpairing.js';
import { decideUnpairing, decideUnregistration } from '../../domain/unregistration.js';
import type { EventStore } from '../../store/port.js';
import { StreamStates } from './stream-states.js';
import { reportedBy, type ExecutionContext } from './execution-context.js';
import { envelop } from './executor.js';
import type { DecisionAtRevision, CommandHandler } from './command-handler.js';
import type { CommandHandlers } from './command-handlers.js';

type Registration = CommandOf<PairingCommands, 'register-pair'>;
type Replacement = CommandOf<PairCommands, 'replace-pool'>;
type Unregistration = CommandOf<PairingCommands, 'unregister-pair'>;
type Unpairing = CommandOf<PairingCommands, 'unpair'>;

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

  of(command: Registration, run: ExecutionContext): CommandHandler {
    const [first, second] = command.body.pools;
    const pairId = this.sharedBy(first.fqdn, second.fqdn) ?? pairIdOf([first.fqdn, second.fqdn]);
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

  /** The pair that both are in, which has the names of other pools where those were replaced. */
  private sharedBy(first: string, second: string): string | undefined {
    const pairId = this.handlers.pairIdOf(first);
    return pairId === this.handlers.pairIdOf(second) ? pairId : undefined;
  }

  private async decide(
    command: Registration,
    pairId: string,
    run: ExecutionContext,
  ): Promise<DecisionAtRevision> {
    const { state: pairings, revision: pairingsRevision } = await this.pairings.load(pairingsStream);
    const { state: pair, revision } = await this.handlers.pairs.load(pairStream(pairId));
    const pairing = decidePairing(pairings ?? initialPairings(), command.body, pairId);
    if (pairing.outcome !== 'accepted') return { decision: pairing, revision };
    return {
      decision: decidePairRegistration(pair, command.body, pairId, reportedBy(run)),
      revision,
      beforeAppend: async () => await this.appendPairing(pairing, pairingsRevision, run),
    };
  }

  /** @param agents how many are homed in a pool of the pair */
  ofUnregistration(
    { body }: Unregistration,
    run: ExecutionContext,
    agents: (pair: PairFacts) => number,
  ): CommandHandler | Unknown {
    return this.ofEnding(body.pool, run, (pair) => decideUnregistration(pair, body, agents(pair)));
  }

  ofUnpairing({ body }: Unpairing, run: ExecutionContext): CommandHandler | Unknown {
    return this.ofEnding(body.pool, run, (pair) => decideUnpair(pair, body, reportedBy(run)));
  }

  /** What ends a pairing is written to `pairings` as well, before it is in the stream of the pair. */
  private ofEnding(
    pool: string,
    run: ExecutionContext,
    decide: (pair: PairFacts) => Decision,
  ): CommandHandler | Unknown {
    const pairId = this.handlers.pairIdOf(pool);
    if (pairId === undefined) return this.handlers.noSuchPool('/pool', pool);
    const stream = pairStream(pairId);
    return {
      stream,
      lockKey: pairingsStream,
      pairId,
      decide: async () => {
        const { state: pairings, revision: pairingsRevision } = await this.pairings.load(pairingsStream);
        const { state: pair, revision } = await this.handlers.pairs.load(stream);
        if (pair === null) return { decision: this.handlers.noSuchPool('/pool', pool), revision };
        const unpairing = decideUnpairing(pairings ?? initialPairings(), pair);
        return {
          decision: decide(pair),
          revision,
          beforeAppend: async () => await this.appendPairing(unpairing, pairingsRevision, run),
        };
      },
      apply: (events) => this.handlers.pairs.fold(stream, events),
    };
  }

  /** The pool that is lost leaves its pair, and the one in its place is paired with its partner. */
  ofReplacement(command: Replacement, run: ExecutionContext): CommandHandler | Unknown {
    const handler = this.handlers.ofPair(command, run.commandId, reportedBy(run));
    if ('outcome' in handler) return handler;
    const { stream, pairId } = handler;
    return {
      ...handler,
      lockKey: pairingsStream,
      decide: async () => {
        const { state, revision: pairingsRevision } = await this.pairings.load(pairingsStream);
        const { state: pair } = await this.handlers.pairs.load(stream);
        const decided = await handler.decide();
        if (pair === null || decided.decision.outcome !== 'accepted') return decided;
        const pairing = decideRepairing(state ?? initialPairings(), pair, command.body);
        if (pairing.outcome !== 'accepted') return { ...decided, decision: pairing };
        return {
          ...decided,
          beforeAppend: async () => await this.appendPairing(pairing, pairingsRevision, run),
        };
      },
      pairId,
    };
  }

  private async appendPairing(
    decision: Decision,
    revision: bigint | null,
    run: ExecutionContext,
  ): Promise<void> {
    if (decision.outcome !== 'accepted' || decision.events.length === 0) return;
    const toAppend = decision.events.map((event, index) =>
      envelop(event, [], index === 0 ? 'pairing' : `pairing-${index}`, run),
    );
    const { events } = await this.store.append(pairingsStream, toAppend, revision ?? 'no-stream');
    this.pairings.fold(pairingsStream, events);
  }
}
