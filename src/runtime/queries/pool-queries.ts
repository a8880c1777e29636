import type { AnswerOf } from '../../contract/answers.js';
import { callStatusView } from '../../../projections/call-status/view.js';
import { editabilityView } from '../../../projections/editability/view.js';
import { poolView, poolViews } from '../../../projections/lifecycle/view.js';
import { visibilityView } from '../../../projections/visibility/view.js';
import type { ProjectionRunner } from '../projections/projection-runner.js';
import type { PairViews } from '../projections/state/live-state.js';
import type { Result } from '../result.js';
import { notYetRegistered, stalenessOf } from './answer.js';
import type { QueryService, ViewQuery } from './query-service.js';

/** The views of one pool, now or at a moment. */
export class PoolQueries {
  constructor(
    private readonly runner: ProjectionRunner,
    private readonly service: QueryService,
  ) {}

  async pools(query: ViewQuery): Promise<Result<AnswerOf<'pools'>>> {
    return await this.service.answer(query, async () => {
      const pairs: PairViews['lifecycle'][] = [];
      for (const { lifecycle } of this.runner.state.pairs.values()) {
        pairs.push(await this.service.atMoment(query, lifecycle));
      }
      const pools = pairs.flatMap((pair) =>
        poolViews(pair.state).map((pool) => ({ ...pool, ...stalenessOf(pair) })),
      );
      const position = pairs.reduce(
        (last, { checkpoint }) => (checkpoint.position > last ? checkpoint.position : last),
        0n,
      );
      const kinds = new Set(pairs.flatMap((pair) => Object.keys(stalenessOf(pair))));
      return { view: { pools }, version: [position, ...kinds].join('-'), position, staleness: {} };
    });
  }

  async pool(fqdn: string, query: ViewQuery): Promise<Result<AnswerOf<'pool'>>> {
    return await this.service.ofPool(
      fqdn,
      query,
      (views) => views.lifecycle,
      (pair) => poolView(pair, fqdn) ?? notYetRegistered(fqdn),
    );
  }

  async visibility(fqdn: string, query: ViewQuery): Promise<Result<AnswerOf<'visibility'>>> {
    return await this.service.ofPool(
      fqdn,
      query,
      (views) => views.visibility,
      (pair) => visibilityView(pair, fqdn) ?? notYetRegistered(fqdn),
    );
  }

  async editability(fqdn: string, query: ViewQuery): Promise<Result<AnswerOf<'editability'>>> {
    return await this.service.ofPool(
      fqdn,
      query,
      (views) => views.editability,
      (pair) => editabilityView(pair, fqdn) ?? notYetRegistered(fqdn),
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
}
