import { hash } from 'node:crypto';
import type { AgentListAnswer } from '../../contract/agent-list.js';
import type { AgentFacts } from '../../../facts/agent.js';
import { homePoolIn, type HomePool } from '../../../facts/agent-home.js';
import type { PairFacts } from '../../../facts/pair.js';
import { agentKey } from '../../../projections/agent-console/fold.js';
import { warnOfLongAgo } from '../../domain/reported-time.js';
import { chosenInPlaceOf } from '../../domain/chosen-pool.js';
import { listAgent } from '../../domain/list-agent.js';
import {
  warnOfChosenPools,
  warnOfOtherHomes,
  type AwaitingByList,
  type OtherHome,
} from '../../domain/list-news.js';
import type { ListCommands } from '../../domain/commands.js';
import type { ListedUser } from '../../rgs-export/user-list.js';
import type { ProjectionRunner } from '../projections/projection-runner.js';
import type { IdSource } from '../identifiers.js';
import { failed, Failed, Ok, Repeated, type AnswerFormat, type CommandResult } from '../result.js';
import { checkAge } from './agent-list-age.js';
import { notRecorded, toldOf, usersIn, type Told } from './agent-list-answer.js';
import { agentsMovedOn, agentsVersion } from './agents-version.js';
import type { CommandBus } from './command-bus.js';
import { reportedBy, type CommandContext, type ExecutionContext } from './execution-context.js';
import { fingerprintOf } from './idempotency-store.js';
import { keyReused } from './keyed-run.js';
import { KeyedRuns } from './keyed-runs.js';
import { commandIdFor } from './site-outage.js';

export interface GivenList {
  readonly bytes: Uint8Array;
  /** It has all users: registered agents who are not on it are on record as such. */
  readonly complete: boolean;
  /** It shows what is there now, whenever it was written. */
  readonly now?: boolean;
  /** Where the file is sent from. RFC 3339, UTC. */
  readonly fileTime?: string;
}

/** Of the request, and of what it gives for each agent. */
const [request, name] = ['list-agents', 'list-agent'] as const;

type Body = ListCommands['list-agent'];

/** Agents that are recorded side by side. */
const atOnce = 50;

/** Takes lists of users: reads all of a list before anything of it is recorded, and records what differs. */
export class AgentListService {
  private readonly keyedRuns: KeyedRuns<AgentListAnswer>;

  constructor(
    private readonly commands: CommandBus,
    private readonly runner: ProjectionRunner,
    private readonly newId: IdSource,
    answerFormat: AnswerFormat,
  ) {
    this.keyedRuns = new KeyedRuns(commands.idempotency, runner, answerFormat);
  }

  /** Nothing is stored of a list that has a row in error. */
  async take(
    given: GivenList,
    context: CommandContext,
    preview: boolean,
  ): Promise<CommandResult<AgentListAnswer>> {
    const { idempotencyKey: key } = context;
    const { bytes, complete, now = false } = given;
    const body = { contentHash: hash('sha256', bytes, 'hex'), complete, ...(now ? { now } : {}) };
    const fingerprint = fingerprintOf(request, body, context.occurredAt);
    return await this.commands.inTurn(async () => {
      if (preview) {
        await this.runner.catchUp();
        const known =
          key === null ? null : await this.commands.idempotency.find({ key, command: request, fingerprint });
        if (known?.state === 'other-request') return keyReused;
        return await this.listed(given, this.commands.runOf(context, this.newId()), true);
      }
      const notNow = this.commands.whyNotNow();
      if (notNow !== null) return notNow;
      if (key === null) {
        await this.runner.catchUp();
        return await this.listed(given, this.commands.runOf(context, this.newId()), false);
      }
      return await this.keyedRuns.once({ key, command: request, fingerprint }, async (claim) => {
        // Reads the log to its end besides.
        const recalled = await claim.recall(null);
        if (recalled instanceof Failed || recalled instanceof Repeated) return recalled;
        return await this.listed(
          given,
          { ...this.commands.runOf(context, claim.commandId), ...claim },
          false,
        );
      });
    });
  }

  private async listed(
    { bytes, complete, now = false, fileTime }: GivenList,
    run: ExecutionContext,
    preview: boolean,
  ): Promise<CommandResult<AgentListAnswer>> {
    const { pairIdOfPool, console } = this.runner.state;
    if (console.corrupted)
      return failed({ kind: 'under-repair', detail: 'The view of agents is being folded.' });
    const { agents } = console.state;
    // An earlier try with the key has changed it by itself.
    const movedOn = run.resumed ? null : agentsMovedOn(run.ifMatch, agentsVersion(agents));
    if (movedOn !== null) return movedOn;
    const users = usersIn(bytes, complete);
    if (users instanceof Failed) return users;
    const pools = new Set(users.map(({ homePool }) => homePool));
    const homes = new Map([...pools].map((pool) => [pool, this.homeOf(pool)]));
    const isRecorded = ({ address, homePool }: ListedUser): boolean =>
      pairIdOfPool.has(homePool) &&
      (homes.get(homePool)?.state === 'there' || agents.get(agentKey(address))?.homePool === homePool);
    const known = users.filter(isRecorded);
    const bodies: Body[] = known.map(({ address, homePool, enabled, enterpriseVoice }) => ({
      agent: address,
      homePool,
      enabled,
      enterpriseVoice,
    }));
    const onList = new Set(users.map(({ address }) => agentKey(address)));
    const absent = complete
      ? [...agents].filter(([key]) => !onList.has(key)).map(([, { agent }]) => agent)
      : [];
    bodies.push(...absent.map((agent) => ({ agent, homePool: null, enabled: null, enterpriseVoice: null })));
    const others = users.filter((user) => !isRecorded(user));
    const awaited = awaitedPools(others, [...console.state.pairs.values()]);
    const warnings = checkAge(bodies, agents, {
      ...run,
      ...(now || fileTime === undefined ? {} : { fileTime }),
    });
    if (warnings instanceof Failed) return warnings;
    const outcome = preview
      ? bodies.flatMap((body) => this.imagined(body, run.occurredAt))
      : await this.recorded(bodies, run);
    if (outcome instanceof Failed || outcome instanceof Repeated) return outcome;
    return new Ok(
      {
        ...(preview ? { preview: true as const } : {}),
        read: users.length,
        ...toldOf(outcome),
        absent,
        unknownPools: notRecorded(others, (pool) => homes.get(pool) ?? null),
        warnings: [
          ...warnings,
          ...warnOfOtherHomes(
            otherHomes(
              others.filter(({ homePool }) => !awaited.has(homePool)),
              agents,
            ),
          ),
          ...warnOfChosenPools([...awaited.values()]),
          ...(outcome.length === 0 ? [] : warnOfLongAgo(reportedBy(run))),
        ],
      },
      agentsVersion(this.runner.state.console.state.agents),
    );
  }

  /** Each agent by a command of its own; the request has the key and what it demands, and these have not. */
  private async recorded(bodies: readonly Body[], run: ExecutionContext): Promise<Told | Failed | Repeated> {
    const taken = await run.reserve();
    if (taken instanceof Failed || taken instanceof Repeated) return taken;
    const events: Told[number][] = [];
    for (let from = 0; from < bodies.length; from += atOnce) {
      const results = await Promise.all(
        bodies
          .slice(from, from + atOnce)
          .map((body) => this.commands.run({ name, body }, partOf(run, body.agent))),
      );
      for (const result of results) {
        if (result instanceof Failed) return result;
        if (result instanceof Ok) events.push(...(result.value.events as Told));
      }
    }
    return events;
  }

  private homeOf(pool: string): HomePool | null {
    return homePoolIn([...this.runner.state.console.state.pairs.values()], pool);
  }

  private imagined(body: Body, writtenAt: string | null): Told {
    const { console, pairIdOfPool } = this.runner.state;
    const agent = console.state.agents.get(agentKey(body.agent)) ?? null;
    const pairId = body.homePool === null ? undefined : pairIdOfPool.get(body.homePool);
    const pair = pairId === undefined ? null : (console.state.pairs.get(pairId) ?? null);
    const decision = listAgent({ agent, pair }, body, writtenAt);
    return decision.outcome === 'accepted' ? decision.events : [];
  }
}

/** Who is on record in another pool than the list has them in. */
const otherHomes = (
  users: readonly ListedUser[],
  agents: ReadonlyMap<string, AgentFacts>,
): readonly OtherHome[] =>
  users.flatMap(({ address, homePool: listedIn }) => {
    const agent = agents.get(agentKey(address));
    return agent === undefined || agent.homePool === listedIn
      ? []
      : [{ agent: agent.agent, homePool: agent.homePool, listedIn }];
  });

/** The pools that are chosen to take the place of others, by name. */
function awaitedPools(
  users: readonly ListedUser[],
  pairs: readonly PairFacts[],
): ReadonlyMap<string, AwaitingByList> {
  const byPool = Map.groupBy(users, ({ homePool }) => homePool);
  const awaited = [...byPool].flatMap(([pool, there]) => {
    const inPlaceOf = chosenInPlaceOf(pairs, pool);
    return inPlaceOf === undefined ? [] : [{ pool, inPlaceOf, users: there.length }];
  });
  return new Map(awaited.map((one) => [one.pool, one]));
}

/** What is recorded of one agent has ids of its own, which follow from the request: trying again finds it. */
function partOf(run: ExecutionContext, agent: string): ExecutionContext {
  const commandId = commandIdFor(agent, run);
  const never = async (): Promise<null> => null;
  return {
    ...run,
    ifMatch: null,
    idempotencyKey: null,
    commandId,
    idsFrom: commandId,
    recall: never,
    reserve: never,
    note: null,
  };
}
