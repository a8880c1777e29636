import type { JsonObject, JsonValue } from '../../../events/envelope.js';
import { editabilityView } from '../../../projections/editability/view.js';
import { poolView, poolViews } from '../../../projections/lifecycle/view.js';
import { callStatusView } from '../../../projections/call-status/view.js';
import { visibilityView } from '../../../projections/visibility/view.js';
import type { ProjectionRunner } from '../projections/projection-runner.js';
import { unknownProblem, type Reply } from '../reply.js';
import type { PairViews } from '../projections/state/projections.js';
import type { ProjectionInstance } from '../projections/state/projection-instance.js';
import type { HistoricalState } from '../projections/state/historical-state.js';
import { staleness, withStaleness } from './staleness.js';
import type { ViewAnswer, QueryService, ViewQuery } from './query-service.js';

/** The views of one pool, live or as of a moment, by the same folds. */
export class PoolQueries {
  constructor(
    private readonly runner: ProjectionRunner,
    private readonly historicalState: HistoricalState,
    private readonly service: QueryService,
  ) {}

  async pools(query: ViewQuery): Promise<Reply> {
    return await this.service.answer(query, async () => {
      const { asOf } = query;
      const pairs: PairViews['pair'][] = [];
      for (const [pairId, { pair }] of this.runner.state.pairs) {
        pairs.push(asOf === null ? pair : await this.historicalState.at(pair.projection, pairId, asOf));
      }
      const pools = pairs.flatMap((pair) =>
        poolViews(pair.state).map((pool) => ({ ...pool, ...staleness(pair) })),
      );
      const position = pairs.reduce(
        (last, { checkpoint }) => (checkpoint.position > last ? checkpoint.position : last),
        0n,
      );
      const kinds = new Set(pairs.flatMap((pair) => Object.keys(staleness(pair))));
      const etag = [position, ...kinds].join('-');
      return { body: { pools: json(pools) }, etag, ...(asOf === null ? {} : { position }) };
    });
  }

  async pool(fqdn: string, query: ViewQuery): Promise<Reply> {
    return await this.view(
      fqdn,
      query,
      (views) => views.pair,
      (pair) => poolView(pair, fqdn),
    );
  }

  async visibility(fqdn: string, query: ViewQuery): Promise<Reply> {
    return await this.view(
      fqdn,
      query,
      (views) => views.pair,
      (pair) => visibilityView(pair, fqdn),
    );
  }

  async editability(fqdn: string, query: ViewQuery): Promise<Reply> {
    return await this.view(
      fqdn,
      query,
      (views) => views.pair,
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
    pick: (views: PairViews) => ProjectionInstance<State>,
    render: (state: State) => object | null,
  ): Promise<Reply> {
    return await this.service.answer(query, async (): Promise<ViewAnswer | Reply> => {
      const { state } = this.runner;
      const pairId = state.pairIdOfPool.get(fqdn);
      const live = pairId === undefined ? undefined : state.pairs.get(pairId);
      if (pairId === undefined || live === undefined) return noSuchPool(fqdn);
      const ofNow = pick(live);
      const { projection } = ofNow;
      const instance =
        query.asOf === null ? ofNow : await this.historicalState.at(projection, pairId, query.asOf);
      const { checkpoint } = instance;
      const answer = {
        body: json(render(instance.state) ?? notYetRegistered(fqdn)) as JsonObject,
        etag: projection.reads.includes('call') ? checkpoint.position : checkpoint.revision,
        ...(query.asOf === null ? {} : { position: checkpoint.position }),
      };
      return withStaleness(answer, staleness(instance));
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
