import type { AuditEntry } from '../../../projections/audit-trail/entry.js';
import type { AuditFilter } from '../../../projections/audit-trail/filter.js';
import type { EventStore } from '../../store/port.js';
import type { ProjectionRunner } from '../projections/projection-runner.js';
import type { Moment } from '../moment.js';
import type { Reply } from '../reply.js';
import type { HistoricalState } from '../projections/state/historical-state.js';
import { AuditReader, type EntryWithCursor, type AuditRange } from './audit-reader.js';
import { json, noSuchPool } from './pool-queries.js';
import type { ViewAnswer, QueryService, ViewQuery } from './query-service.js';
import { cursorText, type AuditCursor } from './audit-cursor.js';

export interface AuditPage {
  readonly filter: AuditFilter;
  /** The place after which the page begins; from the first entry where null. */
  readonly after: AuditCursor | null;
  /** At least 1. */
  readonly limit: number;
}

/** Batches of entries, read from the log as they are taken. */
export type AuditExport = AsyncIterable<readonly AuditEntry[]>;

/** Events that are read at a time where most may be passed over. */
const PAGE = 1_000;

/** The audit trail is read from the log itself, so that it shows what was written and what follows from it, and nothing else. */
export class AuditQueries {
  constructor(
    private readonly store: EventStore,
    private readonly runner: ProjectionRunner,
    private readonly historicalState: HistoricalState,
    private readonly service: QueryService,
  ) {}

  /** One page; `next` is the text of a place, and null at the end. */
  async trail(fqdn: string, query: ViewQuery, { filter, after, limit }: AuditPage): Promise<Reply> {
    return await this.service.answer(query, async (): Promise<ViewAnswer | Reply> => {
      const reading = this.readingOf(fqdn);
      if (reading === null) return noSuchPool(fqdn);
      const { position, recordedAt: asOf } = this.runner.state;
      const upTo = await this.endOf(query);
      // One more tells whether there is another page.
      const pageSize = Object.keys(filter).length === 0 ? Math.min(limit + 1, PAGE) : PAGE;
      const found: EntryWithCursor[] = [];
      let reached = 0n;
      for await (const batch of reading.read({ filter, after, upTo, pageSize })) {
        ({ reached } = batch);
        found.push(...batch.placed);
        if (found.length > limit) break;
      }
      const placed = found.slice(0, limit);
      const entries = placed.map(({ entry }) => entry);
      const last = found.length > limit ? placed.at(-1)?.checkpoint : undefined;
      const next = last === undefined ? null : cursorText(last);
      const isLive = query.asOf === null;
      return {
        // Events that came while the page was read are not on it.
        body: { ...(isLive ? { position: String(position), asOf } : {}), fqdn, entries: json(entries), next },
        etag: next === null ? (isLive ? position : reached) : `${next}-${limit}`,
        position: reached,
      };
    });
  }

  /** All entries that pass, up to a moment or to now; the log is read as they are taken. */
  async all(fqdn: string, query: ViewQuery, filter: AuditFilter): Promise<AuditExport | Reply> {
    const refusal = await this.service.refusalOf(query.minPosition, { asOf: query.asOf });
    if (refusal !== null) return refusal;
    const reading = this.readingOf(fqdn);
    if (reading === null) return noSuchPool(fqdn);
    const upTo = await this.endOf(query);
    return entriesOf(reading, { filter, after: null, upTo, pageSize: PAGE });
  }

  private readingOf(fqdn: string): AuditReader | null {
    const { state } = this.runner;
    const pair = state.pairs.get(state.pairIdOfPool.get(fqdn) ?? '')?.pair.state ?? null;
    return pair === null ? null : new AuditReader(this.store, state, pair);
  }

  /** What the live state does not show yet is not read: it knows whom and what an event concerns. */
  private async endOf({ asOf }: ViewQuery): Promise<Moment> {
    return asOf === null
      ? { kind: 'position', position: this.runner.state.position }
      : await this.historicalState.positionOf(asOf);
  }
}

async function* entriesOf(
  reading: AuditReader,
  range: AuditRange,
): AsyncGenerator<readonly AuditEntry[], void, undefined> {
  for await (const { placed } of reading.read(range)) {
    if (placed.length > 0) yield placed.map(({ entry }) => entry);
  }
}
