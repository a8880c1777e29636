import type { Recorded } from '../../../events/envelope.js';
import type { PoolkeeperEvent } from '../../../events/registry.js';
import {
  agentStreamPrefix,
  callStreamPrefix,
  pairStream,
  type StreamFamily,
} from '../../../events/streams.js';
import type { Projection } from '../../../projections/projection.js';
import type { EventStore } from '../../store/port.js';
import { decode } from '../decode.js';
import { isAfter, type Moment } from '../moment.js';
import type { SnapshotCache } from '../snapshots/snapshot-cache.js';
import { Partition } from './partition.js';

const PAGE = 1_000;

/** States of the past, by the same folds as the live ones, from the nearest snapshot on. */
export class Past {
  constructor(
    private readonly store: EventStore,
    private readonly snapshots: SnapshotCache,
  ) {}

  /**
   * A projection's fold of a pair, or of everything where it is of no pair (`key` empty), as it stood at a moment.
   * @throws StoreUnavailableError | UnknownEventTypeError | UnknownSchemaVersionError
   */
  async at<State>(projection: Projection<State>, key: string, moment: Moment): Promise<Partition<State>> {
    const partition = new Partition(projection, key);
    const { name, version } = projection;
    const position = await this.positionOf(moment);
    const snapshot = this.snapshots.nearest({ projection: name, version, partition: key }, position);
    if (snapshot !== null) partition.goOnFrom(snapshot.packed, snapshot.place);
    const isPairOnly = key !== '' && projection.reads.every((family) => family === 'pair');
    const events = isPairOnly
      ? this.streamAfter(pairStream(key), partition.place.revision)
      : this.logAfter(prefixesOf(projection.reads, key), snapshot?.through ?? 0n, position);
    for await (const event of events) {
      if (isAfter(position, event)) break;
      partition.fold(event);
    }
    return partition;
  }

  /** A time as a position, where the store can tell. */
  async positionOf(moment: Moment): Promise<Moment> {
    if (moment.kind === 'position' || this.store.positionAt === undefined) return moment;
    return { kind: 'position', position: await this.store.positionAt(moment.time) };
  }

  /** Events of a pair and of its calls, in order and by pages, after a position and up to a moment. */
  async *eventsOf(
    pairId: string,
    after: bigint,
    upTo: Moment,
  ): AsyncGenerator<readonly Recorded<PoolkeeperEvent>[], void, undefined> {
    const streamPrefixes = prefixesOf(['pair', 'call'], pairId);
    const range = { streamPrefixes, after, ...(upTo.kind === 'position' ? { upTo: upTo.position } : {}) };
    for await (const page of this.store.readAll(range)) {
      const events = page.map(decode).filter((event) => !isAfter(upTo, event));
      if (events.length > 0) yield events;
      if (events.length < page.length) return;
    }
  }

  private async *streamAfter(stream: string, revision: bigint): AsyncGenerator<Recorded<PoolkeeperEvent>> {
    if ((await this.store.headOf(stream)) === null) return;
    for (let from = revision + 1n; ; from += BigInt(PAGE)) {
      const page = await this.store.readStream(stream, { from, maxCount: PAGE });
      for (const stored of page) yield decode(stored);
      if (page.length < PAGE) return;
    }
  }

  private async *logAfter(
    streamPrefixes: readonly string[],
    after: bigint,
    moment: Moment,
  ): AsyncGenerator<Recorded<PoolkeeperEvent>> {
    const range = { streamPrefixes, after, ...(moment.kind === 'position' ? { upTo: moment.position } : {}) };
    for await (const page of this.store.readAll(range)) for (const stored of page) yield decode(stored);
  }
}

function prefixesOf(families: readonly StreamFamily[], pairId: string): readonly string[] {
  return families.flatMap((family) => {
    switch (family) {
      case 'pair':
        return [pairStream(pairId)];
      case 'call':
        return [callStreamPrefix(pairId)];
      case 'agent':
        return [agentStreamPrefix];
      default:
        return [];
    }
  });
}
