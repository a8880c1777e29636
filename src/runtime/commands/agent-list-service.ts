import type { AgentListAnswer } from '../../contract/agent-list.js';
import type { PoolkeeperEvent } from '../../../events/registry.js';
import { agentKey } from '../../../projections/agent-console/fold.js';
import { MalformedExportError } from '../../rgs-export/malformed-export-error.js';
import { readUserList, type ListedUser } from '../../rgs-export/user-list.js';
import { listAgent } from '../../domain/list-agent.js';
import type { ListCommands } from '../../domain/commands.js';
import type { ProjectionRunner } from '../projections/projection-runner.js';
import { failed, Failed, Ok, type Result } from '../result.js';
import type { CommandBus } from './command-bus.js';
import type { CommandContext } from './execution-context.js';

export interface GivenList {
  readonly bytes: Uint8Array;
  /** It has all users: registered agents who are not on it are on record as such. */
  readonly complete: boolean;
}

type Body = ListCommands['list-agent'];
type Events = readonly Pick<PoolkeeperEvent, 'type' | 'data'>[];

/** Agents that are recorded side by side. */
const atOnce = 50;

/** Takes lists of users: reads all of a list before anything of it is recorded, and records what differs. */
export class AgentListService {
  constructor(
    private readonly commands: Pick<CommandBus, 'submit'>,
    private readonly runner: ProjectionRunner,
  ) {}

  /** Nothing is stored of a list that has a row in error. */
  async take(
    { bytes, complete }: GivenList,
    context: CommandContext,
    preview: boolean,
  ): Promise<Result<AgentListAnswer>> {
    await this.runner.catchUp();
    const { pairIdOfPool, console } = this.runner.state;
    if (console.corrupted)
      return failed({ kind: 'under-repair', detail: 'The view of agents is being folded.' });
    let users: readonly ListedUser[];
    try {
      const list = readUserList(bytes);
      if (list.errors.length > 0) {
        const errors = list.errors.map(({ line, field, detail }) => ({
          pointer: '',
          detail: `Line ${line}, ${field}: ${detail}`,
        }));
        return failed({
          kind: 'invalid',
          errors,
          detail: 'Rows of the list are in error. Nothing was recorded.',
        });
      }
      users = list.users;
    } catch (error) {
      if (!(error instanceof MalformedExportError)) throw error;
      return failed({ kind: 'invalid', errors: [{ pointer: '', detail: error.message }] });
    }
    const known = users.filter(({ homePool }) => pairIdOfPool.has(homePool));
    const bodies: Body[] = known.map(({ address, homePool, enabled, enterpriseVoice }) => ({
      agent: address,
      homePool,
      enabled,
      enterpriseVoice,
    }));
    const onList = new Set(users.map(({ address }) => agentKey(address)));
    const absent = complete
      ? [...console.state.agents].filter(([key]) => !onList.has(key)).map(([, { agent }]) => agent)
      : [];
    bodies.push(...absent.map((agent) => ({ agent, homePool: null, enabled: null, enterpriseVoice: null })));
    const outcome = await this.recorded(bodies, context, preview);
    if (outcome instanceof Failed) return outcome;
    return new Ok({
      ...(preview ? { preview: true as const } : {}),
      read: users.length,
      ...toldOf(outcome),
      absent,
      unknownPools: unknownIn(users, (pool) => pairIdOfPool.has(pool)),
    });
  }

  private async recorded(
    bodies: readonly Body[],
    context: CommandContext,
    preview: boolean,
  ): Promise<Events | Failed> {
    if (preview) return bodies.flatMap((body) => this.imagined(body));
    const events: Pick<PoolkeeperEvent, 'type' | 'data'>[] = [];
    // A key and a revision are of one command, and these are many; a list that comes again changes nothing anyway.
    const own = { ...context, idempotencyKey: null, ifMatch: null };
    for (let from = 0; from < bodies.length; from += atOnce) {
      const results = await Promise.all(
        bodies
          .slice(from, from + atOnce)
          .map((body) => this.commands.submit({ name: 'list-agent', body }, own)),
      );
      for (const result of results) {
        if (result instanceof Failed) return result;
        if (result instanceof Ok) events.push(...(result.value.events as Events));
      }
    }
    return events;
  }

  private imagined(body: Body): Events {
    const { console, pairIdOfPool } = this.runner.state;
    const agent = console.state.agents.get(agentKey(body.agent)) ?? null;
    const pairId = body.homePool === null ? undefined : pairIdOfPool.get(body.homePool);
    const pair = pairId === undefined ? null : (console.state.pairs.get(pairId) ?? null);
    const decision = listAgent({ agent, pair }, body);
    return decision.outcome === 'accepted' ? decision.events : [];
  }
}

function toldOf(events: Events): Pick<AgentListAnswer, 'registered' | 'moved' | 'changed'> {
  const registered: AgentListAnswer['registered'][number][] = [];
  const moved: AgentListAnswer['moved'][number][] = [];
  const changed: AgentListAnswer['changed'][number][] = [];
  for (const event of events as readonly PoolkeeperEvent[]) {
    if (event.type === 'AgentRegistered') registered.push(event.data);
    if (event.type === 'AgentMoved') moved.push(event.data);
    if (event.type === 'AgentListed' && event.data.listed) {
      const { agent, enabled, enterpriseVoice } = event.data;
      changed.push({ agent, enabled, enterpriseVoice });
    }
  }
  return { registered, moved, changed };
}

function unknownIn(
  users: readonly ListedUser[],
  isKnown: (pool: string) => boolean,
): AgentListAnswer['unknownPools'] {
  const counts = new Map<string, number>();
  for (const { homePool } of users) {
    if (!isKnown(homePool)) counts.set(homePool, (counts.get(homePool) ?? 0) + 1);
  }
  return [...counts].map(([pool, agents]) => ({ pool, agents }));
}
