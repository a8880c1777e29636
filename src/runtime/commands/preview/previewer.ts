import { isCorrectionType } from '../../../../events/correction.js';
import { describeStream } from '../../../../events/streams.js';
import { initialCallStatus, type CallStatusState } from '../../../../projections/call-status/state.js';
import type { AgentFacts } from '../../../../facts/agent.js';
import { agentKey } from '../../../../projections/agent-console/fold.js';
import { united, type Effects } from '../../../../projections/effects/effects.js';
import type { PreviewAnswer } from '../../../contract/preview.js';
import type { Command } from '../../../domain/commands.js';
import { accepted, type Accepted, type Refused, type Unknown } from '../../../domain/decision.js';
import type { StoredEvent } from '../../../store/port.js';
import { decode } from '../../decode.js';
import type { ProjectionRunner } from '../../projections/projection-runner.js';
import { pairOfPoolAt } from '../../projections/state/directory.js';
import { Failed, failed, mistake, Ok, type Result } from '../../result.js';
import type { CommandHandler } from '../command-handler.js';
import type { ExecutionContext } from '../execution-context.js';
import { enveloped, matches, movedOn } from '../executor.js';
import { NotUnderstoodError } from '../not-understood.js';
import { correctionEffects } from './correction-effects.js';
import { imaginedEvents } from './imagined-events.js';
import { ImaginedPair } from './imagined-pair.js';
import { eventsShown, previewOf } from './preview-outcome.js';
import { previewSiteOutage } from './site-outage-preview.js';

/** A command that writes one stream. */
export type OneStreamCommand = Exclude<Command, { name: 'declare-site-outage' }>;

type Find = (command: OneStreamCommand, run: ExecutionContext) => Promise<CommandHandler | Unknown>;

/** How often a preview is decided where the pair goes on meanwhile. */
const attempts = 4;

/** Has a command decided as it would be decided, and tells what would change, without storing anything. */
export class Previewer {
  constructor(
    private readonly runner: ProjectionRunner,
    private readonly find: Find,
  ) {}

  /** @throws UnderRepairError | StoreUnavailableError */
  async preview(command: Command, run: ExecutionContext): Promise<Result<PreviewAnswer>> {
    // Effects are told of the live state.
    await this.runner.catchUp();
    try {
      if (command.name === 'declare-site-outage') {
        return previewSiteOutage(command, this.runner, run, (pool) => this.imagined(this.pairIdOf(pool), []));
      }
      const found = await this.find(command, run);
      if ('outcome' in found) return mistake(found);
      return await this.decided(found, command, run);
    } catch (error) {
      if (!(error instanceof NotUnderstoodError)) throw error;
      const { stream, position, message } = error;
      return failed({ kind: 'not-understood', stream, position, detail: `${message} Nothing was stored.` });
    }
  }

  private async decided(
    handler: CommandHandler,
    command: OneStreamCommand,
    run: ExecutionContext,
  ): Promise<Result<PreviewAnswer>> {
    for (let attempt = 1; ; attempt += 1) {
      const epoch = this.epochOf(handler.pairId);
      const { decision, revision } = await handler.decide();
      await this.runner.catchUp();
      // Decided on a state that is not the one of which effects would be told.
      if (epoch !== this.epochOf(handler.pairId)) {
        if (attempt < attempts) continue;
        return failed({ kind: 'contended' });
      }
      if (!matches(run.ifMatch, revision)) return movedOn(handler.stream, revision ?? 'no-stream');
      if (decision.outcome === 'invalid' || decision.outcome === 'unknown') return mistake(decision);
      return await this.told(handler, command, decision, revision, run);
    }
  }

  private async told(
    handler: CommandHandler,
    command: OneStreamCommand,
    decision: Accepted | Refused,
    revision: bigint | null,
    run: ExecutionContext,
  ): Promise<Result<PreviewAnswer>> {
    const pair = this.imagined(handler.pairId, callsIn(handler.stream, command.body));
    if (pair instanceof Failed) return pair;
    const events = this.eventsOf(decision, handler.stream, revision, run);
    const [correction] = events.filter(({ type }) => isCorrectionType(type));
    if (correction !== undefined) {
      const changed = await correctionEffects(this.runner, handler.pairId, correction);
      return new Ok(previewOf(decision, eventsShown(events, handler.show), changed));
    }
    for (const event of events) pair.apply(decode(event));
    const effects = pair.effectsOn(poolIn(command, this.runner.state.console.state.agents));
    return new Ok(previewOf(decision, eventsShown(events, handler.show), effects));
  }

  private eventsOf(
    decision: Accepted | Refused,
    stream: string,
    revision: bigint | null,
    run: ExecutionContext,
  ): readonly StoredEvent[] {
    if (decision.outcome === 'refused') return [];
    return imaginedEvents(enveloped(decision, run), stream, revision, this.runner.state.position, run.at);
  }

  private imagined(pairId: string, callIds: readonly string[]): ImaginedPair | Failed {
    const state = this.stateOf(pairId);
    return state instanceof Failed
      ? state
      : new ImaginedPair(state, this.runner.state.console.state.agents, callIds);
  }

  private stateOf(pairId: string): CallStatusState | Failed {
    const live = this.runner.state.pairs.get(pairId)?.callStatus;
    if (live === undefined) return initialCallStatus();
    for (const { event, error } of live.parked.values()) {
      throw new NotUnderstoodError(event.stream, event.position, error);
    }
    if (live.staleVersion === null) return live.state;
    const detail =
      'The views of calls are being folded from the log. Until then nobody can tell effects on them.';
    return failed({ kind: 'under-repair', detail });
  }

  private epochOf(pairId: string): number | null {
    return this.runner.state.pairs.get(pairId)?.callStatus.state.epoch ?? null;
  }

  private pairIdOf(pool: string): string {
    return pairOfPoolAt(this.runner.state.directory.state, pool, null) ?? '';
  }
}

/** The calls that a command is about: one, or none. */
function callsIn(stream: string, body: object): readonly string[] {
  if (describeStream(stream).family !== 'call' || !('callId' in body)) return [];
  return [String(body.callId)];
}

/** The pool that a command names first; of a move, the one that the agent leaves. */
function poolIn({ name, body }: OneStreamCommand, agents: ReadonlyMap<string, AgentFacts>): string {
  if (name === 'register-pair') return body.pools[0].fqdn;
  if (name === 'import-response-groups') return body.destination;
  if (name === 'register-agent') return body.homePool;
  if (name === 'replace-pool') return body.failed;
  if (name === 'move-agent') return agents.get(agentKey(body.agent))?.homePool ?? body.homePool;
  return 'pool' in body ? body.pool : '';
}

const noEffects: Effects = united([]);

/** The key of the command was used for it before. */
export const repeated: PreviewAnswer = {
  ...previewOf(accepted([]), [], noEffects),
  repeats: true,
};
