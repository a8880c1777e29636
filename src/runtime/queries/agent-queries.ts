import type { JsonObject } from '../../../events/envelope.js';
import { agentStream, agentStreamPrefix } from '../../../events/streams.js';
import { agentKey } from '../../../projections/agent-console/fold.js';
import { agentConsoleView } from '../../../projections/agent-console/view.js';
import type { ProjectionRunner } from '../projections/projection-runner.js';
import { unknownProblem, type Reply } from '../reply.js';
import type { HistoricalState } from '../projections/state/historical-state.js';
import { staleness, withStaleness } from './staleness.js';
import type { QueryService, ViewQuery } from './query-service.js';

/** What an agent's console shows, live or as of a moment. */
export class AgentQueries {
  constructor(
    private readonly runner: ProjectionRunner,
    private readonly historicalState: HistoricalState,
    private readonly service: QueryService,
  ) {}

  async console(agent: string, query: ViewQuery): Promise<Reply> {
    return await this.service.answer(query, async () => {
      const { asOf } = query;
      const { console } = this.runner.state;
      const instance = asOf === null ? console : await this.historicalState.at(console.projection, '', asOf);
      const { position } = instance.checkpoint;
      const view = agentConsoleView(instance.state, agent);
      if (view === null) {
        return unknownProblem([{ pointer: '/agent', detail: `No agent "${agent}" has been registered.` }]);
      }
      const answer = { body: view as object as JsonObject, etag: position, position };
      // A pair may hold groups of any agent; other agents' streams say nothing of this one.
      const concerns = (part: string): boolean =>
        !part.startsWith(agentStreamPrefix) || agentKey(part) === agentKey(agentStream(agent));
      return withStaleness(answer, staleness(instance, concerns));
    });
  }
}
