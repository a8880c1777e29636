import { pairStream } from '../../../events/streams.js';
import type { PairFacts } from '../../../facts/pair.js';
import type { ExportOutline } from '../../../projections/exports/fold.js';
import { holdsText } from '../../../policy/texts/holds.js';
import { comparisonOf, NoSuchSide, sideOf } from '../../../projections/differences/sides.js';
import { exportsView, exportView, outlineOf } from '../../../projections/exports/view.js';
import type { AnswerOf } from '../../contract/answers.js';
import type { EventStore } from '../../store/port.js';
import { decode } from '../decode.js';
import type { Vantage } from '../moment.js';
import { Failed, unknown, type Result } from '../result.js';
import { keptIn, versioned, type KeptFiles } from './kept-files.js';
import type { QueryService, ViewQuery } from './query-service.js';

/** Each is the id or the name of an export, `latest`, `record` or `partner`. */
export interface ComparedSides {
  readonly from: string;
  readonly to: string;
}

/** The exports of a pool, in outline from the projection and one by one from the log. */
export class ExportQueries {
  constructor(
    private readonly store: EventStore,
    private readonly service: QueryService,
    /** Null where none are. */
    private readonly files: KeptFiles | null,
  ) {}

  /** @param name only those whose file name, or path, holds it */
  async exports(fqdn: string, query: ViewQuery, name?: string): Promise<Result<AnswerOf<'exports'>>> {
    const result = await this.service.ofPool(
      fqdn,
      query,
      (views) => views.exports,
      (state) => exportsView(state, fqdn),
    );
    if (result instanceof Failed) return result;
    const isKept = await keptIn(this.files);
    const exports = result.value.exports
      .filter(({ fileName, filePath }) => holdsText(filePath ?? fileName ?? '', name))
      .map((one) => ({ ...one, kept: isKept(one) }));
    const kept = exports.map((one) => one.kept);
    return versioned({ ...result.value, exports }, result.version, kept);
  }

  /** One export with everything in it. */
  async export(fqdn: string, id: string, query: ViewQuery): Promise<Result<AnswerOf<'export'>>> {
    const result = await this.service.ofPool(
      fqdn,
      query,
      (views) => views.exports,
      async (state, pairId, at) => {
        const outline = outlineOf(state, fqdn, id);
        if (outline === undefined) return noSuchExport();
        const before = await this.factsBefore(fqdn, outline, at, query);
        return exportView(outline, await this.eventsOf(pairId, outline), before);
      },
    );
    if (result instanceof Failed) return result;
    const kept = (await keptIn(this.files))(result.value);
    return versioned({ ...result.value, kept }, result.version, [kept]);
  }

  /** What differs between two exports, or one of them and what is hosted. */
  async compare(
    fqdn: string,
    { from, to }: ComparedSides,
    query: ViewQuery,
  ): Promise<Result<AnswerOf<'compare-exports'>>> {
    return await this.service.ofPool(
      fqdn,
      query,
      (views) => views.pair,
      (pair) => {
        if (pair === null) return noSuchExport();
        const [one, other] = [sideOf(pair, fqdn, from), sideOf(pair, fqdn, to)];
        if (!(one instanceof NoSuchSide) && !(other instanceof NoSuchSide)) {
          return comparisonOf(fqdn, one, other);
        }
        return unknown([
          ...(one instanceof NoSuchSide ? [{ pointer: '/from', detail: one.detail }] : []),
          ...(other instanceof NoSuchSide ? [{ pointer: '/to', detail: other.detail }] : []),
        ]);
      },
    );
  }

  /** Right before an export that changed or removed something; null for others. */
  private async factsBefore(
    fqdn: string,
    { position, changes }: ExportOutline,
    at: Vantage | null,
    query: ViewQuery,
  ): Promise<PairFacts | null> {
    const found = this.service.pairOf(fqdn, at);
    if (changes.modified + changes.removed === 0 || found instanceof Failed) return null;
    // In a history in another order the outline has its place there.
    const before: Vantage =
      at?.happened === undefined
        ? { kind: 'position', position: position - 1n, time: null }
        : { ...at, happened: { place: position - 1n, time: null } };
    return (await this.service.atMoment(before, found.views.pair, query)).state;
  }

  private async eventsOf(pairId: string, { revision, changes }: ExportOutline) {
    const { created, modified, removed } = changes;
    const maxCount = 1 + created + modified + removed;
    return (await this.store.readStream(pairStream(pairId), { from: revision, maxCount })).map(decode);
  }
}

const noSuchExport = (): Failed =>
  unknown([
    { pointer: '/id', detail: 'The pool has no such export; GET …/exports lists those that are on record.' },
  ]);
