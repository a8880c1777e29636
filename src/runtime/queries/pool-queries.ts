import { pairByPool } from '../../../facts/copies.js';
import type { PairFacts } from '../../../facts/pair.js';
import type { CallStatusState } from '../../../projections/call-status/state.js';
import { callStatusView } from '../../../projections/call-status/view.js';
import { narrowed, type CopyFilter } from '../../../projections/copy-entries.js';
import { editabilityView } from '../../../projections/editability/view.js';
import { exportBrief, openCallsOf } from '../../../projections/fleet/pool.js';
import { poolView, poolViews } from '../../../projections/lifecycle/view.js';
import { decidingView } from '../../../projections/statements/deciding.js';
import { visibilityView } from '../../../projections/visibility/view.js';
import type { AnswerOf } from '../../contract/answers.js';
import type { ProjectionRunner } from '../projections/projection-runner.js';
import type { Result } from '../result.js';
import { notYetRegistered, stalenessOf, type AtMoment, type Dated, type NotYetRegistered } from './answer.js';
import type { QueryService, ViewQuery } from './query-service.js';

/** The views of one pool, now or at a moment. */
export class PoolQueries {
  constructor(
    private readonly runner: ProjectionRunner,
    private readonly service: QueryService,
  ) {}

  async pools(query: ViewQuery): Promise<Result<AnswerOf<'pools'>>> {
    return await this.service.answer(query, async (at) => {
      const { tooEarly } = this.service;
      if (tooEarly !== null) return tooEarly;
      const pairs: AtMoment<PairFacts | null>[] = [];
      const calls: AtMoment<CallStatusState>[] = [];
      for (const { pair, callStatus } of this.runner.state.pairsInOrder) {
        pairs.push(await this.service.atMoment(at, pair, query));
        calls.push(await this.service.atMoment(at, callStatus, query));
      }
      const places = pairByPool(pairs.flatMap(({ state }) => state ?? []));
      const pools = pairs.flatMap((pair, index) =>
        poolViews(pair.state)
          .filter(({ fqdn }) => places.get(fqdn) === pair.state)
          .map((pool) => ({
            ...pool,
            openCalls: calls[index] === undefined ? 0 : openCallsOf(calls[index].state, pool.fqdn),
            lastExport: pair.state === null ? null : exportBrief(pair.state, pool.fqdn),
            ...stalenessOf(pair),
          })),
      );
      const position = [...pairs, ...calls].reduce(
        (last, { checkpoint }) => (checkpoint.position > last ? checkpoint.position : last),
        0n,
      );
      const kinds = new Set(pairs.flatMap((pair) => Object.keys(stalenessOf(pair))));
      return { view: { pools }, version: [position, ...kinds].join('-'), position, staleness: {} };
    });
  }

  async pool(fqdn: string, query: ViewQuery): Promise<Result<AnswerOf<'pool'>>> {
    return await this.view(fqdn, query, poolView);
  }

  async visibility(
    fqdn: string,
    query: ViewQuery,
    filter: CopyFilter = {},
  ): Promise<Result<AnswerOf<'visibility'>>> {
    return await this.view(fqdn, query, (pair) => {
      const view = visibilityView(pair, fqdn);
      return view === null ? null : narrowed(view, filter);
    });
  }

  async editability(
    fqdn: string,
    query: ViewQuery,
    filter: CopyFilter = {},
  ): Promise<Result<AnswerOf<'editability'>>> {
    return await this.view(fqdn, query, (pair) => {
      const view = editabilityView(pair, fqdn);
      return view === null ? null : narrowed(view, filter);
    });
  }

  /** How much each statement decides of the pool. */
  async statements(fqdn: string, query: ViewQuery): Promise<Result<AnswerOf<'pool-statements'>>> {
    return await this.service.ofPool(
      fqdn,
      query,
      (views) => views.callStatus,
      (state) => decidingView(state, fqdn) ?? notYetRegistered(fqdn),
    );
  }

  async callStatus(fqdn: string, query: ViewQuery): Promise<Result<AnswerOf<'call-status'>>> {
    return await this.service.ofPool(
      fqdn,
      query,
      (views) => views.callStatus,
      (state) => callStatusView(state, fqdn) ?? notYetRegistered(fqdn),
    );
  }

  private async view<View extends object>(
    fqdn: string,
    query: ViewQuery,
    render: (pair: PairFacts | null, fqdn: string) => View | null,
  ): Promise<Result<Dated<View | NotYetRegistered>>> {
    return await this.service.ofPool(
      fqdn,
      query,
      (views) => views.pair,
      (pair) => render(pair, fqdn) ?? notYetRegistered(fqdn),
    );
  }
}
