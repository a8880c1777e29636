import { setImmediate } from 'node:timers/promises';
import type { Recorded } from '../../../events/envelope.js';
import type { PoolkeeperEvent } from '../../../events/registry.js';
import { callStream, pairStream } from '../../../events/streams.js';
import { callStatus } from '../../../projections/call-status/fold.js';
import { initialCallStatus, type CallStatusState } from '../../../projections/call-status/state.js';
import type { EventStore, StoredEvent } from '../../store/port.js';
import { decode } from '../decode.js';
import { KeyedLock } from '../keyed-lock.js';
import { isAfter, type Moment } from '../moment.js';
import type { SnapshotCache } from '../snapshots/snapshot-cache.js';

/** A fold of some calls, and the position of its last event; 0 before the first. */
export interface Calls {
  readonly state: CallStatusState;
  readonly position: bigint;
}

interface Batch {
  readonly callIds: Set<string>;
  readonly calls: Promise<Calls>;
}

/**
 * Calls read back from the log, also those that are over and that the live state no longer holds: the facts of
 * each with the events of its pair, by the same fold.
 */
export class CallArchive {
  private readonly lock = new KeyedLock();
  private readonly gathering = new Map<string, Batch>();

  constructor(
    private readonly store: EventStore,
    private readonly snapshots: SnapshotCache,
  ) {}

  /** How a call stands now. Those of a pair that are asked for while one is being read are read together. */
  async now(pairId: string, callId: string): Promise<Calls> {
    let batch = this.gathering.get(pairId);
    if (batch === undefined) {
      const callIds = new Set<string>();
      const calls = this.lock.run(pairId, async () => {
        await setImmediate();
        this.gathering.delete(pairId);
        return await this.read(pairId, [...callIds], null);
      });
      batch = { callIds, calls };
      this.gathering.set(pairId, batch);
    }
    batch.callIds.add(callId);
    return await batch.calls;
  }

  /** How these calls stood at a moment, or stand now where that is null. Other calls in the state are not to be relied on. */
  async read(pairId: string, callIds: readonly string[], moment: Moment | null): Promise<Calls> {
    const facts = (
      await Promise.all(callIds.map((callId) => this.stream(callStream(pairId, callId))))
    ).flat();
    const from = this.before(pairId, facts);
    const ofPair = await this.stream(pairStream(pairId), BigInt(from.epoch));
    const events = [...facts, ...ofPair]
      .filter((event) => moment === null || !isAfter(moment, event))
      .sort((one, other) => (one.position < other.position ? -1 : 1));
    const state = events.reduce<CallStatusState>(callStatus.apply, { ...from, keepsAll: true });
    return { state, position: events.at(-1)?.position ?? 0n };
  }

  /** Where the fold can begin: at a snapshot from before the first of these facts. */
  private before(pairId: string, facts: readonly Recorded<PoolkeeperEvent>[]): CallStatusState {
    const first = facts.reduce<bigint | null>(
      (least, { position }) => (least === null || position < least ? position : least),
      null,
    );
    if (first === null) return initialCallStatus(true);
    const owner = { projection: callStatus.name, version: callStatus.version, partition: pairId };
    const snapshot = this.snapshots.nearest(owner, { kind: 'position', position: first - 1n });
    return snapshot === null || callStatus.unpack === undefined
      ? initialCallStatus(true)
      : callStatus.unpack(snapshot.packed);
  }

  private async stream(stream: string, from = 0n): Promise<Recorded<PoolkeeperEvent>[]> {
    if ((await this.store.headOf(stream)) === null) return [];
    return (await this.store.readStream(stream, { from })).map((event: StoredEvent) => decode(event));
  }
}
