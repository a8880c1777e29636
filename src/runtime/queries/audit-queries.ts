import type { AuditEntry } from '../../../projections/audit-trail/entry.js';
import type { AuditFilter } from '../../../projections/audit-trail/filter.js';
import type { AuditTrailAnswer } from '../../contract/audit-trail.js';
import type { EventStore } from '../../store/port.js';
import type { PositionMoment } from '../moment.js';
import type { ProjectionRunner } from '../projections/projection-runner.js';
import type { PairBeginnings } from '../projections/state/pair-beginnings.js';
import type { DearRequests } from '../dear-requests.js';
import { Failed, Ok, type Result } from '../result.js';
import type { AuditCursor } from './audit-cursor.js';
import { AuditReader, type AuditBatch, type EntryWithCursor } from './audit-reader.js';
import { noSuchPool, type QueryService, type ViewQuery } from './query-service.js';

export interface AuditPageQuery {
  readonly filter: AuditFilter;
  /** The page begins after it; with the first entry where null. */
  readonly after: AuditCursor | null;
  /** At least 1. */
  readonly limit: number;
}

/** `next` is the cursor of the last entry on the page; null at the end. */
export type AuditPage = Omit<AuditTrailAnswer, 'next'> & { readonly next: AuditCursor | null };

/** Batches of entries, read from the log on demand. */
export type AuditExport = AsyncIterable<readonly AuditEntry[]>;

/** Events read at a time where a filter may drop most of them. */
const PAGE = 1_000;

/** The audit trail is read from the log itself: it shows exactly the events that were written and what follows from them. */
export class AuditQueries {
  constructor(
    private readonly store: EventStore,
    private readonly runner: ProjectionRunner,
    private readonly service: QueryService,
    private readonly beginnings: PairBeginnings,
    private readonly streams: DearRequests,
  ) {}

  async trail(
    fqdn: string,
    query: ViewQuery,
    { filter, after, limit }: AuditPageQuery,
  ): Promise<Result<AuditPage>> {
    return await this.service.answer(query, async (at) => {
      const reader = this.readerFor(fqdn);
      if (reader instanceof Failed) return reader;
      const { position } = this.runner.state;
      const upTo = at ?? { kind: 'position', position };
      // One entry more than the page holds shows whether there is another page.
      const pageSize = Object.keys(filter).length === 0 ? Math.min(limit + 1, PAGE) : PAGE;
      const range = { filter, after, upTo, pageSize };
      const { found, reached } = await this.service.dearly(
        ['trail', fqdn, upTo.position, filter, after, limit],
        (signal) => atLeast(limit + 1, reader.read(range, signal)),
        query.requester,
      );
      const page = found.slice(0, limit);
      const next = found.length > limit ? (page.at(-1)?.cursor ?? null) : null;
      const end = at === null ? position : reached;
      return {
        view: { fqdn, entries: page.map(({ entry }) => entry), next },
        version: next === null ? end : `${next.position}.${next.part}-${limit}`,
        position: reached,
        staleness: {},
      };
    });
  }

  /** All entries that pass the filter, up to a moment or to now; the log is read on demand. */
  async all(fqdn: string, query: ViewQuery, filter: AuditFilter): Promise<Result<AuditExport>> {
    const refusal = await this.service.freshness.refusalOf(query.minPosition, { asOf: query.asOf });
    if (refusal !== null) return refusal;
    const reader = this.readerFor(fqdn);
    if (reader instanceof Failed) return reader;
    const upTo = await this.endOf(query);
    const { requester } = query;
    const range = { filter, after: null, upTo, pageSize: PAGE };
    const open = (): Result<AuditExport> => new Ok(entriesOf(reader.read(range, requester?.signal)));
    return await this.streams.stream(open, requester);
  }

  /** Why there would be no answer; null where there would be one. */
  async refusal(fqdn: string, { minPosition, asOf }: ViewQuery): Promise<Failed | null> {
    return await this.service.refusal(fqdn, minPosition, { asOf });
  }

  private readerFor(fqdn: string): AuditReader | Failed {
    const found = this.service.pairOf(fqdn);
    if (found instanceof Failed) return found;
    const { state } = found.views.pair;
    return state === null
      ? noSuchPool(fqdn)
      : new AuditReader(this.store, this.runner.state, state, this.beginnings);
  }

  /** Events that the live state has not reached are left out: it knows which pools and agents an event concerns. */
  private async endOf({ asOf }: ViewQuery): Promise<PositionMoment> {
    return asOf === null
      ? { kind: 'position', position: this.runner.state.position }
      : await this.runner.times.positionOf(asOf);
  }
}

async function* entriesOf(
  batches: AsyncIterable<AuditBatch>,
): AsyncGenerator<readonly AuditEntry[], void, undefined> {
  for await (const { found } of batches) if (found.length > 0) yield found.map(({ entry }) => entry);
}

/** As many entries as are wanted and those that come with them, or all. */
async function atLeast(wanted: number, batches: AsyncIterable<AuditBatch>): Promise<AuditBatch> {
  const found: EntryWithCursor[] = [];
  let reached = 0n;
  for await (const batch of batches) {
    ({ reached } = batch);
    for (const entry of batch.found) found.push(entry);
    if (found.length >= wanted) break;
  }
  return { found, reached };
}
