import type { Recorded } from '../../../events/envelope.js';
import type { EventType, PoolkeeperEvent } from '../../../events/registry.js';
import {
  agentStreamPrefix,
  callIdIn,
  callStreamPrefix,
  describeStream,
  pairStream,
} from '../../../events/streams.js';
import type { Corrections } from '../../../facts/in-force.js';
import { namedAtMost } from '../../domain/corrections/decide.js';
import { TwoWorlds, type Needing } from '../../domain/corrections/needs.js';
import { World } from '../../domain/corrections/world.js';
import type { EventStore } from '../../store/port.js';
import { Turns } from '../../store/turns.js';
import { decode } from '../decode.js';
import type { ProjectionRunner } from '../projections/projection-runner.js';

type Fact = Recorded<PoolkeeperEvent>;

/** What may need an event of these types besides what follows in its stream. Others are needed by nothing elsewhere. */
export const neededElsewhereBy: Partial<Readonly<Record<EventType, readonly ('agent' | 'call')[]>>> = {
  AgentRegistered: ['call'],
  AgentMoved: ['call'],
  ObjectModified: ['agent'],
  ObjectCreated: ['agent', 'call'],
  ObjectRemoved: ['agent', 'call'],
  ResponseGroupsExported: ['agent', 'call'],
  ResponseGroupsImported: ['agent', 'call'],
  ReplicaShown: ['agent', 'call'],
  ReplicationSet: ['agent', 'call'],
  ReplicationReported: ['agent', 'call'],
  ReadingChosen: ['agent', 'call'],
  ServiceReported: ['call'],
  OutageDeclared: ['agent', 'call'],
  OutageEnded: ['agent', 'call'],
  IncidentClosed: ['agent', 'call'],
  FailoverInitiated: ['agent', 'call'],
  FailoverCompleted: ['agent', 'call'],
  FailoverFailed: ['agent', 'call'],
  FailbackInitiated: ['agent', 'call'],
  FailbackCompleted: ['agent', 'call'],
  FailbackFailed: ['agent', 'call'],
  ReplacementCompleted: ['agent', 'call'],
};

interface LaterNeeds {
  readonly needing: readonly Needing[];
  readonly inAll: number;
}

/**
 * Looks which facts in the log need an event: it folds the log from there on twice, with the event and without it.
 * What is in memory does not grow with the log, but for calls that are open.
 */
export class LaterFacts {
  constructor(
    private readonly store: EventStore,
    private readonly runner: Pick<ProjectionRunner, 'corrections'>,
    private readonly pairIdOf: (pool: string) => string | undefined,
  ) {}

  /**
   * In the order of the log; the last `namedAtMost`, which have to go first.
   * @throws StoreUnavailableError
   */
  async needing(event: Fact): Promise<LaterNeeds> {
    const end = (await this.store.lastPosition()) ?? 0n;
    const corrections = await this.runner.corrections.at(end);
    const { pairId, families } = this.scopeOf(event);
    const isOfAgent = describeStream(event.stream).family === 'agent';
    const tellsAgents = families.includes('agent') || isOfAgent;
    const [recorded, without] = [new World(pairId, tellsAgents), new World(pairId, tellsAgents)];
    const worlds = new TwoWorlds(recorded, without);
    const beside =
      pairId === null ? [] : isOfAgent ? [pairStream(pairId)] : tellsAgents ? [agentStreamPrefix] : [];
    const told = [event.stream, ...beside];
    const needing: Needing[] = [];
    let inAll = 0;
    const before = { streamPrefixes: told, upTo: event.position - 1n };
    for await (const fact of this.facts(event.stream, before, corrections)) worlds.before(fact);
    worlds.retracted(event);
    const ofCalls = families.includes('call') ? [callStreamPrefix('')] : [];
    const after = { streamPrefixes: [...told, ...ofCalls], after: event.position };
    for await (const fact of this.facts(event.stream, after, corrections)) {
      if (fact.metadata.causationId === event.id) {
        worlds.retracted(fact);
        continue;
      }
      await this.tellOfCall(recorded, worlds, fact, corrections);
      const found = worlds.after(fact);
      if (fact.type === 'CallEnded')
        for (const world of [recorded, without]) world.forgetCall(callIdIn(fact.stream));
      if (found === null) continue;
      // What a pool took along stays, whatever goes first.
      if (found.event.type === 'PoolLeft') return { needing: [found], inAll: 1 };
      inAll += 1;
      needing.push(found);
      if (needing.length > namedAtMost) needing.shift();
    }
    return { needing, inAll };
  }

  /**
   * What has to be told to judge an event: its pair, and the families of streams beside its own. Without a move an agent
   * would be where the stages of the pool that they left decide whether calls reach them.
   */
  private scopeOf(event: Fact): { readonly pairId: string | null; readonly families: readonly string[] } {
    const { family, pairId } = describeStream(event.stream);
    const families = neededElsewhereBy[event.type] ?? [];
    if (event.type === 'AgentMoved') return { pairId: this.pairIdOf(event.data.from) ?? null, families };
    return { pairId: family === 'pair' ? pairId : null, families };
  }

  /** Of a call that arrived before, what its stream says until then. */
  private async tellOfCall(
    recorded: World,
    worlds: TwoWorlds,
    fact: Fact,
    corrections: Corrections,
  ): Promise<void> {
    if (fact.type !== 'CallConnected' && fact.type !== 'CallEnded') return;
    if (recorded.call(fact.data.callId) !== null || fact.revision === 0n) return;
    for (const earlier of await this.store.readStream(fact.stream, { to: fact.revision - 1n })) {
      const counted = corrections.inForce(earlier);
      if (counted !== null) worlds.before(decode(counted));
    }
  }

  /** Of one stream, and all of the families that are read beside its own. */
  private async *facts(
    stream: string,
    range: { readonly streamPrefixes: readonly string[]; readonly after?: bigint; readonly upTo?: bigint },
    corrections: Corrections,
  ): AsyncGenerator<Fact, void, undefined> {
    const turns = new Turns();
    const { family } = describeStream(stream);
    if (range.upTo === 0n) return;
    for await (const page of this.store.readAll(range)) {
      for (const stored of page) {
        if (turns.isOver) await turns.next();
        // The name of one stream may begin with that of another.
        if (stored.stream !== stream && describeStream(stored.stream).family === family) continue;
        const counted = corrections.inForce(stored);
        if (counted !== null) yield decode(counted);
      }
    }
  }
}
