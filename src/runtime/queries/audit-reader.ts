import {
  agentStreamPrefix,
  callStreamPrefix,
  deadLettersStream,
  pairStream,
  refusalsStream,
} from '../../../events/streams.js';
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
import { scanRangeOf, type TrailFamily } from '../../../projections/audit-trail/scan-range.js';
import type { Consequence } from '../../../projections/call-status/state.js';
import type { EventStore, LogRange, StoredEvent } from '../../store/port.js';
import { decode, undecoded } from '../decode.js';
import { isAfter, type Moment } from '../moment.js';
import type { LiveState } from '../projections/state/live-state.js';
import { isAtOrBefore, type AuditCursor } from './audit-cursor.js';

/** So many agents are read by the names of their streams; of more, those of all agents are read and picked from. */
const AGENTS_BY_NAME = 500;

/** Events of an append that are looked at together for what caused them. */
const CHUNK = 500;

/** An entry, and the place that a page goes on after which ends with it. */
export interface EntryWithCursor {
  readonly entry: AuditEntry;
  readonly checkpoint: AuditCursor;
}

export interface AuditRange {
  readonly filter: AuditFilter;
  /** From the first entry on where null. */
  readonly after: AuditCursor | null;
  readonly upTo: Moment;
  /** Events that are read at a time. */
  readonly pageSize: number;
}

export interface AuditBatch {
  readonly placed: readonly EntryWithCursor[];
  /** Position of the last event of the trail that was read, whether it passed the filter or not. */
  readonly reached: bigint;
}

/** Reads the trail of a pair from the log, in its order. The live state tells what else there is to know. */
export class AuditReader {
  private readonly consequences: ReadonlyMap<string, readonly Consequence[]>;

  constructor(
    private readonly store: EventStore,
    private readonly state: LiveState,
    private readonly pair: PairFacts,
  ) {
    const { consequences } = state.viewsOf(pair.pairId).callStatus.state;
    this.consequences = Map.groupBy(consequences, ({ began }) => began.eventId);
  }

  async *read({ filter, after, upTo, pageSize }: AuditRange): AsyncGenerator<AuditBatch, void, undefined> {
    const scan = scanRangeOf(filter, this.pair.incidents);
    if (scan === null) return;
    const { families, types, after: from = 0n, upTo: to } = scan;
    let before = largest(from, after?.readAfter ?? 0n);
    const range: LogRange = {
      streamPrefixes: families.flatMap((family) => this.streamsOf(family)),
      after: before,
      pageSize,
      ...(types === undefined ? {} : { types }),
      ...endOf(upTo, to),
    };
    for await (const page of this.store.readAll(range)) {
      const placed: EntryWithCursor[] = [];
      for (const stored of page) {
        if (isAfter(upTo, stored)) return yield { placed, reached: before };
        const entries = await this.entriesIn(stored, upTo);
        if (entries.length === 0) continue;
        for (const [part, entry] of entries.entries()) {
          // A page may have ended between an event and what follows from it.
          const readAfter = part === entries.length - 1 ? stored.position : before;
          const checkpoint = { position: stored.position, part, readAfter };
          if (matches(entry, filter) && !isAtOrBefore(checkpoint, after)) placed.push({ entry, checkpoint });
        }
        before = stored.position;
      }
      yield { placed, reached: before };
    }
  }

  /** What is not understood is in the trail all the same, as it is stored. */
  private async entriesIn(stored: StoredEvent, upTo: Moment): Promise<readonly AuditEntry[]> {
    let event;
    try {
      event = decode(stored);
    } catch (error) {
      if (!isStreamOf(stored.stream, this.pair, this.homePoolOf)) return [];
      return [entryNotUnderstood(undecoded(stored), (error as Error).message, this.pair.incidents)];
    }
    return await this.entriesOf(event, upTo);
  }

  /** The entry of an event, and those of what follows from it; none where it belongs to another trail. */
  private async entriesOf(event: Recorded<PoolkeeperEvent>, upTo: Moment): Promise<readonly AuditEntry[]> {
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
  private async causedInAppend(event: Recorded<PoolkeeperEvent>, upTo: Moment): Promise<readonly string[]> {
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

  private streamsOf(family: TrailFamily): readonly string[] {
    const { pairId, pools } = this.pair;
    switch (family) {
      case 'pair':
        return [pairStream(pairId)];
      case 'call':
        return [callStreamPrefix(pairId)];
      case 'refusals':
        return [refusalsStream(pairId)];
      case 'dead-letters':
        return [deadLettersStream];
      case 'agent': {
        const { agentStreams } = this.state.directory.state;
        const streams = new Set(pools.flatMap(({ fqdn }) => [...(agentStreams.get(fqdn) ?? [])]));
        return streams.size > AGENTS_BY_NAME ? [agentStreamPrefix] : [...streams];
      }
    }
  }
}

const largest = (one: bigint, other: bigint): bigint => (one > other ? one : other);

/** The end of what is read: a time is looked for event by event. */
function endOf(upTo: Moment, to: bigint | undefined): Pick<LogRange, 'upTo'> {
  if (upTo.kind === 'time') return to === undefined ? {} : { upTo: to };
  return { upTo: to === undefined || to > upTo.position ? upTo.position : to };
}
