import type { Recorded } from '../../../events/envelope.js';
import type { PoolkeeperEvent } from '../../../events/registry.js';
import { agentStreamPrefix, callStreamPrefix, describeStream, pairStream } from '../../../events/streams.js';
import type { Corrections } from '../../../facts/in-force.js';
import { poolIn } from '../../domain/corrections/decide.js';
import type { Needing } from '../../domain/corrections/needs.js';
import { needingTheTime } from '../../domain/corrections/times.js';
import type { EventStore } from '../../store/port.js';
import { Turns } from '../../store/turns.js';
import { decode } from '../decode.js';
import type { ProjectionRunner } from '../projections/projection-runner.js';
import { neededElsewhereBy } from './later-facts.js';

type Fact = Recorded<PoolkeeperEvent>;

/** Clocks of reporters may run ahead by this much, in milliseconds. */
const ahead = 5_000;

/** What other streams have to be told, so that it shows whether a fact can have happened at another time. */
interface Beside {
  readonly pairId: string | null;
  readonly tellsPair: boolean;
  readonly tellsAgents: boolean;
  /** The beginning of the names of streams of calls; null where none can need the fact. */
  readonly calls: string | null;
}

/**
 * Looks which facts need the time of an event, in all streams. Of calls only those are looked at that have a fact between the
 * two times of the event: of all others it is before or after as it was. What is in memory are the facts of the pair, those of
 * agents, and those calls.
 */
export class FactsBeside {
  constructor(
    private readonly store: EventStore,
    private readonly runner: Pick<ProjectionRunner, 'corrections' | 'times'>,
    private readonly pairIdOf: (pool: string) => string | undefined,
  ) {}

  /**
   * In the order in which they happened.
   * @param event as it is in force
   * @param own the facts in force of its stream
   * @throws StoreUnavailableError
   */
  async needingTheTime(event: Fact, own: readonly Fact[], occurredAt: string): Promise<readonly Needing[]> {
    const { pairId, tellsPair, tellsAgents, calls } = this.besideOf(event);
    const corrections = await this.runner.corrections.at((await this.store.lastPosition()) ?? 0n);
    const streams = [
      ...(tellsPair && pairId !== null ? [pairStream(pairId)] : []),
      ...(tellsAgents ? [agentStreamPrefix] : []),
    ];
    const facts = [...own];
    if (streams.length > 0) {
      for await (const fact of this.read({ streamPrefixes: streams }, corrections))
        if (fact.stream !== event.stream) facts.push(fact);
    }
    if (calls !== null) facts.push(...(await this.callsBetween(calls, event, occurredAt, corrections)));
    return needingTheTime({ facts, pairId, tellsAgents }, event, occurredAt);
  }

  private besideOf(event: Fact): Beside {
    const { family, pairId } = describeStream(event.stream);
    const neededBy = event.type === 'PairRegistered' ? everywhere : (neededElsewhereBy[event.type] ?? []);
    switch (family) {
      case 'pair':
        return {
          pairId,
          tellsPair: false,
          tellsAgents: neededBy.length > 0,
          calls: neededBy.includes('call') && pairId !== null ? callStreamPrefix(pairId) : null,
        };
      case 'call':
        return { pairId, tellsPair: true, tellsAgents: true, calls: null };
      default: {
        const pool = poolIn(event.data);
        const home = (pool === null ? undefined : this.pairIdOf(pool)) ?? null;
        const calls = neededBy.includes('call') ? callStreamPrefix('') : null;
        return { pairId: home, tellsPair: true, tellsAgents: calls !== null, calls };
      }
    }
  }

  /** Of the calls with a fact that the event would pass, all facts. */
  private async callsBetween(
    prefix: string,
    { metadata }: Fact,
    occurredAt: string,
    corrections: Corrections,
  ): Promise<readonly Fact[]> {
    const [first = 0, last = 0] = [metadata.occurredAt, occurredAt]
      .map((time) => Date.parse(time))
      .sort(byNumber);
    const isPassed = (fact: Fact): boolean => {
      const time = Date.parse(fact.metadata.occurredAt);
      return first <= time && time <= last;
    };
    // Nothing is recorded before it happens.
    const time = new Date(first - ahead).toISOString();
    const { position: after } = await this.runner.times.positionOf({ kind: 'time', time });
    const passed = new Set<string>();
    for await (const fact of this.read({ streamPrefixes: [prefix], after }, corrections))
      if (isPassed(fact)) passed.add(fact.stream);
    const facts: Fact[] = [];
    for (const stream of passed)
      for (const stored of await this.store.readStream(stream)) {
        const counted = corrections.inForce(stored);
        if (counted !== null) facts.push(decode(counted));
      }
    return facts;
  }

  private async *read(
    range: { readonly streamPrefixes: readonly string[]; readonly after?: bigint },
    corrections: Corrections,
  ): AsyncGenerator<Fact, void, undefined> {
    const turns = new Turns();
    for await (const page of this.store.readAll(range)) {
      for (const stored of page) {
        if (turns.isOver) await turns.next();
        // The name of one stream may begin with that of another.
        if (describeStream(stored.stream).family === 'pair' && !range.streamPrefixes.includes(stored.stream))
          continue;
        const counted = corrections.inForce(stored);
        if (counted !== null) yield decode(counted);
      }
    }
  }
}

const everywhere = ['agent', 'call'] as const;
const byNumber = (one: number, other: number): number => one - other;
