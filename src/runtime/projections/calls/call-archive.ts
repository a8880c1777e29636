import { setImmediate } from 'node:timers/promises';
import type { Recorded } from '../../../../events/envelope.js';
import { inForce, type Corrections } from '../../../../facts/in-force.js';
import type { PoolkeeperEvent } from '../../../../events/registry.js';
import { callStream, pairStream } from '../../../../events/streams.js';
import { initialCallStatus, type CallStatusState } from '../../../../projections/call-status/state.js';
import type { EventStore, StoredEvent } from '../../../store/port.js';
import { Turns } from '../../../store/turns.js';
import { decode } from '../../decode.js';
import { KeyedLock } from '../../../store/keyed-lock.js';
import { isAfter, type PositionMoment } from '../../moment.js';
import type { SnapshotCache } from '../snapshots/snapshot-cache.js';
import type { CorrectionIndex } from '../state/correction-index.js';
import type { LiveState } from '../state/live-state.js';
import type { Projections } from '../state/projections.js';

/** Streams that are read at once, and events of one that are read together. */
const AT_ONCE = 20;
const PAGE = 1_000;

/** The state of some calls, and the position of its last event; 0 before the first. */
export interface Calls {
  readonly state: CallStatusState;
  readonly position: bigint;
}

interface Batch {
  readonly callIds: Set<string>;
  readonly calls: Promise<Calls>;
}

/**
 * Reads calls from the log, also closed ones that the live state has evicted: the events of each call and of its pair,
 * folded by the same projection.
 */
export class CallArchive {
  private readonly lock = new KeyedLock();
  private readonly batches = new Map<string, Batch>();

  constructor(
    private readonly store: EventStore,
    private readonly snapshots: SnapshotCache,
    private readonly live: LiveState,
    private readonly corrections: CorrectionIndex,
  ) {}

  /** The current state of a call. Calls of one pair that are requested during a read are read together. */
  async now(pairId: string, callId: string): Promise<Calls> {
    let batch = this.batches.get(pairId);
    if (batch === undefined) {
      const callIds = new Set<string>();
      const calls = this.lock.run(pairId, async () => {
        await setImmediate();
        this.batches.delete(pairId);
        return await this.read(pairId, [...callIds], null);
      });
      batch = { callIds, calls };
      this.batches.set(pairId, batch);
    }
    batch.callIds.add(callId);
    return await batch.calls;
  }

  /** The state of these calls at a moment; now where it is null. Other calls in the state are incomplete. */
  async read(
    pairId: string,
    callIds: readonly string[],
    moment: PositionMoment | null,
    signal?: AbortSignal,
  ): Promise<Calls> {
    const turns = new Turns(signal);
    const streams = callIds.map((callId) => callStream(pairId, callId));
    const facts: StoredEvent[] = [];
    for (let first = 0; first < streams.length; first += AT_ONCE) {
      if (turns.isOver) await turns.next();
      const some = streams.slice(first, first + AT_ONCE).map((stream) => this.stream(stream, 0n, turns));
      facts.push(...(await Promise.all(some)).flat());
    }
    const from = await this.before(pairId, facts, moment);
    const ofPair = await this.stream(pairStream(pairId), BigInt(from.epoch), turns);
    const stored = [...facts, ...ofPair]
      .filter((event) => moment === null || !isAfter(moment, event))
      .sort((one, other) => (one.position < other.position ? -1 : 1));
    let state: CallStatusState = { ...from, keepsAll: true, lateness: null };
    let position = 0n;
    for (const event of inForce(this.wanted(pairId, stored), await this.correctionsAt(moment))) {
      if (turns.isOver) await turns.next();
      state = this.projection.apply(state, decode(event));
      ({ position } = event);
    }
    return { state, position };
  }

  /**
   * The events that the live state of a pair's calls has: none that were discarded or retracted, and none from a parked
   * event on.
   * @param corrections as of the moment that the events are read for
   */
  understood(
    pairId: string,
    events: readonly StoredEvent[],
    corrections: Corrections,
  ): Recorded<PoolkeeperEvent>[] {
    return inForce(this.wanted(pairId, events), corrections).map(decode);
  }

  /** What had been corrected by a moment; by now where it is null. */
  async correctionsAt(moment: PositionMoment | null): Promise<Corrections> {
    return await this.corrections.at(moment?.position ?? this.live.position);
  }

  private wanted(pairId: string, events: readonly StoredEvent[]): readonly StoredEvent[] {
    const discarded = this.live.discards.of(this.projection.name);
    const [parked] = this.live.viewsOf(pairId).callStatus.parked.values();
    return events.filter(
      ({ id, position }) => !discarded.has(id) && position < (parked?.event.position ?? position + 1n),
    );
  }

  private get projection(): Projections['callStatus'] {
    return this.live.projections.callStatus;
  }

  /** The state to begin with: the nearest snapshot from before the first of these events. */
  private async before(
    pairId: string,
    facts: readonly StoredEvent[],
    moment: PositionMoment | null,
  ): Promise<CallStatusState> {
    const first = facts.reduce<bigint | null>(
      (least, { position }) => (least === null || position < least ? position : least),
      null,
    );
    if (first === null) return initialCallStatus(true);
    const { projection } = this;
    const { unpack } = projection;
    const until = moment?.position ?? this.live.position;
    const snapshot = await this.corrections.nearestSnapshot(
      this.snapshots,
      { projection, key: pairId },
      { kind: 'position', position: first - 1n },
      until,
    );
    return snapshot === null || unpack === undefined ? initialCallStatus(true) : unpack(snapshot.packed);
  }

  private async stream(stream: string, from: bigint, turns: Turns): Promise<readonly StoredEvent[]> {
    if ((await this.store.headOf(stream)) === null) return [];
    const events: StoredEvent[] = [];
    for (let next = from; ; next += BigInt(PAGE)) {
      const page = await this.store.readStream(stream, { from: next, maxCount: PAGE });
      for (const event of page) events.push(event);
      if (page.length < PAGE) return events;
      await turns.next();
    }
  }
}
