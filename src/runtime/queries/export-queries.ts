import type { JsonObject, JsonValue } from '../../../events/envelope.js';
import { pairStream } from '../../../events/streams.js';
import { exports, type ExportOutline, type ExportsState } from '../../../projections/exports/fold.js';
import { exportsView, exportView, outlineOf } from '../../../projections/exports/view.js';
import type { EventStore } from '../../store/port.js';
import { decode } from '../decode.js';
import type { Follower } from '../projections/projection-runner.js';
import { unknownProblem, type Reply } from '../reply.js';
import type { Partition } from '../projections/state/projection-instance.js';
import type { Past } from '../projections/state/historical-state.js';
import { noSuchPool } from './pool-queries.js';
import { reservations, withReservations } from './staleness.js';
import type { ViewAnswer, ViewDesk, ViewQuery } from './query-service.js';

/** The exports of a pool, in outline from the fold and one by one from the log. */
export class ExportViews {
  constructor(
    private readonly store: EventStore,
    private readonly follower: Follower,
    private readonly past: Past,
    private readonly desk: ViewDesk,
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
    render: (partition: Partition<ExportsState>, pairId: string) => Promise<object | null>,
  ): Promise<Reply> {
    return await this.desk.answer(query, async (): Promise<ViewAnswer | Reply> => {
      const { state } = this.follower;
      const pairId = state.pairIdOfPool.get(fqdn);
      const live = pairId === undefined ? undefined : state.pairs.get(pairId);
      if (pairId === undefined || live === undefined) return noSuchPool(fqdn);
      const partition = query.asOf === null ? live.exports : await this.past.at(exports, pairId, query.asOf);
      const { place } = partition;
      const shown = await render(partition, pairId);
      if (shown === null) return noSuchExport();
      const answer = {
        body: shown as JsonValue as JsonObject,
        etag: place.revision,
        ...(query.asOf === null ? {} : { position: place.position }),
      };
      return withReservations(answer, reservations(partition));
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
