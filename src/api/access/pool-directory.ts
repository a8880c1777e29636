import { agentStreamPrefix, callStream, describeStream } from '../../../events/streams.js';
import { presentName } from '../../../facts/former-names.js';
import { agentKey } from '../../../projections/agent-console/fold.js';
import type { Scope } from '../../access/permissions.js';
import { foldedPool } from '../../access/principal.js';
import { poolIn } from '../../domain/corrections/decide.js';
import type { Poolkeeper } from '../../runtime/poolkeeper.js';
import { decode } from '../../runtime/decode.js';

/** What a request concerns. */
export interface Concerned {
  /** Empty where it names a call or an agent that is not known. */
  readonly pools: readonly string[];
  /** The call or the agent that it names by another name than that of its pool: where that is, is not told. */
  readonly what: string | null;
}

type Named = Readonly<Record<string, unknown>>;

const namesOf = (names: readonly unknown[]): readonly string[] =>
  names.filter((name) => typeof name === 'string').map(foldedPool);

const pools = (...names: readonly unknown[]): Concerned => ({ pools: namesOf(names), what: null });

/** Finds the pools behind calls, agents and pairs, in the live state and, for calls that are over, in the log. */
export class PoolDirectory {
  constructor(private readonly poolkeeper: Poolkeeper) {}

  /** What the path says; null where the pools are not in the path. */
  async inPath(scope: Scope, path: Named): Promise<Concerned | null> {
    switch (scope.of) {
      case 'path':
        return pools(path['fqdn']);
      case 'call-in-path':
        return await this.ofCall(String(path['id']));
      case 'incident-in-path':
        return this.ofIncident(String(path['id']));
      case 'agent-in-path':
        return this.ofAgent(String(path['sip']));
      default:
        return null;
    }
  }

  /** What a checked body says; null where the pools are not in the body. */
  async inBody(scope: Scope, body: Named): Promise<Concerned | null> {
    switch (scope.of) {
      case 'body':
        return this.ofFields(scope.fields, scope.homeOf, body);
      case 'pair-in-body':
        return this.ofPair(String(body['pool']));
      case 'call-in-body':
        return await this.ofCall(String(body['callId']));
      case 'event-in-body':
        return await this.ofEvent(String(body['eventId']));
      default:
        return null;
    }
  }

  private ofPair(pool: string): Concerned {
    const { pairIdOfPool } = this.poolkeeper.runner.state;
    const pairId = pairIdOfPool.get(foldedPool(pool));
    const ofPair = [...pairIdOfPool].filter(([, id]) => id === pairId).map(([name]) => name);
    return pools(pool, ...ofPair);
  }

  /** Where several pairs have taken a call of this id, at the same moment or after it was retracted, all their pools. */
  private async ofCall(callId: string): Promise<Concerned> {
    const { callFinder, store } = this.poolkeeper;
    const what = `the call "${callId}"`;
    const pairId = await callFinder.everPairOf(callId);
    if (pairId === null) return { pools: [], what };
    const found: unknown[] = [];
    const former = callFinder.formerPairOf(callId, pairId);
    const others = [...callFinder.alsoOpenIn(callId, pairId), ...(former === null ? [] : [former])];
    for (const id of [pairId, ...others]) {
      const [first] = await store.readStream(callStream(id, callId), { maxCount: 1 });
      const event = first && decode(first);
      if (event !== undefined && 'pool' in event.data) found.push(this.present(id, event.data.pool));
    }
    return { pools: namesOf(found), what };
  }

  /** What decides for a pair is of both pools; what names no pool, of the pools of its call, or of its agent's home. */
  private async ofEvent(eventId: string): Promise<Concerned> {
    const what = `the event "${eventId}"`;
    const event = await this.poolkeeper.eventsById.find(eventId);
    if (event === null) return { pools: [], what };
    const { family, pairId } = describeStream(event.stream);
    if (family === 'call') return { ...(await this.ofCallStream(event.stream)), what };
    const home = family === 'agent' ? this.ofAgent(event.stream.slice(agentStreamPrefix.length)).pools : [];
    const named = isOfBothPools(event.type) ? null : poolIn(event.data);
    const ofPair = [...this.poolkeeper.runner.state.pairIdOfPool].filter(([, id]) => id === pairId);
    const from = 'from' in event.data ? event.data.from : null;
    const found = named === null ? ofPair.map(([pool]) => pool) : [this.present(pairId ?? '', named), from];
    return { pools: [...namesOf(found), ...home], what };
  }

  private async ofCallStream(stream: string): Promise<Pick<Concerned, 'pools'>> {
    const [first] = await this.poolkeeper.store.readStream(stream, { maxCount: 1 });
    const pool = first === undefined ? null : poolIn(first.data);
    const { pairId } = describeStream(stream);
    return { pools: namesOf([pool === null ? null : this.present(pairId ?? '', pool)]) };
  }

  /** What was of a pool whose place another took is of that one by now. */
  private present(pairId: string, pool: string): string {
    const pair = this.poolkeeper.runner.state.pairs.get(pairId)?.pair.state ?? null;
    return pair === null ? pool : presentName(pair, pool);
  }

  /** An agent who is homed in another pool is as good as unknown. */
  private ofFields(fields: readonly string[], homeOf: string | undefined, body: Named): Concerned {
    const named = pools(...fields.flatMap((field) => namesIn(body[field])));
    const home = homeOf === undefined ? null : this.ofAgent(String(body[homeOf]));
    if (home === null || home.pools.length === 0) return named;
    return { pools: [...named.pools, ...home.pools], what: home.what };
  }

  private ofIncident(id: string): Concerned {
    const views = this.poolkeeper.runner.state.pairs.get(id.slice(0, Math.max(0, id.lastIndexOf('-'))));
    const incident = views?.pair.state?.incidents.find((one) => one.id === id);
    return { pools: namesOf([incident?.pool]), what: `the incident "${id}"` };
  }

  private ofAgent(address: string): Concerned {
    const { agents } = this.poolkeeper.runner.state.console.state;
    const agent = agents.get(agentKey(address.trim().toLowerCase()));
    return { pools: agent === undefined ? [] : [foldedPool(agent.homePool)], what: `the agent "${address}"` };
  }
}

const isOfBothPools = (type: string): boolean =>
  ['ReadingChosen', 'PairRegistered', 'PairUnregistered', 'PairEnded', 'PoolLeft'].includes(type);

/** A field holds a name, or a list of `{ fqdn }`. */
function namesIn(value: unknown): readonly unknown[] {
  if (!Array.isArray(value)) return [value];
  return value.map((entry: unknown) =>
    typeof entry === 'object' && entry !== null && 'fqdn' in entry ? entry.fqdn : entry,
  );
}
