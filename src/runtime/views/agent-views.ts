import type { JsonObject } from '../../../events/envelope.js';
import { agentStreamPrefix, pairStream } from '../../../events/streams.js';
import { agentConsole } from '../../../projections/agent-console/fold.js';
import { agentConsoleView } from '../../../projections/agent-console/view.js';
import type { EventStore } from '../../store/port.js';
import type { Follower } from '../follower.js';
import { unknownProblem, type Reply } from '../reply.js';
import { replay } from './as-of.js';
import type { ViewDesk, ViewQuery } from './query.js';

/** What an agent's console shows, live or as of a moment. */
export class AgentViews {
  constructor(
    private readonly store: EventStore,
    private readonly follower: Follower,
    private readonly desk: ViewDesk,
  ) {}

  async console(agent: string, query: ViewQuery): Promise<Reply> {
    return await this.desk.answer(query, async () => {
      let { console: state, consolePosition: position } = this.follower.state;
      if (query.asOf !== null) {
        state = agentConsole.initial();
        const shown = (event: Parameters<typeof agentConsole.apply>[1]): void => {
          state = agentConsole.apply(state, event);
        };
        ({ position } = await replay(this.store, [pairStream(''), agentStreamPrefix], query.asOf, shown));
      }
      const view = agentConsoleView(state, agent);
      if (view === null) {
        return unknownProblem([{ pointer: '/agent', detail: `No agent "${agent}" has been registered.` }]);
      }
      return { body: view as object as JsonObject, etag: position, position };
    });
  }
}
