import type { JsonObject } from '../../../events/envelope.js';
import { agentStream, agentStreamPrefix } from '../../../events/streams.js';
import { agentKey } from '../../../projections/agent-console/fold.js';
import { agentConsoleView } from '../../../projections/agent-console/view.js';
import type { Follower } from '../projections/projection-runner.js';
import { unknownProblem, type Reply } from '../reply.js';
import type { Past } from '../projections/state/historical-state.js';
import { reservations, withReservations } from './staleness.js';
import type { ViewDesk, ViewQuery } from './query-service.js';

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
      const { console } = this.follower.state;
      const partition = asOf === null ? console : await this.past.at(console.projection, '', asOf);
      const { position } = partition.place;
      const view = agentConsoleView(partition.state, agent);
      if (view === null) {
        return unknownProblem([{ pointer: '/agent', detail: `No agent "${agent}" has been registered.` }]);
      }
      const answer = { body: view as object as JsonObject, etag: position, position };
      // A pair may hold groups of any agent; other agents' streams say nothing of this one.
      const concerns = (part: string): boolean =>
        !part.startsWith(agentStreamPrefix) || agentKey(part) === agentKey(agentStream(agent));
      return withReservations(answer, reservations(partition, concerns));
    });
  }
}
