import { agentStream, agentStreamPrefix } from '../../../events/streams.js';
import { agentKey } from '../../../projections/agent-console/fold.js';
import { holdsText } from '../../../policy/texts/holds.js';
import { agentConsoleView } from '../../../projections/agent-console/view.js';
import type { AnswerOf } from '../../contract/answers.js';
import type { ProjectionRunner } from '../projections/projection-runner.js';
import { unknown, type Failed, type Result } from '../result.js';
import { answerFrom } from './answer.js';
import type { QueryService, ViewQuery } from './query-service.js';

/** What an agent's console shows, now or at a moment. */
export class AgentQueries {
  constructor(
    private readonly runner: ProjectionRunner,
    private readonly service: QueryService,
  ) {}

  /** @param name only groups whose name holds it */
  async console(agent: string, query: ViewQuery, name?: string): Promise<Result<AnswerOf<'agent-console'>>> {
    return await this.service.answer(query, async (at) => {
      const instance = await this.service.atMoment(at, this.runner.state.console, query);
      const view = agentConsoleView(instance.state, agent);
      if (view === null) return await this.noAgent(agent, at !== null);
      // Any pair may hold groups of the agent; the streams of other agents have no influence.
      const concerns = (part: string): boolean =>
        !part.startsWith(agentStreamPrefix) || agentKey(part) === agentKey(agentStream(agent));
      const objects = view.objects.filter((group) => holdsText(group.name, name));
      return answerFrom(instance, { ...view, objects }, concerns);
    });
  }

  private async noAgent(agent: string, isOfMoment: boolean): Promise<Failed> {
    const first = isOfMoment ? await this.service.firstOf(agentStream(agent)) : null;
    const detail =
      first === null
        ? `No agent "${agent}" has been registered.`
        : `No agent "${agent}" had been registered at that moment: the first that is on record happened ${first.happenedAt} and was recorded ${first.recordedAt}, at position ${first.position}.`;
    return unknown([{ pointer: '/agent', detail }]);
  }
}
