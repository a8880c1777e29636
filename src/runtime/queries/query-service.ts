import { setTimeout } from 'node:timers/promises';
import { pairStream } from '../../../events/streams.js';
import { formerNamesOf } from '../../../facts/former-names.js';
import type { Beginning, Staleness } from '../../contract/words.js';
import { didYouMean } from '../../../policy/texts/nearest.js';
import { momentText, type AskedMoment, type Vantage } from '../moment.js';
import type { Histories } from '../projections/histories/histories.js';
import { stateInHistory } from './state-in-history.js';
import { Moments, type MomentScope } from './moments.js';
import { everywhere, Sights, timeOf, type Scope } from './sights.js';
import type { ProjectionRunner } from '../projections/projection-runner.js';
import type { HistoricalState } from '../projections/state/historical-state.js';
import { endOf, pairOfPoolAt } from '../projections/state/directory.js';
import { endedIn, lastOf, type EndOfPool } from './end-of-pool.js';
import type { PairViews } from '../projections/state/projections.js';
import { UnderRepairError } from '../projections/state/parked.js';
import type { ProjectionInstance } from '../projections/state/projection-instance.js';
import type { DearRequests } from '../dear-requests.js';
import type { Requester } from '../requester.js';
import { SharedRuns } from '../shared-runs.js';
import { failed, Failed, Ok, unknown, type Result } from '../result.js';
import { answerFrom, isNotYetRegistered, type AtMoment, type ViewAnswer, type Dated } from './answer.js';
import { beginningInPlace } from './first-of.js';
import type { Freshness } from './freshness.js';

/** The parameters that every view has. */
export interface ViewQuery {
  /** What was known then; what is known now, where null. */
  readonly asOf: AskedMoment | null;
  /** What was true then; what is true now, where null or absent. */
  readonly at?: AskedMoment | null;
  /** Wait until the views have reached this position. */
  readonly minPosition: bigint | null;
  /** Work for it ends when it goes. */
  readonly requester?: Requester;
}

/** A pair, found by one of its pools. */
export interface FoundPair {
  readonly pairId: string;
  readonly views: PairViews;
}

/** What all views do alike: they wait as the query asks, find the state of its moment, and date the answer. */
export class QueryService {
  readonly sights: Sights;
  private readonly shared = new SharedRuns<unknown>();

  constructor(
    private readonly runner: ProjectionRunner,
    private readonly historicalState: HistoricalState,
    readonly histories: Histories,
    readonly freshness: Freshness,
    /** Answers that read and fold much of the log. */
    private readonly dear: DearRequests,
    /** Where the record of a stream begins; null where there is none. */
    readonly firstOf: (stream: string) => Promise<Beginning | null>,
  ) {
    this.sights = new Sights(runner, new Moments(histories), freshness);
  }

  /** The view of a pool by a projection of its pair. */
  async ofPool<State, View extends object>(
    fqdn: string,
    query: ViewQuery,
    pick: (views: PairViews) => ProjectionInstance<State>,
    render: (state: State, pairId: string, at: Vantage | null) => View | Failed | Promise<View | Failed>,
  ): Promise<Result<Dated<View>>> {
    return await this.answer(
      query,
      async (at) => {
        const pair = this.pairOf(fqdn, at);
        if (pair instanceof Failed) return pair;
        const instance = await this.atMoment(at, pick(pair.views), query);
        const view = await render(instance.state, pair.pairId, at);
        return view instanceof Failed ? view : answerFrom(instance, view);
      },
      () => this.scopeOf(fqdn),
    );
  }

  /**
   * @param view the answer at a moment; now where it is null; and of a pool whose place another had taken, how
   * @param scope where moments that have to be looked up are looked for; everywhere, where absent
   */
  async answer<View extends object>(
    query: ViewQuery,
    view: (at: Vantage | null, end: EndOfPool | null) => Promise<ViewAnswer<View> | Failed>,
    scope: Scope = everywhere,
  ): Promise<Result<Dated<View>>> {
    const sight = await this.sights.of(query, scope);
    if (sight instanceof Failed) return sight;
    const end = await this.endIn(scope, sight.vantage);
    const { asOf } = sight;
    const at = end === null ? sight.vantage : lastOf(end, sight.vantage);
    const isUnsure = asOf !== null && at !== null && (await this.runner.times.cannotTell(asOf, at));
    return await this.onceRepaired(async () => {
      // Before the view looks: events that arrive meanwhile may be missing from it.
      const { position: livePosition, recordedAt } = this.runner.state;
      const answer = await view(at, end);
      if (answer instanceof Failed) return this.unlessCatchingUp(answer);
      const catchingUp: Staleness = this.runner.hasCaughtUp ? {} : { catchingUp: true };
      const clockBehind: Staleness = isUnsure ? { clockBehind: true } : {};
      const staleness = { ...answer.staleness, ...catchingUp, ...clockBehind, ...endedIn(end) };
      const happened: Staleness = at?.happened === undefined ? {} : { at: timeOf(at.happened) };
      const dated = {
        position: String(at?.position ?? livePosition),
        asOf: asOf === null ? recordedAt : momentText(asOf),
        ...answer.view,
        ...(isNotYetRegistered(answer.view) ? await this.begins(answer.view.fqdn) : {}),
        ...happened,
        ...staleness,
      };
      return new Ok(dated, [answer.version, ...Object.keys(staleness)].join('-'));
    });
  }

  /** Null where the pool that a view is of stands, or stood at its moment: no other took its place until then. */
  async endIn(scope: Scope, at: Vantage | null): Promise<EndOfPool | null> {
    const where = await scope();
    return where instanceof Failed || where.fqdn === null ? null : this.endOf(where.fqdn, at);
  }

  /** How the place of a pool was taken by another, by a moment or by now; null where none took it. */
  endOf(fqdn: string, at: Vantage | null = null): EndOfPool | null {
    const time = at?.happened === undefined ? null : timeOf(at.happened);
    return endOf(this.runner.state.directory.state, fqdn, { position: at?.position ?? null, time });
  }

  /** Where the moments of a pool are looked for. */
  scopeOf(fqdn: string): MomentScope | Failed {
    const found = this.pairOf(fqdn);
    if (found instanceof Failed) return found;
    const former = this.runner.state.directory.state.formerPairs.get(fqdn);
    return { pairId: found.pairId, fqdn, ...(former === undefined ? {} : { former }) };
  }

  /**
   * A projection as it stands now, or as it stood at a moment: that one may be shared, so nobody changes it.
   * @throws BusyError
   */
  async atMoment<State>(
    at: Vantage | null,
    live: ProjectionInstance<State>,
    { requester }: Pick<ViewQuery, 'requester'>,
  ): Promise<AtMoment<State>> {
    if (at === null) return live;
    const { projection, key } = live;
    const { happened } = at;
    return await this.dearly<AtMoment<State>>(
      ['state', projection.name, key, at.position, happened?.place ?? null],
      (signal) =>
        happened === undefined
          ? this.historicalState.at(projection, key, at, signal)
          : stateInHistory(this.histories, live, { place: happened.place, asOf: at.position }, signal),
      requester,
    );
  }

  /**
   * Does work that is dear when it is its turn, and once for all that ask for the same at the same time.
   * @param what tells it from all other work whose result is of another type, or another one
   * @throws BusyError, what the work throws, and a RequesterGoneError
   */
  async dearly<Value>(
    what: readonly unknown[],
    work: (signal: AbortSignal) => Promise<Value>,
    requester?: Requester,
  ): Promise<Value> {
    const key = JSON.stringify(what, (_, value: unknown) => (typeof value === 'bigint' ? `${value}` : value));
    const run = (signal: AbortSignal): Promise<Value> => this.dear.run(() => work(signal), signal);
    return (await this.shared.join(key, run, requester?.signal)) as Value;
  }

  /** Why there would be no view of a pool; null where there would be one. */
  async refusal(fqdn: string, query: ViewQuery): Promise<Failed | null> {
    const sight = await this.sights.of(query, () => this.scopeOf(fqdn));
    if (sight instanceof Failed) return sight;
    const found = this.pairOf(fqdn);
    return found instanceof Failed ? found : null;
  }

  /** @throws UnderRepairError */
  pairOf(fqdn: string, at: Vantage | null = null): FoundPair | Failed {
    const { pairIdOfPool, pairs, directory } = this.runner.state;
    const happened = at?.happened === undefined ? null : timeOf(at.happened);
    const pairId = pairOfPoolAt(directory.state, fqdn, at?.position ?? null, happened);
    const views = pairId === undefined ? undefined : pairs.get(pairId);
    return pairId === undefined || views === undefined
      ? this.unlessCatchingUp(noSuchPool(fqdn, pairIdOfPool.keys()))
      : { pairId, views };
  }

  /** Where the record of the pair of a pool begins, as answers have it. */
  async begins(fqdn: string): Promise<{ readonly begins?: Beginning }> {
    const pair = this.pairOf(fqdn);
    if (pair instanceof Failed) return {};
    const state = pair.views.pair.state;
    const formerly = state === null ? undefined : formerNamesOf(state, fqdn).at(-1);
    const first =
      formerly === undefined ? await this.firstOf(pairStream(pair.pairId)) : beginningInPlace(formerly);
    return first === null ? {} : { begins: first };
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

export const noSuchPool = (fqdn: string, known: Iterable<string> = []): Failed =>
  unknown([
    {
      pointer: '/fqdn',
      detail: `No pair has the pool "${fqdn}"${didYouMean(fqdn, known)}; GET /v1/pools lists those that are registered.`,
    },
  ]);
