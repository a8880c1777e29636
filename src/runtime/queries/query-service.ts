import { setTimeout } from 'node:timers/promises';
import type { Staleness } from '../../contract/words.js';
import { momentText, type Moment, type PositionMoment } from '../moment.js';
import type { ProjectionRunner } from '../projections/projection-runner.js';
import type { HistoricalState } from '../projections/state/historical-state.js';
import type { PairViews } from '../projections/state/projections.js';
import { UnderRepairError } from '../projections/state/parked.js';
import type { ProjectionInstance } from '../projections/state/projection-instance.js';
import { failed, Failed, Ok, unknown, type Result } from '../result.js';
import { answerFrom, type ViewAnswer, type Dated } from './answer.js';
import type { Freshness } from './freshness.js';

/** The parameters that every view has. */
export interface ViewQuery {
  readonly asOf: Moment | null;
  /** Wait until the views have reached this position. */
  readonly minPosition: bigint | null;
}

/** A pair, found by one of its pools. */
export interface FoundPair {
  readonly pairId: string;
  readonly views: PairViews;
}

/** What all views do alike: they wait as the query asks, find the state of its moment, and date the answer. */
export class QueryService {
  constructor(
    private readonly runner: ProjectionRunner,
    private readonly historicalState: HistoricalState,
    readonly freshness: Freshness,
  ) {}

  /** The view of a pool by a projection of its pair. */
  async ofPool<State, View extends object>(
    fqdn: string,
    query: ViewQuery,
    pick: (views: PairViews) => ProjectionInstance<State>,
    render: (state: State, pairId: string) => View | Failed | Promise<View | Failed>,
  ): Promise<Result<Dated<View>>> {
    return await this.answer(query, async (at) => {
      const pair = this.pairOf(fqdn);
      if (pair instanceof Failed) return pair;
      const instance = await this.atMoment(at, pick(pair.views));
      const view = await render(instance.state, pair.pairId);
      return view instanceof Failed ? view : answerFrom(instance, view);
    });
  }

  /** @param view the answer at a position of the log; now where it is null */
  async answer<View extends object>(
    query: ViewQuery,
    view: (at: PositionMoment | null) => Promise<ViewAnswer<View> | Failed>,
  ): Promise<Result<Dated<View>>> {
    const { asOf, minPosition } = query;
    const refusal = await this.freshness.refusalOf(minPosition, { asOf });
    if (refusal !== null) return refusal;
    const at = asOf === null ? null : await this.runner.times.positionOf(asOf);
    return await this.onceRepaired(async () => {
      // Before the view looks: events that arrive meanwhile may be missing from it.
      const { position: livePosition, recordedAt } = this.runner.state;
      const answer = await view(at);
      if (answer instanceof Failed) return this.unlessCatchingUp(answer);
      const catchingUp: Staleness = this.runner.hasCaughtUp ? {} : { catchingUp: true };
      const staleness = { ...answer.staleness, ...catchingUp };
      const dated = {
        position: String(at?.position ?? livePosition),
        asOf: asOf === null ? recordedAt : momentText(asOf),
        ...answer.view,
        ...staleness,
      };
      return new Ok(dated, [answer.version, ...Object.keys(staleness)].join('-'));
    });
  }

  /** A projection as it stands now, or as it stood at a position. */
  async atMoment<State>(
    at: PositionMoment | null,
    live: ProjectionInstance<State>,
  ): Promise<ProjectionInstance<State>> {
    return at === null ? live : await this.historicalState.at(live.projection, live.key, at);
  }

  /** @throws UnderRepairError */
  pairOf(fqdn: string): FoundPair | Failed {
    const { pairIdOfPool, pairs } = this.runner.state;
    const pairId = pairIdOfPool.get(fqdn);
    const views = pairId === undefined ? undefined : pairs.get(pairId);
    return pairId === undefined || views === undefined
      ? this.unlessCatchingUp(noSuchPool(fqdn))
      : { pairId, views };
  }

  /**
   * Until the whole log was read, nothing is said not to be there.
   * @param failure what would be answered else
   */
  unlessCatchingUp(failure: Failed): Failed {
    const { hasCaughtUp } = this.runner;
    return hasCaughtUp || failure.failure.kind !== 'unknown' ? failure : this.catchingUp();
  }

  /** Why a list cannot be given yet, as it would lack what is not read; null where it can. */
  get tooEarly(): Failed | null {
    return this.runner.hasCaughtUp || this.runner.beganWithSnapshots ? null : this.catchingUp();
  }

  private catchingUp(): Failed {
    const { state, storeFault } = this.runner;
    return failed({ kind: 'catching-up', position: state.position, reason: storeFault });
  }

  /** Waits for a state under repair; slow only while the store is unreachable. */
  private async onceRepaired<Value>(view: () => Promise<Result<Value>>): Promise<Result<Value>> {
    for (;;) {
      try {
        return await view();
      } catch (error) {
        if (!(error instanceof UnderRepairError)) throw error;
        const recovered = error.recovered.then(() => true);
        const { patience } = this.freshness;
        if (!(await Promise.race([recovered, setTimeout(patience, false, { ref: false })]))) {
          return failed({ kind: 'under-repair', detail: error.message });
        }
      }
    }
  }
}

export const noSuchPool = (fqdn: string): Failed =>
  unknown([
    {
      pointer: '/fqdn',
      detail: `No pair has the pool "${fqdn}"; GET /v1/pools lists those that are registered.`,
    },
  ]);
