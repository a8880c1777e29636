import { isCorrectionType } from '../../../../events/correction.js';
import { describeStream } from '../../../../events/streams.js';
import { initialCallStatus, type CallStatusState } from '../../../../projections/call-status/state.js';
import type { AgentFacts } from '../../../../facts/agent.js';
import { agentKey } from '../../../../projections/agent-console/fold.js';
import { united, type Effects } from '../../../../projections/effects/effects.js';
import { effectsOfSeveral } from '../../../../projections/effects/several-pairs.js';
import type { PreviewAnswer } from '../../../contract/preview.js';
import type { Command } from '../../../domain/commands.js';
import { accepted, type Accepted, type Refused, type Unknown } from '../../../domain/decision.js';
import type { StoredEvent } from '../../../store/port.js';
import { decode } from '../../decode.js';
import type { ProjectionRunner } from '../../projections/projection-runner.js';
import { pairOfPoolAt } from '../../projections/state/directory.js';
import { Failed, failed, mistake, Ok, type Result } from '../../result.js';
import { isShown } from '../command-answer.js';
import type { CommandHandler, DecisionAtRevision } from '../command-handler.js';
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
      const decided = await handler.decide();
      const { decision, revision } = decided;
      await this.runner.catchUp();
      // Decided on a state that is not the one of which effects would be told.
      if (epoch !== this.epochOf(handler.pairId) || this.movedOnElsewhere(decided)) {
        if (attempt < attempts) continue;
        return failed({ kind: 'contended' });
      }
      if (!matches(run.ifMatch, revision)) return movedOn(handler.stream, revision ?? 'no-stream');
      if (decision.outcome === 'invalid' || decision.outcome === 'unknown') return mistake(decision);
      return await this.told(handler, command, { ...decided, decision }, run);
    }
  }

  private async told(
    handler: CommandHandler,
    command: OneStreamCommand,
    decided: DecisionAtRevision & { readonly decision: Accepted | Refused },
    run: ExecutionContext,
  ): Promise<Result<PreviewAnswer>> {
    const { decision } = decided;
    const pair = this.imagined(pairWrittenBy(handler), callsIn(handler.stream, command.body));
    if (pair instanceof Failed) return pair;
    const { events, elsewhere } = this.eventsOf(handler.stream, decided, run);
    const [correction] = events.filter(({ type }) => isCorrectionType(type));
    if (correction !== undefined) {
      const changed = await correctionEffects(this.runner, handler.pairId, correction);
      return new Ok(previewOf(decision, eventsShown(events, handler.stream, handler.show), changed));
    }
    const left = this.imaginedElsewhere(elsewhere);
    if (left instanceof Failed) return left;
    for (const event of events) pair.apply(decode(event));
    const fqdn = poolIn(command, this.runner.state.console.state.agents);
    const effects =
      left.length === 0
        ? pair.effectsOn(fqdn)
        : effectsOfSeveral(
            fqdn,
            pair.sides,
            left.map(({ sides }) => sides),
          );
    const shown = [
      ...eventsShown(events, handler.stream, handler.show),
      ...eventsShown(elsewhere.filter(isShown), handler.stream),
    ];
    return new Ok(previewOf(decision, shown, effects));
  }

  /** In the order of storing, what is stored elsewhere comes before the events of the command's own stream. */
  private eventsOf(
    stream: string,
    { decision, revision, elsewhere = [] }: DecisionAtRevision & { readonly decision: Accepted | Refused },
    run: ExecutionContext,
  ): { readonly events: readonly StoredEvent[]; readonly elsewhere: readonly StoredEvent[] } {
    if (decision.outcome === 'refused' || decision.events.length === 0) return { events: [], elsewhere: [] };
    const first: StoredEvent[] = [];
    const { position } = this.runner.state;
    const next = (): bigint => position + BigInt(first.length);
    for (const one of elsewhere)
      first.push(...imaginedEvents(one.events, one.stream, one.revision, next(), run.at));
    const events = imaginedEvents(enveloped(decision, run), stream, revision, next(), run.at);
    return { events, elsewhere: first };
  }

  /** The pairs that lose something by the events in other streams than the command's own. */
  private imaginedElsewhere(events: readonly StoredEvent[]): readonly ImaginedPair[] | Failed {
    const pairs = new Map<string, ImaginedPair>();
    for (const event of events) {
      const { family, pairId } = describeStream(event.stream);
      if (family !== 'pair' || pairId === null) continue;
      const pair = pairs.get(pairId) ?? this.imagined(pairId, []);
      if (pair instanceof Failed) return pair;
      pairs.set(pairId, pair);
      pair.apply(decode(event));
    }
    return [...pairs.values()];
  }

  private movedOnElsewhere({ elsewhere = [] }: DecisionAtRevision): boolean {
    return elsewhere.some(({ stream, revision }) => {
      const { family, pairId } = describeStream(stream);
      return family === 'pair' && this.epochOf(pairId ?? '') !== Number(revision ?? -1n) + 1;
    });
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

/** A pair that is registered is another than the one that its pools leave, to which a refusal would belong. */
function pairWrittenBy({ stream, pairId }: CommandHandler): string {
  const written = describeStream(stream);
  return written.family === 'pair' ? (written.pairId ?? pairId) : pairId;
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
