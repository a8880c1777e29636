import {
  agentStreamPrefix,
  callStreamPrefix,
  pairStream,
  type StreamFamily,
} from '../../../../events/streams.js';
import type { Recorded } from '../../../../events/envelope.js';
import type { PoolkeeperEvent } from '../../../../events/registry.js';
import { Corrections, isCorrection } from '../../../../facts/in-force.js';
import type { Projection } from '../../../../projections/projection.js';
import type { EventStore, LogRange, StoredEvent } from '../../../store/port.js';
import { Turns } from '../../../store/turns.js';
import type { Discards } from '../dead-letters/discards.js';
import { decode } from '../../decode.js';
import { isAfter, type PositionMoment } from '../../moment.js';
import type { SnapshotCache } from '../snapshots/snapshot-cache.js';
import { isCorrectedBy, type CorrectionIndex } from './correction-index.js';
import { PairBeginnings } from './pair-beginnings.js';
import { ProjectionInstance, type AnyProjectionInstance } from './projection-instance.js';

const PAGE = 1_000;
/** A store that finds the events of some streams looks all of them up for each page. */
const PAGE_OF_STREAMS = 5_000;

/** States of the past, folded by the same projections as the live ones, from the nearest snapshot on. */
export class HistoricalState {
  constructor(
    private readonly store: EventStore,
    private readonly snapshots: Pick<SnapshotCache, 'nearest'>,
    private readonly discards: Discards,
    private readonly corrections: CorrectionIndex,
    private readonly beginnings = new PairBeginnings(store),
  ) {}

  /** From the log alone. */
  withoutSnapshots(): HistoricalState {
    const { store, discards, corrections, beginnings } = this;
    return new HistoricalState(store, { nearest: () => null }, discards, corrections, beginnings);
  }

  /**
   * The instance of a projection for a pair, or for the whole log (`key` empty), as it was at a moment.
   * A part is parked before an event that could not be folded.
   * @throws StoreUnavailableError, and the reason of the aborted signal
   */
  async at<State>(
    projection: Projection<State>,
    key: string,
    moment: PositionMoment,
    signal?: AbortSignal,
  ): Promise<ProjectionInstance<State>> {
    const instance = new ProjectionInstance(projection, key, this.discards.of(projection.name));
    await this.replayTo(instance, moment, signal);
    return instance;
  }

  /** Folds the log into an empty instance up to a moment; see `at`. */
  async replayTo(
    instance: AnyProjectionInstance,
    moment: PositionMoment,
    signal?: AbortSignal,
  ): Promise<void> {
    for (;;) {
      await this.replay(instance, moment, new Turns(signal));
      if (!instance.corrupted) return;
      // The failed event left a half-applied state: start again and skip it.
      instance.restart();
    }
  }

  private async replay(instance: AnyProjectionInstance, moment: PositionMoment, turns: Turns): Promise<void> {
    const { projection, key } = instance;
    const { reads } = projection;
    const snapshot = await this.corrections.nearestSnapshot(this.snapshots, instance, moment);
    const corrections = await this.correctionsFor(instance, moment);
    if (snapshot !== null) instance.restoreFrom(snapshot.packed, snapshot.checkpoint);
    const isPairOnly = key !== '' && reads.every((family) => family === 'pair');
    const pages = isPairOnly
      ? this.streamAfter(pairStream(key), instance.checkpoint.revision)
      : this.store.readAll({
          streamPrefixes: prefixesOf(reads, key),
          after: snapshot?.through ?? (await this.beginningOf(key)),
          upTo: moment.position,
          pageSize: PAGE_OF_STREAMS,
        });
    for await (const page of pages) {
      for (const event of page) {
        if (turns.isOver) await turns.next();
        if (isAfter(moment, event) || instance.corrupted) return;
        applyTo(instance, event, corrections);
      }
      turns.check();
    }
  }

  /** What an instance leaves out, or takes at other times, as was known at a moment. */
  private async correctionsFor(
    { projection }: Pick<AnyProjectionInstance, 'projection'>,
    { position }: PositionMoment,
  ): Promise<Corrections> {
    return projection.asWritten === true ? noCorrections : await this.corrections.at(position);
  }

  /**
   * Folds the next event of a walk from moment to moment. At a correction the state is folded again, as of the correction.
   * @throws StoreUnavailableError, and the reason of the aborted signal
   */
  async step<State>(
    instance: ProjectionInstance<State>,
    event: Recorded<PoolkeeperEvent>,
    signal?: AbortSignal,
  ): Promise<void> {
    const { projection, key } = instance;
    const { position } = event;
    if (isCorrectedBy(instance, event.stream) && isCorrection(event))
      instance.swapIn(await this.at(projection, key, { kind: 'position', position }, signal));
    else instance.fold(event);
  }

  /** Whether something that had been recorded by a moment was corrected after it, up to another. */
  async isCorrectedBetween(
    reader: Pick<AnyProjectionInstance, 'key' | 'projection'>,
    after: PositionMoment,
    upTo: PositionMoment,
  ): Promise<boolean> {
    return await this.corrections.isCorrectedBetween(reader, after.position, upTo.position);
  }

  /** Whether an instance reads more than so many events after a position, up to and including another. */
  async hasMoreThan(
    limit: number,
    { key, projection }: Pick<AnyProjectionInstance, 'key' | 'projection'>,
    range: Required<Pick<LogRange, 'after' | 'upTo'>>,
    signal?: AbortSignal,
  ): Promise<boolean> {
    // No two events have the same position.
    if (range.upTo - range.after <= limit) return false;
    const streamPrefixes = prefixesOf(projection.reads, key);
    let events = 0;
    for await (const page of this.store.readAll({ ...range, streamPrefixes, maxCount: limit + 1 })) {
      signal?.throwIfAborted();
      events += page.length;
    }
    return events > limit;
  }

  /**
   * The events of an instance in order and by pages, after a position and up to a moment, or up to the first event that
   * is not understood.
   */
  async *eventsOf(
    { key, projection, parked }: AnyProjectionInstance,
    after: bigint,
    upTo: PositionMoment,
  ): AsyncGenerator<readonly Recorded<PoolkeeperEvent>[], void, undefined> {
    if (parked.size > 0) return;
    const streamPrefixes = prefixesOf(projection.reads, key);
    const discarded = this.discards.of(projection.name);
    const range = {
      streamPrefixes,
      after: after === 0n ? await this.beginningOf(key) : after,
      upTo: upTo.position,
    };
    for await (const page of this.store.readAll(range)) {
      const wanted = page.filter(({ id }) => !discarded.has(id));
      const events = understoodOf(wanted);
      if (events.length > 0) yield events;
      if (events.length < wanted.length) return;
    }
  }

  /** The position after which the log is read for an instance that has had nothing of it. */
  private async beginningOf(key: string): Promise<bigint> {
    return key === '' ? 0n : await this.beginnings.before(key);
  }

  private async *streamAfter(stream: string, revision: bigint): AsyncGenerator<readonly StoredEvent[]> {
    if ((await this.store.headOf(stream)) === null) return;
    for (let from = revision + 1n; ; from += BigInt(PAGE)) {
      const page = await this.store.readStream(stream, { from, maxCount: PAGE });
      yield page;
      if (page.length < PAGE) return;
    }
  }
}

/** Up to the first that is not understood. */
export function understoodOf(stored: readonly StoredEvent[]): readonly Recorded<PoolkeeperEvent>[] {
  const events: Recorded<PoolkeeperEvent>[] = [];
  try {
    for (const event of stored) events.push(decode(event));
  } catch {
    // The instance is parked there.
  }
  return events;
}

const noCorrections = new Corrections();

/** Folds a stored event, as far as it is in force. One that is not understood parks the part that it belongs to. */
export function applyTo(
  instance: AnyProjectionInstance,
  stored: StoredEvent,
  corrections: Corrections = noCorrections,
): void {
  const counted = corrections.inForce(stored);
  if (counted === null) return;
  let event;
  try {
    event = decode(counted);
  } catch (error) {
    instance.park(stored, error);
    return;
  }
  instance.fold(event);
}

/**
 * Folds an event that was corrected: most instances go without what was retracted, some have all that was ever written.
 * Returns what is left of it; null where nothing is, or where it is not understood.
 */
export function foldCorrected(
  instances: readonly AnyProjectionInstance[],
  stored: StoredEvent,
  counted: StoredEvent | null,
): Recorded<PoolkeeperEvent> | null {
  for (const instance of instances) {
    if (instance.projection.asWritten === true) applyTo(instance, stored);
    else if (counted !== null) applyTo(instance, counted);
  }
  return counted === null ? null : (understoodOf([counted])[0] ?? null);
}

/** Of all pairs where `pairId` is empty. */
export function prefixesOf(families: readonly StreamFamily[], pairId: string): readonly string[] {
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
