import type { Recorded } from '../../../events/envelope.js';
import type { PoolkeeperEvent } from '../../../events/registry.js';
import type { PairFacts } from '../../../facts/pair.js';
import { agentKey } from '../../../projections/agent-console/fold.js';
import { consequenceEntry, consequenceId } from '../../../projections/audit-trail/consequence.js';
import {
  auditEntry,
  concerns,
  entryNotUnderstood,
  isStreamOf,
  type AuditEntry,
} from '../../../projections/audit-trail/entry.js';
import { matches, type AuditFilter } from '../../../projections/audit-trail/filter.js';
import { scanRangeOf } from '../../../projections/audit-trail/scan-range.js';
import type { Consequence } from '../../../projections/call-status/state.js';
import type { EventStore, LogRange, StoredEvent } from '../../store/port.js';
import { Turns } from '../../store/turns.js';
import { decode, undecoded } from '../decode.js';
import { leafOf } from '../seals/leaf-of.js';
import { isAfter, type PositionMoment } from '../moment.js';
import type { PairBeginnings } from '../projections/state/pair-beginnings.js';
import type { LiveState } from '../projections/state/live-state.js';
import { isAtOrBefore, type AuditCursor } from './audit-cursor.js';
import { trailStreamsOf } from './audit-streams.js';

/** Events of an append that are read together to find what caused them. */
const CHUNK = 500;

/** An entry with the cursor of the page after it. */
export interface EntryWithCursor {
  readonly entry: AuditEntry;
  readonly cursor: AuditCursor;
}

export interface AuditRange {
  readonly filter: AuditFilter;
  /** The first entry to read comes after it; from the beginning where null. */
  readonly after: AuditCursor | null;
  readonly upTo: PositionMoment;
  /** Events read at a time. */
  readonly pageSize: number;
}

export interface AuditBatch {
  readonly found: readonly EntryWithCursor[];
  /** Position of the last event of the trail that was read, also if it did not pass the filter. */
  readonly reached: bigint;
}

/** Reads the trail of a pair from the log, in its order. Derived entries and streams of agents come from the live state. */
export class AuditReader {
  private readonly consequences: ReadonlyMap<string, readonly Consequence[]>;

  constructor(
    private readonly store: EventStore,
    private readonly state: LiveState,
    private readonly pair: PairFacts,
    private readonly beginnings: PairBeginnings,
  ) {
    const { consequences } = state.viewsOf(pair.pairId).callStatus.state;
    this.consequences = Map.groupBy(consequences, ({ began }) => began.eventId);
  }

  /**
   * Batches of entries, each of a page of the log at most, and small enough that other work runs in between.
   * @throws StoreUnavailableError, and the reason of the aborted signal
   */
  async *read(
    { filter, after, upTo, pageSize }: AuditRange,
    signal?: AbortSignal,
  ): AsyncGenerator<AuditBatch, void, undefined> {
    const turns = new Turns(signal);
    const scan = scanRangeOf(filter, this.pair.incidents);
    if (scan === null) return;
    const { directory } = this.state;
    const { families, types, upTo: to } = scan;
    const from = largest(scan.after ?? 0n, after?.readAfter ?? 0n);
    let before = from === 0n ? await this.beginnings.beforeTrail(this.pair.pairId) : from;
    const range: LogRange = {
      streamPrefixes: families.flatMap((family) => trailStreamsOf(family, this.pair, directory.state)),
      after: before,
      pageSize,
      ...(types === undefined ? {} : { types }),
      upTo: to === undefined || to > upTo.position ? upTo.position : to,
    };
    for await (const page of this.store.readAll(range)) {
      turns.check();
      let found: EntryWithCursor[] = [];
      for (const stored of page) {
        if (turns.isOver) {
          yield { found, reached: before };
          found = [];
          await turns.next();
        }
        const entries = await this.entriesIn(stored, upTo);
        if (entries.length === 0) continue;
        for (const [part, entry] of entries.entries()) {
          // A page may have ended between an event and the entries derived from it.
          const readAfter = part === entries.length - 1 ? stored.position : before;
          const cursor = { position: stored.position, part, readAfter };
          if (matches(entry, filter) && !isAtOrBefore(cursor, after))
            found.push({ entry: withLeaf(entry, stored), cursor });
        }
        before = stored.position;
      }
      yield { found, reached: before };
    }
  }

  /** An event that is not understood is shown as it is stored. */
  private async entriesIn(stored: StoredEvent, upTo: PositionMoment): Promise<readonly AuditEntry[]> {
    let event;
    try {
      event = decode(stored);
    } catch (error) {
      if (!isStreamOf(stored.stream, this.pair, this.homePoolOf)) return [];
      return [
        entryNotUnderstood(
          undecoded(stored),
          error instanceof Error ? error.message : String(error),
          this.pair.incidents,
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
    if (!concerns(event, this.pair, this.homePoolOf)) return [];
    const derived = this.consequences.get(event.id) ?? [];
    const causes = [
      ...derived.map((_, index) => consequenceId(event.id, index + 1)),
      ...(event.type === 'ResponseGroupsExported' ? await this.causedInAppend(event, upTo) : []),
    ];
    const entry = auditEntry(event, this.pair.incidents, causes);
    if (entry === null) return [];
    return [entry, ...derived.map((consequence, index) => consequenceEntry(consequence, entry, index + 1))];
  }

  /** Events that follow in the same stream and name this one as their cause: an export brings them with it. */
  private async causedInAppend(
    event: Recorded<PoolkeeperEvent>,
    upTo: PositionMoment,
  ): Promise<readonly string[]> {
    const caused: string[] = [];
    for (let from = event.revision + 1n; ; from += BigInt(CHUNK)) {
      const page = await this.store.readStream(event.stream, { from, maxCount: CHUNK });
      for (const next of page) {
        if (next.metadata['causationId'] !== event.id || isAfter(upTo, next)) return caused;
        caused.push(next.id);
      }
      if (page.length < CHUNK) return caused;
    }
  }

  private readonly homePoolOf = (agent: string): string | undefined =>
    this.state.console.state.agents.get(agentKey(agent))?.homePool;
}

/** What is derived is no event, and in no tree. */
const withLeaf = (entry: AuditEntry, stored: StoredEvent): AuditEntry =>
  entry.derived ? entry : { ...entry, leaf: leafOf(stored).toString('hex') };

const largest = (one: bigint, other: bigint): bigint => (one > other ? one : other);
