import type { AuditEntry } from '../../../projections/audit-trail/entry.js';
import { isDecidedByScan } from '../../../projections/audit-trail/scan-range.js';
import type { AuditTrailAnswer } from '../../contract/audit-trail.js';
import type { EarlierPairs } from '../../contract/words.js';
import type { EventStore } from '../../store/port.js';
import type { PositionMoment, Vantage } from '../moment.js';
import type { AuditFilter } from '../../../projections/audit-trail/filter.js';
import type { ProjectionRunner } from '../projections/projection-runner.js';
import type { PairBeginnings } from '../projections/state/pair-beginnings.js';
import type { DearRequests } from '../dear-requests.js';
import { Failed, Ok, type Result } from '../result.js';
import { atLeast, directionOf, pageOf, type AuditPageQuery, type EntriesOfPage } from './audit-page.js';
import { AuditReader, type AuditBatch } from './audit-reader.js';
import { earlierPairsOf } from './earlier-pairs.js';
import type { EndOfPool } from './end-of-pool.js';
import type { AskedSpan } from './sights.js';
import type { Requester } from '../requester.js';
import { TrailBelief } from './trail-belief.js';
import { noSuchPool, type QueryService, type ViewQuery } from './query-service.js';

/** `next` and `previous` are places in the trail; null at its ends. */
export type AuditPage = Omit<AuditTrailAnswer, 'next' | 'previous'> &
  Pick<EntriesOfPage, 'next' | 'previous'>;

/** What a trail is asked for with, its moments however they are named. */
export type AskedAudit = Omit<AuditFilter, 'from' | 'to'> & Partial<AskedSpan>;
export type AskedAuditPage = Omit<AuditPageQuery, 'filter'> & { readonly filter: AskedAudit };

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

  async trail(fqdn: string, query: ViewQuery, asked: AskedAuditPage): Promise<Result<AuditPage>> {
    const span = await this.service.sights.spanOf(asked.filter, query, () => this.service.scopeOf(fqdn));
    if (span instanceof Failed) return span;
    return await this.service.answer(
      query,
      async (at, lost) => {
        const { position } = this.runner.state;
        const upTo = upToEnd(at, lost) ?? { kind: 'position', position };
        const reader = await this.readerFor(fqdn, upTo, at, query.requester);
        if (reader instanceof Failed) return reader;
        const page = { ...asked, filter: filterOf(asked.filter, span, at) };
        const { filter, from, limit } = page;
        const direction = directionOf(page);
        // One entry more than the page holds shows whether there is another page.
        const pageSize = isDecidedByScan(filter) ? Math.min(limit + 1, PAGE) : PAGE;
        const range = { filter, direction, from, upTo, pageSize };
        const { found, reached } = await this.service.dearly(
          ['trail', fqdn, upTo.position, filter, direction, from, limit],
          (signal) => atLeast(limit + 1, reader.read(range, signal)),
          query.requester,
        );
        const shown = pageOf(found, page);
        const end = at === null ? position : reached;
        return {
          view: { fqdn, ...shown, ...this.earlierPairsOf(fqdn, at) },
          version: versionOf(shown, page) ?? end,
          position: reached,
          staleness: {},
        };
      },
      () => this.service.scopeOf(fqdn),
    );
  }

  /** All entries that pass the filter, up to a moment or to now; the log is read on demand. */
  async all(
    fqdn: string,
    query: ViewQuery,
    { filter: asked, order }: Pick<AskedAuditPage, 'filter' | 'order'>,
  ): Promise<Result<AuditExport>> {
    const sight = await this.service.sights.of(query, () => this.service.scopeOf(fqdn));
    if (sight instanceof Failed) return sight;
    const span = await this.service.sights.spanOf(asked, query, () => this.service.scopeOf(fqdn));
    if (span instanceof Failed) return span;
    // Events that the live state has not reached are left out: it knows which pools and agents an event concerns.
    const lost = await this.service.endIn(() => this.service.scopeOf(fqdn), sight.vantage);
    const { position } = this.runner.state;
    const upTo = upToEnd(sight.vantage, lost) ?? { kind: 'position', position };
    const reader = await this.readerFor(fqdn, upTo, sight.vantage, query.requester);
    if (reader instanceof Failed) return reader;
    const filter = filterOf(asked, span, sight.vantage);
    const { requester } = query;
    const direction = directionOf({ from: null, order });
    const range = { filter, direction, from: null, upTo, pageSize: PAGE };
    const open = (): Result<AuditExport> => new Ok(entriesOf(reader.read(range, requester?.signal)));
    return await this.streams.stream(open, requester);
  }

  /** Why there would be no answer; null where there would be one. */
  async refusal(fqdn: string, query: ViewQuery): Promise<Failed | null> {
    return await this.service.refusal(fqdn, query);
  }

  private earlierPairsOf(fqdn: string, at: Vantage | null): EarlierPairs {
    const found = this.service.pairOf(fqdn, at);
    return found instanceof Failed
      ? {}
      : earlierPairsOf(this.runner.state.directory.state, fqdn, found.pairId, at);
  }

  private async readerFor(
    fqdn: string,
    upTo: PositionMoment,
    at: Vantage | null,
    requester?: Requester,
  ): Promise<AuditReader | Failed> {
    const found = this.service.pairOf(fqdn, at);
    if (found instanceof Failed) return found;
    const { state } = found.views.pair;
    if (state === null) return noSuchPool(fqdn);
    const belief = await TrailBelief.at(this.runner, state, upTo, requester?.signal);
    return new AuditReader(this.store, this.runner.state, belief, this.beginnings);
  }
}

/** Of a pool whose place another took, the last entry says so. */
const upToEnd = (at: Vantage | null, end: EndOfPool | null): PositionMoment | null =>
  end === null ? at : { kind: 'position', position: end.until };

/** What had happened by a moment, as far as that is asked for. */
function filterOf(
  { from: _from, to: _to, ...filter }: AskedAudit,
  span: Pick<AuditFilter, 'from' | 'to'>,
  at: Vantage | null,
): AuditFilter {
  const by = at?.happened?.time ?? undefined;
  const to = [span.to, by].filter((time) => time !== undefined).toSorted()[0];
  return { ...filter, ...span, ...(to === undefined ? {} : { to }) };
}

async function* entriesOf(
  batches: AsyncIterable<AuditBatch>,
): AsyncGenerator<readonly AuditEntry[], void, undefined> {
  for await (const { found } of batches) if (found.length > 0) yield found.map(({ entry }) => entry);
}

/**
 * A page that is full changes no more, unless it is the newest; null where the end of the log decides. `changes`: readers
 * that have pages of before entries had them read these again.
 */
function versionOf({ next }: EntriesOfPage, { from, order, limit }: AuditPageQuery): string | null {
  return next === null || (from === null && order === 'newest')
    ? null
    : `changes-${next.position}.${next.part}-${limit}`;
}
