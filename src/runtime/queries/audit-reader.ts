import type { EventRetracted } from '../../../events/correction.js';
import type { Recorded } from '../../../events/envelope.js';
import type { PoolkeeperEvent } from '../../../events/registry.js';
import type { PairState } from '../../../projections/pair/fold.js';
import { changesMadeBy } from '../../../projections/audit-trail/changed.js';
import { agentKey } from '../../../projections/agent-console/fold.js';
import { agentStream } from '../../../events/streams.js';
import { correctedOf } from '../../../projections/audit-trail/corrected.js';
import { consequenceEntry } from '../../../projections/audit-trail/consequence.js';
import {
  auditEntry,
  concerns,
  entryNotUnderstood,
  isStreamOf,
  type AuditEntry,
  type Whereabouts,
} from '../../../projections/audit-trail/entry.js';
import { matches, type AuditFilter } from '../../../projections/audit-trail/filter.js';
import { scanRangeOf } from '../../../projections/audit-trail/scan-range.js';
import type { EventStore, LogRange, StoredEvent } from '../../store/port.js';
import { Turns } from '../../store/turns.js';
import { decode, undecoded } from '../decode.js';
import { leafOf } from '../seals/leaf-of.js';
import { isAfter, type PositionMoment } from '../moment.js';
import { understoodOf } from '../projections/state/historical-state.js';
import { homePoolAt, pairOfPoolAt } from '../projections/state/directory.js';
import type { PairBeginnings } from '../projections/state/pair-beginnings.js';
import type { LiveState } from '../projections/state/live-state.js';
import { isBeyond, type AuditCursor, type Place, type ReadingDirection } from './audit-cursor.js';
import { trailStreamsOf } from './audit-streams.js';
import { causesOf, type TrailBelief } from './trail-belief.js';

/** Events of an append that are read together to find what caused them. */
const CHUNK = 500;

/** An entry with its place in the trail. */
export interface PlacedEntry {
  readonly entry: AuditEntry;
  readonly place: Place;
}

export interface AuditRange {
  readonly filter: AuditFilter;
  readonly direction: ReadingDirection;
  /** The first entry to read comes beyond it, in the direction of reading, which is the cursor's; null: all are read. */
  readonly from: AuditCursor | null;
  readonly upTo: PositionMoment;
  /** Events read at a time. */
  readonly pageSize: number;
}

export interface AuditBatch {
  readonly found: readonly PlacedEntry[];
  /** Position of the last event of the trail that was read, also if it did not pass the filter. */
  readonly reached: bigint;
}

/** Reads the trail of a pair from the log, in its order or against it. Derived entries and streams of agents come from the live state. */
export class AuditReader {
  private readonly pair: PairState;

  constructor(
    private readonly store: EventStore,
    private readonly state: LiveState,
    private readonly belief: TrailBelief,
    private readonly beginnings: PairBeginnings,
  ) {
    this.pair = belief.now;
  }

  /**
   * Batches of entries, each of a page of the log at most, and small enough that other work runs in between.
   * @throws StoreUnavailableError, and the reason of the aborted signal
   */
  async *read(asked: AuditRange, signal?: AbortSignal): AsyncGenerator<AuditBatch, void, undefined> {
    const turns = new Turns(signal);
    const { filter, direction: read, from } = asked;
    const range = await this.logRangeOf(asked);
    if (range === null) return;
    let before = range.after ?? null;
    for await (const page of this.store.readAll(range)) {
      turns.check();
      let found: PlacedEntry[] = [];
      for (const stored of page) {
        if (turns.isOver) {
          yield { found, reached: before ?? stored.position };
          found = [];
          await turns.next();
        }
        const entries = await this.entriesIn(stored, asked.upTo);
        if (entries.length === 0) continue;
        const placed = entries.map((entry, part) => {
          const place = { position: stored.position, part, parts: entries.length, before, read };
          return { entry, place };
        });
        for (const { entry, place } of read === 'forward' ? placed : placed.reverse()) {
          if (!matches(entry, filter) || (from !== null && !isBeyond(place, from))) continue;
          found.push({ entry: withLeaf(entry, stored), place });
        }
        before = stored.position;
      }
      yield { found, reached: before ?? 0n };
    }
  }

  /** The entries of one event: its own and those derived from it; none where it is not of this trail. */
  async entriesOfEvent(stored: StoredEvent): Promise<readonly AuditEntry[]> {
    const upTo = { kind: 'position', position: this.state.position } as const;
    return (await this.entriesIn(stored, upTo)).map((entry) => withLeaf(entry, stored));
  }

  /** Of the events that an entry brought about in its own append, and of what is derived from it, those with these ids. */
  async entriesAfter(entry: AuditEntry, ids: readonly string[]): Promise<readonly AuditEntry[]> {
    if (entry.stream === null || entry.revision === null || ids.length === 0) return [];
    const from = BigInt(entry.revision);
    const stored = await this.store.readStream(entry.stream, { from, maxCount: ids.length + 1 });
    const entries = await Promise.all(stored.map(async (event) => await this.entriesOfEvent(event)));
    return entries.flat().filter(({ id }) => ids.includes(id));
  }

  /** The entry that brought another about: it stands before it in the same append. */
  async causeBefore({ stream, revision, causedBy }: AuditEntry): Promise<AuditEntry | null> {
    if (stream === null || revision === null) return null;
    for (let to = BigInt(revision) - 1n; to >= 0n; to -= BigInt(CHUNK)) {
      const page = await this.store.readStream(stream, { to, direction: 'backward', maxCount: CHUNK });
      const cause = page.find(({ id }) => id === causedBy);
      if (cause !== undefined) return (await this.entriesOfEvent(cause))[0] ?? null;
      if (page.at(-1)?.metadata['causationId'] !== causedBy) return null;
    }
    return null;
  }

  /** The part of the log to read; null where no entry can pass. */
  private async logRangeOf(asked: AuditRange): Promise<LogRange | null> {
    const { filter, direction, from, upTo, pageSize } = asked;
    const scan = scanRangeOf(filter, this.belief.incidents);
    if (scan === null) return null;
    const { directory } = this.state;
    const { families, types } = scan;
    const last = scan.upTo === undefined ? upTo.position : smallest(scan.upTo, upTo.position);
    const range = {
      streamPrefixes: families.flatMap((family) => trailStreamsOf(family, this.pair, directory.state)),
      pageSize,
      direction,
      ...(types === undefined ? {} : { types }),
    };
    const bound = scan.after ?? 0n;
    const start = bound === 0n ? await this.beginnings.beforeTrail(this.pair.pairId) : bound;
    if (direction === 'forward') {
      const after = largest(start, from === null ? 0n : await this.readFrom(from));
      return { ...range, after, upTo: last };
    }
    // The events of the cursor's position are read again where not all of its entries were shown.
    const end = from === null ? last : smallest(last, from.position);
    const after = from?.readFrom ?? null;
    return { ...range, upTo: end, downTo: start + 1n, ...(after === null ? {} : { after }) };
  }

  private async readFrom({ readFrom, position }: AuditCursor): Promise<bigint> {
    return readFrom ?? (await this.beginnings.positionBefore(position));
  }

  /** An event that is not understood is shown as it is stored. */
  private async entriesIn(stored: StoredEvent, upTo: PositionMoment): Promise<readonly AuditEntry[]> {
    let event;
    try {
      event = decode(stored);
    } catch (error) {
      if (!isStreamOf(stored.stream, this.pair.pairId, this.whereabouts, stored.position)) return [];
      return [
        entryNotUnderstood(
          undecoded(stored),
          error instanceof Error ? error.message : String(error),
          this.belief.incidents,
        ),
      ];
    }
    return await this.entriesOf(event, upTo);
  }

  /** The entry of an event with those derived from it; none where it belongs to another trail. */
  private async entriesOf(
    event: Recorded<PoolkeeperEvent>,
    upTo: PositionMoment,
  ): Promise<readonly AuditEntry[]> {
    if (!concerns(event, this.pair.pairId, this.whereabouts)) return [];
    const { belief } = this;
    const derived = await belief.consequencesOf(event);
    const caused = await this.broughtBy(event, upTo);
    const causes = causesOf(event, derived, caused);
    const changes = changesMadeBy(event, await belief.changesAround(event), understoodOf(caused));
    const plain = auditEntry(event, belief.incidents, causes, changes);
    if (plain === null) return [];
    const entry = {
      ...plain,
      ...correctedOf(belief.corrections.of(event)),
      ...(event.type === 'EventRetracted' ? { withdraws: await this.withdrawnBy(event, upTo) } : {}),
    };
    return [entry, ...derived.map((consequence, index) => consequenceEntry(consequence, entry, index + 1))];
  }

  private async broughtBy(
    event: Recorded<PoolkeeperEvent>,
    upTo: PositionMoment,
  ): Promise<readonly StoredEvent[]> {
    return event.type === 'ResponseGroupsExported' ? await this.causedInAppend(event, upTo) : [];
  }

  /** The entry that it strikes, with those that follow from it. */
  private async withdrawnBy(
    { stream, data }: Recorded<EventRetracted>,
    upTo: PositionMoment,
  ): Promise<readonly string[]> {
    const from = BigInt(data.revision);
    const [stored] = await this.store.readStream(stream, { from, maxCount: 1 });
    if (stored?.id !== data.eventId) return [data.eventId];
    const event = decode(stored);
    const derived = await this.belief.consequencesOf(event);
    return [event.id, ...causesOf(event, derived, await this.broughtBy(event, upTo))];
  }

  /** Events that follow in the same stream and name this one as their cause: an export brings them with it. */
  private async causedInAppend(
    event: Recorded<PoolkeeperEvent>,
    upTo: PositionMoment,
  ): Promise<readonly StoredEvent[]> {
    const caused: StoredEvent[] = [];
    for (let from = event.revision + 1n; ; from += BigInt(CHUNK)) {
      const page = await this.store.readStream(event.stream, { from, maxCount: CHUNK });
      for (const next of page) {
        if (next.metadata['causationId'] !== event.id || isAfter(upTo, next)) return caused;
        caused.push(next);
      }
      if (page.length < CHUNK) return caused;
    }
  }

  private readonly whereabouts: Whereabouts = {
    pairOf: (fqdn, position) => pairOfPoolAt(this.state.directory.state, fqdn, position),
    homePoolOf: (agent, position) =>
      homePoolAt(this.state.directory.state, agentStream(agentKey(agent)), position),
  };
}

/** What is derived is no event, and in no tree. */
const withLeaf = (entry: AuditEntry, stored: StoredEvent): AuditEntry =>
  entry.derived ? entry : { ...entry, leaf: leafOf(stored).toString('hex') };

const largest = (one: bigint, other: bigint): bigint => (one > other ? one : other);
const smallest = (one: bigint, other: bigint): bigint => (one < other ? one : other);
