/** One pair with its agents and calls, folded from events; gives each command to its decider. */
import type { Recorded } from '../../events/envelope.js';
import type { PoolkeeperEvent } from '../../events/registry.js';
import { evolveAgent, initialAgent, type AgentFacts } from '../../facts/agent.js';
import { homePoolIn } from '../../facts/agent-home.js';
import { evolveCall, initialCall, type CallFacts, type CallState } from '../../facts/call.js';
import { poolOf } from '../../facts/copies.js';
import { Corrections, inForce, isCorrection } from '../../facts/in-force.js';
import { evolvePair, initialPair, type PairFacts } from '../../facts/pair.js';
import type { Arriving } from '../../src/domain/arriving.js';
import { decideAgent } from '../../src/domain/agent.js';
import { decideCall } from '../../src/domain/call.js';
import type {
  AgentCommand,
  CallCommand,
  Command,
  CorrectionCommand,
  PairCommand,
  PairingCommands,
} from '../../src/domain/commands.js';
import { unknown, type Decision } from '../../src/domain/decision.js';
import { decidePair } from '../../src/domain/pair/decide.js';
import { pairIdOf } from '../../src/domain/pair-id.js';
import {
  decidePairing,
  decidePairRegistration,
  evolvePairings,
  initialPairings,
} from '../../src/domain/pairing.js';
import type { Reported } from '../../src/domain/reported-time.js';
import { decideRetirement } from '../../src/domain/retirement.js';
import { poolWasReplaced } from '../../src/domain/pair/former-names.js';
import { decideUnpair } from '../../src/domain/unpairing.js';
import { decideUnpairing, decideUnregistration } from '../../src/domain/unregistration.js';
import { decideRetraction, decideTimeCorrection } from '../../src/domain/corrections/decide.js';
import { TwoWorlds, type Needing } from '../../src/domain/corrections/needs.js';
import { incidentBegunBy } from '../../src/domain/corrections/incident-begun.js';
import { needingTheTime } from '../../src/domain/corrections/times.js';
import { World as Told } from '../../src/domain/corrections/world.js';
import { recorded } from './recorded.js';
import { pairId as pairIdOfStory } from './story.js';

type Registration = PairingCommands['register-pair'];

export class World {
  pairings = initialPairings();
  pair: PairFacts | null = initialPair;
  readonly agents = new Map<string, AgentFacts>();
  readonly calls = new Map<string, CallFacts>();
  /** The states of calls that a stage has affected. */
  readonly callStates = new Map<string, Partial<CallState>>();
  readonly log: Recorded<PoolkeeperEvent>[] = [];
  position = 0n;
  /** When the next command's fact happened; null where nobody says. */
  at: string | null = null;
  /** When it is given; null where that does not matter. */
  now: string | null = null;

  happened(events: readonly PoolkeeperEvent[]): this {
    const next = recorded(events, Number(this.position) + 1);
    this.log.push(...next);
    if (next.some(isCorrection)) this.#forget();
    for (const event of next.some(isCorrection) ? inForce(this.log) : next) {
      this.position = event.position;
      this.pairings = evolvePairings(this.pairings, event);
      this.pair = evolvePair(this.pair, event);
      if ('agent' in event.data && !('callId' in event.data)) {
        const { agent } = event.data;
        const facts = evolveAgent(this.agents.get(agent) ?? initialAgent, event);
        if (facts !== null) this.agents.set(agent, facts);
      }
      if ('callId' in event.data) {
        const { callId } = event.data;
        const facts = evolveCall(this.calls.get(callId) ?? initialCall, event);
        if (facts !== null) this.calls.set(callId, facts);
      }
    }
    return this;
  }

  #forget(): void {
    this.pairings = initialPairings();
    this.pair = initialPair;
    this.agents.clear();
    this.calls.clear();
  }

  decide(command: Command, newId = `new-${this.position}`): Decision {
    switch (command.name) {
      case 'register-pair': {
        const [first, second] = command.body.pools;
        const pairId = pairIdOf([first.fqdn, second.fqdn]);
        const pairing = decidePairing(this.pairings, command.body, pairId);
        return pairing.outcome !== 'accepted' || pairing.events.length > 0
          ? pairing
          : decidePairRegistration(
              this.pair,
              command.body,
              pairId,
              this.#reported,
              this.#arriving(command.body),
            );
      }
      case 'unregister-pair': {
        if (this.pair === null) throw new Error('Begin the story with a pair.');
        const homed = [...this.agents.values()].length;
        const decision =
          poolWasReplaced(this.pair, command.body.pool, command.name) ??
          decideUnregistration(this.pair, command.body, homed);
        const unpairing = decideUnpairing(this.pairings, this.pair);
        return decision.outcome === 'accepted' && unpairing.outcome === 'accepted'
          ? { ...decision, events: [...unpairing.events, ...decision.events] }
          : decision;
      }
      case 'retire-pool': {
        if (this.pair === null) throw new Error('Begin the story with a pair.');
        const homed = [...this.agents.values()].filter(({ homePool }) => homePool === command.body.pool);
        return (
          poolWasReplaced(this.pair, command.body.pool, command.name) ??
          decideRetirement(
            this.pair,
            command.body,
            { agents: homed.map(({ agent }) => agent), calls: this.#openCallsOf(command.body.pool) },
            this.#reported,
          )
        );
      }
      case 'unpair': {
        if (this.pair === null) throw new Error('Begin the story with a pair.');
        const decision =
          poolWasReplaced(this.pair, command.body.pool, command.name) ??
          decideUnpair(this.pair, command.body, this.#reported);
        const unpairing = decideUnpairing(this.pairings, this.pair);
        return decision.outcome === 'accepted' && unpairing.outcome === 'accepted'
          ? { ...decision, events: [...unpairing.events, ...decision.events] }
          : decision;
      }
      case 'register-agent':
      case 'move-agent':
      case 'list-agent':
      case 'sign-in-agent':
      case 'sign-out-agent':
        return this.#decideAgent(command);
      case 'report-call-arrived':
      case 'report-call-connected':
      case 'report-call-ended':
      case 'place-call-on-behalf':
        return this.#decideCall(command, newId);
      case 'retract':
      case 'correct-time':
        return this.#decideCorrection(command);
      case 'declare-site-outage':
        throw new Error('A site outage is declared pool by pool.');
      default:
        return this.#decidePair(command, newId);
    }
  }

  /** Both pools stand in the stream of the one pair that there is. */
  #arriving({ pools }: Registration): readonly Arriving[] {
    const { pair } = this;
    if (pair === null) return [];
    return pools.flatMap(({ fqdn }) => (poolOf(pair, fqdn) === undefined ? [] : [{ fqdn, pair }]));
  }

  #decideCorrection(command: CorrectionCommand): Decision {
    const event = this.log.find(({ id }) => id === command.body.eventId);
    if (event === undefined) return unknown('/eventId', 'There is no such event.');
    const corrections = new Corrections(this.log.filter(isCorrection));
    const facts = inForce(this.log);
    if (command.name === 'correct-time') {
      const told = { facts, pairId: pairIdOfStory, tellsAgents: true };
      const needing = needingTheTime(told, event, command.body.occurredAt);
      return decideTimeCorrection({ event, corrections, needing, incident: null }, command.body);
    }
    const worlds = new TwoWorlds(new Told(pairIdOfStory, true), new Told(pairIdOfStory, true));
    const needing: Needing[] = [];
    for (const fact of facts) {
      if (fact.id === event.id) worlds.retracted(fact);
      else if (fact.position < event.position) worlds.before(fact);
      else needing.push(...[worlds.after(fact)].filter((one) => one !== null));
    }
    const incident = incidentBegunBy(event, facts);
    return decideRetraction({ event, corrections, needing, incident }, command.body);
  }

  #decidePair(command: PairCommand, newId: string): Decision {
    if (this.pair === null) throw new Error('Begin the story with a pair.');
    return decidePair(this.pair, command, newId, this.#reported);
  }

  #decideAgent(command: AgentCommand): Decision {
    const agent = this.agents.get(command.body.agent) ?? null;
    const home = agent === null || this.pair === null ? null : homePoolIn([this.pair], agent.homePool);
    return decideAgent({ agent, pair: this.pair, home }, command, this.#reported);
  }

  #decideCall(command: CallCommand, newCallId: string): Decision {
    const callId = 'callId' in command.body ? command.body.callId : newCallId;
    const agent = 'agent' in command.body ? (this.agents.get(command.body.agent) ?? null) : null;
    return decideCall(
      {
        pair: this.pair,
        call: this.calls.get(callId) ?? null,
        callState: this.#callStateOf(callId),
        agent,
        agentHome: agent === null || this.pair === null ? null : homePoolIn([this.pair], agent.homePool),
        newCallId,
        at: this.at,
      },
      command,
      this.#reported,
    );
  }

  get #reported(): Reported {
    return { happenedAt: this.at, now: this.now };
  }

  #openCallsOf(pool: string): readonly string[] {
    return [...this.calls].filter(([, call]) => call.pool === pool && !call.ended).map(([id]) => id);
  }

  #callStateOf(callId: string): CallState | null {
    const call = this.calls.get(callId);
    if (call === undefined) return null;
    const told = this.callStates.get(callId);
    const status = call.ended
      ? 'ended'
      : (told?.status ?? (call.agent === null ? 'in-progress' : 'connected'));
    return {
      status,
      servedBy: call.pool,
      anonymous: false,
      imported: false,
      agent: call.agent,
      because: told?.because ?? [],
      basis: 'stated',
      inference: told?.inference ?? null,
    };
  }
}
