import type { JsonObject, JsonValue } from '../../../events/envelope.js';
import { editability } from '../../../projections/editability/fold.js';
import { editabilityView } from '../../../projections/editability/view.js';
import { lifecycle } from '../../../projections/lifecycle/fold.js';
import { poolView, poolViews } from '../../../projections/lifecycle/view.js';
import { callStatus } from '../../../projections/call-status/fold.js';
import { callStatusView } from '../../../projections/call-status/view.js';
import type { Projection } from '../../../projections/projection.js';
import { visibility } from '../../../projections/visibility/fold.js';
import { visibilityView } from '../../../projections/visibility/view.js';
import type { Follower } from '../follower.js';
import { unknownProblem, type Reply } from '../reply.js';
import type { PairViews } from '../state/live-state.js';
import type { Partition } from '../state/partition.js';
import type { Past } from '../state/past.js';
import type { ViewAnswer, ViewDesk, ViewQuery } from './query.js';

type StateOf<Name extends keyof PairViews> = PairViews[Name]['state'];

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
      const pairs: Partition<StateOf<'lifecycle'>>[] = [];
      for (const [pairId, live] of this.follower.state.pairs) {
        pairs.push(asOf === null ? live.lifecycle : await this.past.at(lifecycle, pairId, asOf));
      }
      const body = { pools: json(pairs.flatMap(({ state }) => poolViews(state))) };
      const position = pairs.reduce((last, { place }) => (place.position > last ? place.position : last), 0n);
      return { body, etag: position, ...(asOf === null ? {} : { position }) };
    });
  }

  async pool(fqdn: string, query: ViewQuery): Promise<Reply> {
    return await this.view(fqdn, query, 'lifecycle', lifecycle, (pair) => poolView(pair, fqdn));
  }

  async visibility(fqdn: string, query: ViewQuery): Promise<Reply> {
    return await this.view(fqdn, query, 'visibility', visibility, (pair) => visibilityView(pair, fqdn));
  }

  async editability(fqdn: string, query: ViewQuery): Promise<Reply> {
    return await this.view(fqdn, query, 'editability', editability, (pair) => editabilityView(pair, fqdn));
  }

  async callStatus(fqdn: string, query: ViewQuery): Promise<Reply> {
    return await this.view(fqdn, query, 'callStatus', callStatus, (state) => callStatusView(state, fqdn));
  }

  private async view<Name extends keyof PairViews>(
    fqdn: string,
    query: ViewQuery,
    name: Name,
    projection: Projection<StateOf<Name>>,
    render: (state: StateOf<Name>) => object | null,
  ): Promise<Reply> {
    return await this.desk.answer(query, async (): Promise<ViewAnswer | Reply> => {
      const { state } = this.follower;
      const pairId = state.pairIdOfPool.get(fqdn);
      const live = pairId === undefined ? undefined : state.pairs.get(pairId);
      if (pairId === undefined || live === undefined) return noSuchPool(fqdn);
      const partition = query.asOf === null ? live[name] : await this.past.at(projection, pairId, query.asOf);
      const { place } = partition;
      return {
        body: json(render(partition.state) ?? notYetRegistered(fqdn)) as JsonObject,
        etag: projection.reads.includes('call') ? place.position : place.revision,
        ...(query.asOf === null ? {} : { position: place.position }),
      };
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
