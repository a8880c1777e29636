import { pairingsStream, pairStream } from '../../../events/streams.js';
import { poolOf } from '../../../facts/copies.js';
import { decideDeparture, holderOf, type Arriving } from '../../domain/arriving.js';
import { pairIdOf } from '../../domain/pair-id.js';
import {
  decidePairing,
  decidePairRegistration,
  evolvePairings,
  initialPairings,
  type Pairings,
} from '../../domain/pairing.js';
import { decidePairingOfReplacement, replacementHasNoRecord } from '../../domain/pairing-of-replacement.js';
import type { CommandOf, PairCommands, PairingCommands } from '../../domain/commands.js';
import type { PairFacts } from '../../../facts/pair.js';
import type { Decision, Unknown } from '../../domain/decision.js';
import { poolWasReplaced } from '../../domain/pair/former-names.js';
import { decideRetirement, type Needing } from '../../domain/retirement.js';
import { decideUnpair } from '../../domain/unpairing.js';
import { decideUnpairing, decideUnregistration } from '../../domain/unregistration.js';
import type { EventStore } from '../../store/port.js';
import { StreamStates } from './stream-states.js';
import { reportedBy, type ExecutionContext } from './execution-context.js';
import { envelop } from './executor.js';
import type { CommandHandler, DecisionAtRevision, StoredElsewhere } from './command-handler.js';
import type { CommandHandlers } from './command-handlers.js';

type Registration = CommandOf<PairingCommands, 'register-pair'>;
type Replacement = CommandOf<PairCommands, 'replace-pool'>;
type Route = CommandOf<PairCommands, 'choose-route'>;
type Unregistration = CommandOf<PairingCommands, 'unregister-pair'>;
type Retirement = CommandOf<PairingCommands, 'retire-pool'>;
type Unpairing = CommandOf<PairingCommands, 'unpair'>;

/** With the revision of the stream of its pair. */
type Holder = Arriving & { readonly revision: bigint | null };

/**
 * Registering a pair writes first `pairings`, which decides that no pool is paired twice, then the streams that its pools
 * leave, then the pair's own. A crash in between is mended by asking again.
 */
export class PairingHandlers {
  private readonly pairings: StreamStates<Pairings>;

  constructor(
    store: EventStore,
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
    const loaded = await this.pairings.load(pairingsStream);
    const pairings = loaded.state ?? initialPairings();
    const { state: pair, revision } = await this.handlers.pairs.load(pairStream(pairId));
    const names = command.body.pools.map(({ fqdn }) => fqdn);
    const holders = await this.holdersOf(names, pairings);
    const pairing = decidePairing(pairings, command.body, pairId, holders);
    if (pairing.outcome !== 'accepted') return { decision: pairing, revision };
    return {
      decision: decidePairRegistration(pair, command.body, pairId, reportedBy(run), holders),
      revision,
      elsewhere: [
        ...this.pairingOf(pairing, loaded.revision, run),
        // Before the new pair has it: what is carried there must be the last that was so here.
        ...this.departuresOf(holders, command, pairId, run),
      ],
    };
  }

  /** The pools that were in a pair before, each with the pair in whose stream its record stands. */
  private async holdersOf(names: readonly string[], pairings: Pairings): Promise<readonly Holder[]> {
    const found: Holder[] = [];
    for (const fqdn of names) {
      const ids = new Set(pairings.history.get(fqdn.toLowerCase()));
      const pairs: PairFacts[] = [];
      const revisions = new Map<PairFacts, bigint | null>();
      for (const id of ids) {
        const { state, revision } = await this.handlers.pairs.load(pairStream(id));
        if (state === null || poolOf(state, fqdn) === undefined) continue;
        pairs.push(state);
        revisions.set(state, revision);
      }
      const pair = holderOf(fqdn, pairs);
      if (pair !== null) found.push({ fqdn, pair, revision: revisions.get(pair) ?? null });
    }
    return found;
  }

  /** Of each pool that goes on in the stream of another pair, in the one that it leaves. */
  private departuresOf(
    holders: readonly Holder[],
    { body }: Registration,
    pairId: string,
    run: ExecutionContext,
  ): readonly StoredElsewhere[] {
    return holders.flatMap(({ revision, ...arriving }) => {
      const partner = body.pools.find(({ fqdn }) => fqdn !== arriving.fqdn)?.fqdn ?? '';
      const events = decideDeparture(arriving, pairId, partner).map((event, index) =>
        envelop(event, [], `departure of ${arriving.fqdn} ${index}`, run),
      );
      const stream = pairStream(arriving.pair.pairId);
      const apply: StoredElsewhere['apply'] = (stored) => this.handlers.pairs.fold(stream, stored);
      return events.length === 0 ? [] : [{ stream, revision, events, apply }];
    });
  }

  /** @param agents how many are homed in a pool of the pair */
  ofUnregistration(
    { body }: Unregistration,
    run: ExecutionContext,
    agents: (pair: PairFacts) => number,
  ): CommandHandler | Unknown {
    return this.ofEnding('unregister-pair', body.pool, run, (pair) =>
      decideUnregistration(pair, body, agents(pair)),
    );
  }

  ofUnpairing({ body }: Unpairing, run: ExecutionContext): CommandHandler | Unknown {
    return this.ofEnding('unpair', body.pool, run, (pair) => decideUnpair(pair, body, reportedBy(run)));
  }

  ofRetirement(
    { body }: Retirement,
    run: ExecutionContext,
    needing: (pool: string) => Needing,
  ): CommandHandler | Unknown {
    return this.ofEnding('retire-pool', body.pool, run, (pair) =>
      decideRetirement(pair, body, needing(body.pool), reportedBy(run)),
    );
  }

  /** What ends a pairing is written to `pairings` as well, before it is in the stream of the pair. */
  private ofEnding(
    name: string,
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
          decision: poolWasReplaced(pair, pool, name) ?? decide(pair),
          revision,
          elsewhere: this.pairingOf(unpairing, pairingsRevision, run),
        };
      },
      apply: (events) => this.handlers.pairs.fold(stream, events),
    };
  }

  /** The pool that is lost leaves its pair, and the one in its place is paired with its partner. */
  ofReplacement(command: Replacement, run: ExecutionContext): CommandHandler | Unknown {
    const handler = this.handlers.ofPair(command, run.commandId, reportedBy(run));
    if ('outcome' in handler) return handler;
    const { stream } = handler;
    return {
      ...handler,
      lockKey: pairingsStream,
      decide: async () => {
        const { state, revision: pairingsRevision } = await this.pairings.load(pairingsStream);
        const { state: pair } = await this.handlers.pairs.load(stream);
        const decided = await handler.decide();
        if (pair === null || decided.decision.outcome !== 'accepted') return decided;
        const pairings = state ?? initialPairings();
        const [holder = null] = await this.holdersOf([command.body.replacement], pairings);
        const pairing = decidePairingOfReplacement(pairings, pair, command.body, holder);
        if (pairing.outcome !== 'accepted') return { ...decided, decision: pairing };
        return { ...decided, elsewhere: this.pairingOf(pairing, pairingsRevision, run) };
      },
    };
  }

  /** A route to a pool that could not take the place is not chosen. */
  ofRoute(command: Route, run: ExecutionContext): CommandHandler | Unknown {
    const handler = this.handlers.ofPair(command, run.commandId, reportedBy(run));
    const { pool, replacement } = command.body;
    if ('outcome' in handler || replacement === undefined) return handler;
    return {
      ...handler,
      decide: async () => {
        const decided = await handler.decide();
        const { state: pair } = await this.handlers.pairs.load(handler.stream);
        if (pair === null || decided.decision.outcome !== 'accepted') return decided;
        const pairings = (await this.pairings.load(pairingsStream)).state ?? initialPairings();
        const [holder = null] = await this.holdersOf([replacement], pairings);
        const ruling = replacementHasNoRecord(pairings, pair, replacement, holder, `choose-route ${pool}`);
        return ruling.outcome === 'allowed' ? decided : { ...decided, decision: ruling };
      },
    };
  }

  private pairingOf(
    decision: Decision,
    revision: bigint | null,
    run: ExecutionContext,
  ): readonly StoredElsewhere[] {
    if (decision.outcome !== 'accepted' || decision.events.length === 0) return [];
    const events = decision.events.map((event, index) =>
      envelop(event, [], index === 0 ? 'pairing' : `pairing-${index}`, run),
    );
    return [
      {
        stream: pairingsStream,
        revision,
        events,
        apply: (stored) => this.pairings.fold(pairingsStream, stored),
      },
    ];
  }
}
