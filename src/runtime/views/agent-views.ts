import type { JsonObject } from '../../../events/envelope.js';
import { agentConsole } from '../../../projections/agent-console/fold.js';
import { agentConsoleView } from '../../../projections/agent-console/view.js';
import type { Follower } from '../follower.js';
import { unknownProblem, type Reply } from '../reply.js';
import type { Past } from '../state/past.js';
import type { ViewDesk, ViewQuery } from './query.js';

/** What an agent's console shows, live or as of a moment. */
export class AgentViews {
  constructor(
    private readonly follower: Follower,
    private readonly past: Past,
    private readonly desk: ViewDesk,
  ) {}

  async console(agent: string, query: ViewQuery): Promise<Reply> {
    return await this.desk.answer(query, async () => {
      const { asOf } = query;
      const {
        state,
        place: { position },
      } = asOf === null ? this.follower.state.console : await this.past.at(agentConsole, '', asOf);
      const view = agentConsoleView(state, agent);
      if (view === null) {
        return unknownProblem([{ pointer: '/agent', detail: `No agent "${agent}" has been registered.` }]);
      }
      return { body: view as object as JsonObject, etag: position, position };
    });
  }
}
