import type { JsonObject, JsonValue } from '../../../events/envelope.js';
import { pairStream } from '../../../events/streams.js';
import { exports, type ExportOutline, type ExportsState } from '../../../projections/exports/fold.js';
import { exportsView, exportView, outlineOf } from '../../../projections/exports/view.js';
import type { EventStore } from '../../store/port.js';
import { decode } from '../decode.js';
import type { ProjectionRunner } from '../projections/projection-runner.js';
import { unknownProblem, type Reply } from '../reply.js';
import type { ProjectionInstance } from '../projections/state/projection-instance.js';
import type { HistoricalState } from '../projections/state/historical-state.js';
import { noSuchPool } from './pool-queries.js';
import { staleness, withStaleness } from './staleness.js';
import type { ViewAnswer, QueryService, ViewQuery } from './query-service.js';

/** The exports of a pool, in outline from the fold and one by one from the log. */
export class ExportQueries {
  constructor(
    private readonly store: EventStore,
    private readonly runner: ProjectionRunner,
    private readonly historicalState: HistoricalState,
    private readonly service: QueryService,
  ) {}

  async exports(fqdn: string, query: ViewQuery): Promise<Reply> {
    return await this.view(fqdn, query, async ({ state }) => exportsView(state, fqdn));
  }

  /** One export with all that it holds. */
  async export(fqdn: string, id: string, query: ViewQuery): Promise<Reply> {
    return await this.view(fqdn, query, async ({ state }, pairId) => {
      const outline = outlineOf(state, fqdn, id);
      return outline === undefined ? null : exportView(outline, await this.eventsOf(pairId, outline));
    });
  }

  /** @param render null where the pool has no such export */
  private async view(
    fqdn: string,
    query: ViewQuery,
    render: (instance: ProjectionInstance<ExportsState>, pairId: string) => Promise<object | null>,
  ): Promise<Reply> {
    return await this.service.answer(query, async (): Promise<ViewAnswer | Reply> => {
      const { state } = this.runner;
      const pairId = state.pairIdOfPool.get(fqdn);
      const live = pairId === undefined ? undefined : state.pairs.get(pairId);
      if (pairId === undefined || live === undefined) return noSuchPool(fqdn);
      const instance =
        query.asOf === null ? live.exports : await this.historicalState.at(exports, pairId, query.asOf);
      const { checkpoint } = instance;
      const shown = await render(instance, pairId);
      if (shown === null) return noSuchExport();
      const answer = {
        body: shown as JsonValue as JsonObject,
        etag: checkpoint.revision,
        ...(query.asOf === null ? {} : { position: checkpoint.position }),
      };
      return withStaleness(answer, staleness(instance));
    });
  }

  private async eventsOf(pairId: string, { revision, changes }: ExportOutline) {
    const { created, modified, removed } = changes;
    const maxCount = 1 + created + modified + removed;
    return (await this.store.readStream(pairStream(pairId), { from: revision, maxCount })).map(decode);
  }
}

const noSuchExport = (): Reply =>
  unknownProblem([
    { pointer: '/id', detail: 'The pool has no such export; GET …/exports lists those that are on record.' },
  ]);
