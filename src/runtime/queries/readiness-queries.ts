import { createHash } from 'node:crypto';
import { agentStreamPrefix } from '../../../events/streams.js';
import { homePoolIn, type HomePool } from '../../../facts/agent-home.js';
import { pairByPool } from '../../../facts/copies.js';
import type { PairFacts } from '../../../facts/pair.js';
import type { AgentConsoleState } from '../../../projections/agent-console/fold.js';
import { fleetReadiness } from '../../../projections/fleet/readiness.js';
import type { Settings } from '../../../projections/readiness/readiness-context.js';
import { readinessView, type ReadinessView } from '../../../projections/readiness/view.js';
import { runbookView } from '../../../projections/runbook/view.js';
import type { AnswerOf } from '../../contract/answers.js';
import { Turns } from '../../store/turns.js';
import type { Vantage } from '../moment.js';
import type { ProjectionRunner } from '../projections/projection-runner.js';
import { Failed, type Result } from '../result.js';
import { answerFrom, type AtMoment, type Dated } from './answer.js';
import type { QueryService, ViewQuery } from './query-service.js';

type Render<View> = (
  pair: PairFacts | null,
  fqdn: string,
  agents: AgentConsoleState['agents'],
  settings: Settings,
) => View | null;

/** Readiness and runbook: the only views that change with time alone. */
export class ReadinessQueries {
  constructor(
    private readonly runner: ProjectionRunner,
    private readonly service: QueryService,
    private readonly clock: () => Date,
    private readonly exportAgeTargetHours: number,
  ) {}

  async readiness(fqdn: string, query: ViewQuery): Promise<Result<AnswerOf<'readiness'>>> {
    return await this.view(fqdn, query, readinessView);
  }

  async runbook(fqdn: string, query: ViewQuery): Promise<Result<AnswerOf<'runbook'>>> {
    return await this.view(fqdn, query, runbookView);
  }

  /**
   * The readiness of all pools, the worst first.
   * @param reach which pools whoever asks may have to do with
   */
  async ofFleet(
    query: ViewQuery,
    reach: (pool: string) => boolean,
  ): Promise<Result<AnswerOf<'fleet-readiness'>>> {
    return await this.service.answer(query, async (at) => {
      const { tooEarly } = this.service;
      if (tooEarly !== null) return tooEarly;
      const instance = await this.service.atMoment(at, this.runner.state.console, query);
      const { pairs, agents } = instance.state;
      const settings = this.settingsAt(this.presentOf(at, instance.checkpoint.recordedAt), pairs);
      const turns = new Turns(query.requester?.signal);
      const views: ReadinessView[] = [];
      for (const { fqdn, pair } of poolsIn(pairs.values()).filter((pool) => reach(pool.fqdn))) {
        if (turns.isOver) await turns.next();
        const view = readinessView(pair, fqdn, agents, settings);
        if (view !== null) views.push(view);
      }
      const view = fleetReadiness(views);
      return { ...answerFrom(instance, view), version: versionOf(view, instance) };
    });
  }

  /** The readiness of every pool now; empty while the state is under repair. */
  ofAllPools(): readonly ReadinessView[] {
    const { console, pairIdOfPool } = this.runner.state;
    if (console.corrupted) return [];
    const { pairs, agents } = console.state;
    const settings = this.settingsAt(this.clock().toISOString(), pairs);
    return [...pairIdOfPool].flatMap(
      ([fqdn, pairId]) => readinessView(pairs.get(pairId) ?? null, fqdn, agents, settings) ?? [],
    );
  }

  private async view<View extends object>(
    fqdn: string,
    query: ViewQuery,
    render: Render<View>,
  ): Promise<Result<Dated<View | NothingYet>>> {
    return await this.service.answer(
      query,
      async (at) => {
        const found = this.service.pairOf(fqdn, at);
        if (found instanceof Failed) return found;
        const { pairId } = found;
        const instance = await this.service.atMoment(at, this.runner.state.console, query);
        const { pairs, agents } = instance.state;
        const now = this.presentOf(at, instance.checkpoint.recordedAt);
        const view =
          render(pairs.get(pairId) ?? null, fqdn, agents, this.settingsAt(now, pairs)) ?? nothingYet(fqdn);
        const concerns = (part: string): boolean => part === pairId || part.startsWith(agentStreamPrefix);
        return { ...answerFrom(instance, view, concerns), version: versionOf(view, instance) };
      },
      () => this.service.scopeOf(fqdn),
    );
  }

  private settingsAt(now: string, pairs: AgentConsoleState['pairs']): Settings {
    const { exportAgeTargetHours } = this;
    const homes = new Map<string, HomePool | null>();
    const homeOf = (fqdn: string): HomePool | null => {
      const known = homes.get(fqdn);
      if (known !== undefined) return known;
      const home = homePoolIn([...pairs.values()], fqdn);
      homes.set(fqdn, home);
      return home;
    };
    return { now, exportAgeTargetHours, homeOf };
  }

  /** The time from which the age of an export is counted; for a position, that of the last event up to it. */
  private presentOf(at: Vantage | null, lastRecordedAt: string): string {
    if (at === null) return this.clock().toISOString();
    return at.happened?.time ?? at.time ?? lastRecordedAt;
  }
}

const poolsIn = (
  pairs: Iterable<PairFacts>,
): readonly { readonly fqdn: string; readonly pair: PairFacts }[] =>
  [...pairByPool(pairs)].map(([fqdn, pair]) => ({ fqdn, pair }));

/** No position tells two of these answers apart, because they depend on the time. */
const digestOf = (view: object): string =>
  createHash('sha256').update(JSON.stringify(view)).digest('base64url').slice(0, 22);

/** Of a history in another order any fact may change what is listed beside the view as well. */
const versionOf = (view: object, { contradicted, checkpoint }: AtMoment<unknown>): string =>
  contradicted === undefined ? digestOf(view) : `${digestOf(view)}.${checkpoint.position}`;

const nothingYet = (fqdn: string) => ({ fqdn, stage: null, findings: [], steps: [], sources: [] }) as const;
type NothingYet = ReturnType<typeof nothingYet>;
