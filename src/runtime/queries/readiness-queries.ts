import { createHash } from 'node:crypto';
import type { JsonObject } from '../../../events/envelope.js';
import type { PairFacts } from '../../../facts/pair.js';
import { agentStreamPrefix } from '../../../events/streams.js';
import type { AgentConsoleState } from '../../../projections/agent-console/fold.js';
import type { Settings } from '../../../projections/readiness/readiness-context.js';
import { readinessView, type ReadinessView } from '../../../projections/readiness/view.js';
import { runbookMarkdown } from '../../../projections/runbook/markdown.js';
import { runbookView } from '../../../projections/runbook/view.js';
import type { ProjectionRunner } from '../projections/projection-runner.js';
import type { Reply } from '../reply.js';
import type { Moment } from '../moment.js';
import type { ProjectionInstance } from '../projections/state/projection-instance.js';
import type { HistoricalState } from '../projections/state/historical-state.js';
import { noSuchPool } from './pool-queries.js';
import { staleness, withStaleness } from './staleness.js';
import type { QueryService, ViewQuery } from './query-service.js';

/** The facts of a pair with all agents, and the moment from which the age of an export is counted. */
interface Known {
  readonly instance: ProjectionInstance<AgentConsoleState>;
  readonly now: string;
  /** Of the last event, where the answer is one of the past. */
  readonly position?: bigint;
}

type Render<View> = (
  pair: PairFacts | null,
  fqdn: string,
  agents: AgentConsoleState['agents'],
  settings: Settings,
) => View | null;

/** Readiness and runbook: the only views whose answer changes while nothing happens. */
export class ReadinessQueries {
  constructor(
    private readonly runner: ProjectionRunner,
    private readonly historicalState: HistoricalState,
    private readonly service: QueryService,
    private readonly clock: () => Date,
    private readonly exportAgeTargetHours: number,
  ) {}

  async readiness(fqdn: string, query: ViewQuery): Promise<Reply> {
    return await this.view(fqdn, query, readinessView);
  }

  async runbook(fqdn: string, query: ViewQuery): Promise<Reply> {
    return await this.view(fqdn, query, runbookView);
  }

  async runbookAsMarkdown(fqdn: string, query: ViewQuery): Promise<Reply> {
    return await this.view(fqdn, query, runbookView, (view) =>
      view === null
        ? `# Runbook for ${fqdn}\n\nIt was not registered at that moment.\n`
        : runbookMarkdown(view),
    );
  }

  /** How every pool stands now, for what watches it. */
  standings(): readonly ReadinessView[] {
    const { console, pairIdOfPool } = this.runner.state;
    if (console.corrupted) return [];
    const { pairs, agents } = console.state;
    const settings = this.settingsAt(this.clock().toISOString());
    return [...pairIdOfPool].flatMap(
      ([fqdn, pairId]) => readinessView(pairs.get(pairId) ?? null, fqdn, agents, settings) ?? [],
    );
  }

  private async view<View extends object>(
    fqdn: string,
    query: ViewQuery,
    render: Render<View>,
    asText?: (view: View | null) => string,
  ): Promise<Reply> {
    let text: string | null = null;
    const reply = await this.service.answer(query, async () => {
      const pairId = this.runner.state.pairIdOfPool.get(fqdn);
      if (pairId === undefined) return noSuchPool(fqdn);
      const { instance, now, position } = await this.known(query.asOf);
      const { state } = instance;
      const view = render(state.pairs.get(pairId) ?? null, fqdn, state.agents, this.settingsAt(now));
      const body = (view ?? notYetRegistered(fqdn)) as object as JsonObject;
      if (asText !== undefined) text = asText(view);
      const answer = {
        body,
        etag: tagOf(text ?? JSON.stringify(body)),
        ...(position === undefined ? {} : { position }),
      };
      const concerns = (part: string): boolean => part === pairId || part.startsWith(agentStreamPrefix);
      return withStaleness(answer, staleness(instance, concerns));
    });
    return text === null ? reply : reply.asText('text/markdown', text);
  }

  private settingsAt(now: string): Settings {
    return { now, exportAgeTargetHours: this.exportAgeTargetHours };
  }

  /** A moment of the past is its own present: a position is as late as the last event up to it that counts here. */
  private async known(asOf: Moment | null): Promise<Known> {
    const { console } = this.runner.state;
    if (asOf === null) return { instance: console, now: this.clock().toISOString() };
    const instance = await this.historicalState.at(console.projection, '', asOf);
    const { recordedAt, position } = instance.checkpoint;
    return { instance, now: asOf.kind === 'time' ? asOf.time : recordedAt, position };
  }
}

/** Of the content itself, for the time that passes is part of it. */
const tagOf = (content: string): string =>
  createHash('sha256').update(content).digest('base64url').slice(0, 22);

const notYetRegistered = (fqdn: string): object => ({
  fqdn,
  stage: null,
  findings: [],
  steps: [],
  sources: [],
});
