import { agentStreamPrefix } from '../../../events/streams.js';
import { configurationView } from '../../../projections/configuration/view.js';
import type { AnswerOf } from '../../contract/answers.js';
import type { ProjectionRunner } from '../projections/projection-runner.js';
import { Failed, type Result } from '../result.js';
import { answerFrom, notYetRegistered } from './answer.js';
import type { QueryService, ViewQuery } from './query-service.js';

/** The configuration on record of a pair, with its agents: now or at a moment. */
export class ConfigurationQueries {
  constructor(
    private readonly runner: ProjectionRunner,
    private readonly service: QueryService,
  ) {}

  async configuration(fqdn: string, query: ViewQuery): Promise<Result<AnswerOf<'configuration'>>> {
    const scope = () => this.service.scopeOf(fqdn);
    return await this.service.answer(
      query,
      async (at) => {
        const found = this.service.pairOf(fqdn, at);
        if (found instanceof Failed) return found;
        const { pairId } = found;
        const instance = await this.service.atMoment(at, this.runner.state.console, query);
        const { pairs, agents } = instance.state;
        const view = configurationView(pairs.get(pairId) ?? null, fqdn, agents) ?? notYetRegistered(fqdn);
        return answerFrom(
          instance,
          view,
          (part: string) => part === pairId || part.startsWith(agentStreamPrefix),
        );
      },
      scope,
    );
  }
}
