import type { JsonObject, JsonValue } from '../../../events/envelope.js';
import { editabilityView } from '../../../projections/editability/view.js';
import { poolView, poolViews } from '../../../projections/lifecycle/view.js';
import { callStatusView } from '../../../projections/call-status/view.js';
import { visibilityView } from '../../../projections/visibility/view.js';
import type { Follower } from '../projections/projection-runner.js';
import { unknownProblem, type Reply } from '../reply.js';
import type { PairViews } from '../projections/state/live-state.js';
import type { Partition } from '../projections/state/projection-instance.js';
import type { Past } from '../projections/state/historical-state.js';
import { reservations, withReservations } from './staleness.js';
import type { ViewAnswer, ViewDesk, ViewQuery } from './query-service.js';

/** The views of one pool, live or as of a moment, by the same folds. */
export class PoolViews {
  constructor(
    private readonly follower: Follower,
    private readonly past: Past,
    private readonly desk: ViewDesk,
  ) {}

  async pools(query: ViewQuery): Promise<Reply> {
    return await this.desk.answer(query, async () => {
      const { asOf } = query;
      const pairs: PairViews['lifecycle'][] = [];
      for (const [pairId, { lifecycle }] of this.follower.state.pairs) {
        pairs.push(asOf === null ? lifecycle : await this.past.at(lifecycle.projection, pairId, asOf));
      }
      const pools = pairs.flatMap((pair) =>
        poolViews(pair.state).map((pool) => ({ ...pool, ...reservations(pair) })),
      );
      const position = pairs.reduce((last, { place }) => (place.position > last ? place.position : last), 0n);
      const kinds = new Set(pairs.flatMap((pair) => Object.keys(reservations(pair))));
      const etag = [position, ...kinds].join('-');
      return { body: { pools: json(pools) }, etag, ...(asOf === null ? {} : { position }) };
    });
  }

  async pool(fqdn: string, query: ViewQuery): Promise<Reply> {
    return await this.view(
      fqdn,
      query,
      (views) => views.lifecycle,
      (pair) => poolView(pair, fqdn),
    );
  }

  async visibility(fqdn: string, query: ViewQuery): Promise<Reply> {
    return await this.view(
      fqdn,
      query,
      (views) => views.visibility,
      (pair) => visibilityView(pair, fqdn),
    );
  }

  async editability(fqdn: string, query: ViewQuery): Promise<Reply> {
    return await this.view(
      fqdn,
      query,
      (views) => views.editability,
      (pair) => editabilityView(pair, fqdn),
    );
  }

  async callStatus(fqdn: string, query: ViewQuery): Promise<Reply> {
    return await this.view(
      fqdn,
      query,
      (views) => views.callStatus,
      (state) => callStatusView(state, fqdn),
    );
  }

  private async view<State>(
    fqdn: string,
    query: ViewQuery,
    pick: (views: PairViews) => Partition<State>,
    render: (state: State) => object | null,
  ): Promise<Reply> {
    return await this.desk.answer(query, async (): Promise<ViewAnswer | Reply> => {
      const { state } = this.follower;
      const pairId = state.pairIdOfPool.get(fqdn);
      const live = pairId === undefined ? undefined : state.pairs.get(pairId);
      if (pairId === undefined || live === undefined) return noSuchPool(fqdn);
      const ofNow = pick(live);
      const { projection } = ofNow;
      const partition = query.asOf === null ? ofNow : await this.past.at(projection, pairId, query.asOf);
      const { place } = partition;
      const answer = {
        body: json(render(partition.state) ?? notYetRegistered(fqdn)) as JsonObject,
        etag: projection.reads.includes('call') ? place.position : place.revision,
        ...(query.asOf === null ? {} : { position: place.position }),
      };
      return withReservations(answer, reservations(partition));
    });
  }
}

export const noSuchPool = (fqdn: string): Reply =>
  unknownProblem([
    {
      pointer: '/fqdn',
      detail: `No pair has the pool "${fqdn}"; GET /v1/pools lists those that are registered.`,
    },
  ]);

/** The answer for a moment before the pair was registered: valid, and empty. */
export const notYetRegistered = (fqdn: string): object => ({
  fqdn,
  stage: null,
  objects: [],
  calls: [],
  rows: [],
  next: null,
  because: [],
});

/** Views are JSON by construction; this only says so to the compiler. */
export const json = (value: object): JsonValue => value as JsonValue;
