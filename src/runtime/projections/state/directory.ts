/** Lookups over the whole log: the pair of a pool, the ids of all calls, and the agents of a pool. */
import type { Recorded } from '../../../../events/envelope.js';
import type { PoolkeeperEvent } from '../../../../events/registry.js';
import type { PoolReplaced } from '../../../../events/replacement.js';
import type { Projection } from '../../../../projections/projection.js';
import { NameFilter } from '../../../store/name-filter.js';

/** A pair whose registration was taken back, whose pool has gone on in another, or in which another took its place. */
export interface FormerPair {
  readonly pairId: string;
  /** The position at which it was, or had. */
  readonly until: bigint;
  /** When that was, as reported. */
  readonly untilTime: string;
  /** Where another pool took its place: which, and when. */
  readonly replaced?: { readonly by: string; readonly at: string };
  /** The name of a pool that was replaced is asked here until a new pool is registered under it, as of this moment. */
  readonly renewed?: { readonly position: bigint; readonly time: string };
}

export interface Directory {
  /** The ids of all pairs, in the order in which they were registered first. */
  readonly registered: Set<string>;
  /** Pool to pair. */
  readonly pairIdOfPool: Map<string, string>;
  /** Of each pool, the pairs that it is no longer in, the oldest first. */
  readonly formerPairs: Map<string, FormerPair[]>;
  /** Ids of all calls ever reported. */
  readonly callIds: NameFilter;
  /** Pool to the streams of the agents that are homed in it, or signed in to one of its groups at any time. */
  readonly agentStreams: Map<string, Set<string>>;
  /** Of each stream of an agent, all home pools with the positions since which they were, the first one first. */
  readonly agentHomes: Map<string, readonly { readonly pool: string; readonly since: bigint }[]>;
}

export const directory: Projection<Directory> = {
  name: 'directory',
  version: 7,
  reads: ['pair', 'call', 'agent'],
  independent: true,
  // The trails show what was retracted as well.
  asWritten: true,
  initial: () => ({
    registered: new Set(),
    pairIdOfPool: new Map(),
    formerPairs: new Map(),
    callIds: new NameFilter(),
    agentStreams: new Map(),
    agentHomes: new Map(),
  }),
  apply: (state, event) => {
    switch (event.type) {
      case 'PairRegistered':
        state.registered.add(event.data.pairId);
        for (const { fqdn } of event.data.pools) moveTo(state, fqdn, event.data.pairId, event);
        return state;
      case 'PairUnregistered':
        for (const pool of event.data.pools) forget(state, pool, formerly(event.data.pairId, event));
        return state;
      case 'PoolReplaced':
        replace(state, event);
        return state;
      case 'CallArrived':
      case 'OnBehalfCallPlaced':
        state.callIds.add(event.data.callId);
        return state;
      case 'AgentRegistered':
      case 'AgentMoved':
        noteAgent(state, event.data.homePool, event.stream);
        noteHome(state, event.data.homePool, event);
        return state;
      case 'AgentSignedIn':
      case 'AgentSignedOut':
        noteAgent(state, event.data.pool, event.stream);
        return state;
      default:
        return state;
    }
  },
  pack: ({ callIds, ...rest }): PackedDirectory => ({ ...rest, bits: callIds.bits }),
  unpack: (packed) => {
    const { bits, ...rest } = packed as PackedDirectory;
    return { ...rest, callIds: new NameFilter(bits) };
  },
};

type PackedDirectory = Omit<Directory, 'callIds'> & { readonly bits: Uint32Array };

type Moment = Pick<Recorded<PoolkeeperEvent>, 'position' | 'metadata'>;

const formerly = (pairId: string, { position, metadata }: Moment): FormerPair => ({
  pairId,
  until: position,
  untilTime: metadata.occurredAt,
});

/** A pool that was in another pair goes on in this one. */
function moveTo(state: Directory, pool: string, pairId: string, event: Moment): void {
  const before = state.pairIdOfPool.get(pool);
  if (before !== undefined && before !== pairId) forget(state, pool, formerly(before, event));
  if (before === undefined) renew(state, pool, event);
  state.pairIdOfPool.set(pool, pairId);
}

function renew({ formerPairs }: Directory, pool: string, { position, metadata }: Moment): void {
  const former = formerPairs.get(pool) ?? [];
  const last = former.at(-1);
  if (last?.replaced === undefined) return;
  const renewed = { position, time: metadata.occurredAt };
  formerPairs.set(pool, [...former.slice(0, -1), { ...last, renewed }]);
}

function forget({ pairIdOfPool, formerPairs }: Directory, pool: string, former: FormerPair): void {
  if (pairIdOfPool.get(pool) !== former.pairId) return;
  pairIdOfPool.delete(pool);
  formerPairs.set(pool, [...(formerPairs.get(pool) ?? []), former]);
}

function replace(state: Directory, event: Recorded<PoolReplaced>): void {
  const { data, metadata } = event;
  const { pool, replacement } = data;
  const pairId = state.pairIdOfPool.get(pool);
  if (pairId === undefined) return;
  const replaced = { by: replacement, at: metadata.occurredAt };
  forget(state, pool, { ...formerly(pairId, event), replaced });
  moveTo(state, replacement, pairId, event);
}

/** A position of the log with the time at which something happened, or either; now where both are null. */
interface Asked {
  readonly position: bigint | null;
  readonly time: string | null;
}

const now: Asked = { position: null, time: null };

/** How the place of a pool was taken by another by then; null of a pool that stands, stood, or never was. */
export function endOf(
  state: Directory,
  pool: string,
  asked = now,
): (FormerPair & Required<Pick<FormerPair, 'replaced'>>) | null {
  const last = state.pairIdOfPool.has(pool) ? undefined : state.formerPairs.get(pool)?.at(-1);
  const former = formerAt(state, pool, asked) ?? last;
  const hasEnded = asked.position === null || (former !== undefined && asked.position >= former.until);
  return former?.replaced === undefined || !hasEnded ? null : { ...former, replaced: former.replaced };
}

/** The pair of a pool at a position of the log, or at a time at which something happened; now where both are null. */
export function pairOfPoolAt(
  state: Directory,
  pool: string,
  position: bigint | null,
  time: string | null = null,
): string | undefined {
  return (
    formerAt(state, pool, { position, time })?.pairId ??
    state.pairIdOfPool.get(pool) ??
    endOf(state, pool)?.pairId
  );
}

/** The former pair in which a pool, or its name, still was by then. */
const formerAt = (
  { formerPairs }: Directory,
  pool: string,
  { position, time }: Asked,
): FormerPair | undefined =>
  formerPairs.get(pool)?.find(({ until, untilTime, renewed }) => {
    const left = renewed ?? { position: until, time: untilTime };
    return (position !== null && left.position > position) || (time !== null && left.time > time);
  });

/** The pairs that a pool was ever in, the oldest first, each once. */
export const pairsOfPool = ({ pairIdOfPool, formerPairs }: Directory, pool: string): readonly string[] => {
  const now = pairIdOfPool.get(pool);
  const former = (formerPairs.get(pool) ?? []).map(({ pairId }) => pairId);
  return [...new Set([...former, ...(now === undefined ? [] : [now])])];
};

function noteHome(
  { agentHomes }: Directory,
  pool: string,
  { stream, position }: Recorded<PoolkeeperEvent>,
): void {
  agentHomes.set(stream, [...(agentHomes.get(stream) ?? []), { pool, since: position }]);
}

/** The home pool of an agent at a position of the log, as was recorded by then; before that, the first one. */
export function homePoolAt({ agentHomes }: Directory, stream: string, position: bigint): string | undefined {
  const homes = agentHomes.get(stream);
  return (homes?.findLast(({ since }) => since <= position) ?? homes?.[0])?.pool;
}

function noteAgent({ agentStreams }: Directory, pool: string, stream: string): void {
  const streams = agentStreams.get(pool);
  if (streams === undefined) agentStreams.set(pool, new Set([stream]));
  else streams.add(stream);
}
