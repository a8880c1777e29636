/** What commands to a pair warn of that stands in the streams of the agents. */
import type { AgentFacts } from '../../../facts/agent.js';
import type { PairFacts } from '../../../facts/pair.js';
import { agentKey } from '../../../projections/agent-console/fold.js';
import { debtsOnClosing } from '../../../projections/readiness/debts.js';
import { warningsOfMembers } from '../../domain/able-to-answer.js';
import type { PairCommand } from '../../domain/commands.js';
import type { Decision, Warning } from '../../domain/decision.js';
import type { ProjectionRunner } from '../projections/projection-runner.js';

/** An incident is closed with what is still open; a group is given agents who cannot answer. */
export async function withWarningsOfPeople(
  runner: ProjectionRunner,
  pair: PairFacts,
  command: PairCommand,
  decision: Decision,
): Promise<Decision> {
  if (decision.outcome !== 'accepted' || decision.events.length === 0) return decision;
  const isOfGroup = 'kind' in command.body && command.body.kind === 'agent-group';
  if (command.name !== 'close-incident' && !isOfGroup) return decision;
  await runner.catchUp();
  const { console } = runner.state;
  const agents = console.corrupted ? null : console.state.agents;
  const more: readonly Warning[] =
    command.name === 'close-incident'
      ? debtsOnClosing(pair, command.body.pool, agents)
      : warningsOfMembers(pair, decision.events, (address) => found(agents, address));
  return { ...decision, warnings: [...decision.warnings, ...more] };
}

const found = (agents: ReadonlyMap<string, AgentFacts> | null, address: string): AgentFacts | undefined =>
  agents?.get(agentKey(address));
