import { agentStream, agentStreamPrefix } from '../../../events/streams.js';
import { agentKey } from '../../../projections/agent-console/fold.js';
import { agentConsoleView } from '../../../projections/agent-console/view.js';
import type { AnswerOf } from '../../contract/answers.js';
import type { ProjectionRunner } from '../projections/projection-runner.js';
import { unknown, type Result } from '../result.js';
import { answerFrom } from './answer.js';
import type { QueryService, ViewQuery } from './query-service.js';

/** What an agent's console shows, now or at a moment. */
export class AgentQueries {
  constructor(
    private readonly runner: ProjectionRunner,
    private readonly service: QueryService,
  ) {}

  async console(agent: string, query: ViewQuery): Promise<Result<AnswerOf<'agent-console'>>> {
    return await this.service.answer(query, async (at) => {
      const instance = await this.service.atMoment(at, this.runner.state.console, query);
      const view = agentConsoleView(instance.state, agent);
      if (view === null) {
        return unknown([{ pointer: '/agent', detail: `No agent "${agent}" has been registered.` }]);
      }
      // Any pair may hold groups of the agent; the streams of other agents have no influence.
      const concerns = (part: string): boolean =>
        !part.startsWith(agentStreamPrefix) || agentKey(part) === agentKey(agentStream(agent));
      return answerFrom(instance, view, concerns);
    });
  }
}
