import { agentStream, callStream, describeStream, pairStream } from '../../../events/streams.js';
import { evolveAgent, type AgentFacts } from '../../../facts/agent.js';
import { evolveCall, type CallFacts, type CallState } from '../../../facts/call.js';
import { evolvePair, type PairFacts } from '../../../facts/pair.js';
import { callView, callStateOf } from '../../../projections/call-status/calls.js';
import { callIn, type CallStatusState } from '../../../projections/call-status/state.js';
import { decideCall } from '../../domain/call.js';
import type { AgentCommand, CallCommand, PairCommand } from '../../domain/commands.js';
import { refused, unknown, type Unknown } from '../../domain/decision.js';
import type { Reported } from '../../domain/reported-time.js';
import { addressedPool } from '../../domain/pair/addressed-pool.js';
import { decidePair } from '../../domain/pair/decide.js';
import type { EventStore, StoredEvent } from '../../store/port.js';
import type { CallArchive } from '../projections/calls/call-archive.js';
import type { CallFinder } from '../projections/calls/call-finder.js';
import type { ProjectionRunner } from '../projections/projection-runner.js';
import { pairOfPoolAt } from '../projections/state/directory.js';
import { AgentHandlers } from './agent-handlers.js';
import { AgentHomes } from './agent-homes.js';
import { noSuchPool } from './no-such-pool.js';
import { NotUnderstoodError } from './not-understood.js';
import { reportedBy, type ExecutionContext } from './execution-context.js';
import { StreamStates } from './stream-states.js';
import type { CommandDetails } from './accepted-command.js';
import { eventOutline } from './command-answer.js';
import { registered, subjectOf } from './subject-of.js';
import { withWarningsOfPeople } from './warnings-of-people.js';
import type { CommandHandler, DescribedMoment } from './command-handler.js';

const kept = { pairs: 1_000, agents: 20_000, calls: 20_000 };

/** Finds the stream that a command writes and the facts that decide it. */
export class CommandHandlers {
  readonly pairs: StreamStates<PairFacts>;
  private readonly agents: StreamStates<AgentFacts>;
  private readonly calls: StreamStates<CallFacts>;
  private readonly agentHandlers: AgentHandlers;
  private readonly homes: AgentHomes;

  constructor(
    store: EventStore,
    private readonly runner: ProjectionRunner,
    private readonly archive: CallArchive,
    private readonly finder: CallFinder,
  ) {
    this.pairs = new StreamStates(store, evolvePair, kept.pairs);
    this.agents = new StreamStates(store, evolveAgent, kept.agents);
    this.calls = new StreamStates(store, evolveCall, kept.calls);
    this.homes = new AgentHomes((fqdn) => this.pairIdOf(fqdn), this.pairs);
    this.agentHandlers = new AgentHandlers(this, this.homes, this.pairs, this.agents);
  }

  ofPair(command: PairCommand, newId: string, reported: Reported): CommandHandler | Unknown {
    const { pointer, fqdn } = addressedPool(command);
    const pairId = this.pairIdOf(fqdn);
    if (pairId === undefined) return this.noSuchPool(pointer, fqdn);
    const stream = pairStream(pairId);
    return {
      stream,
      pairId,
      decide: async () => {
        const { state, revision } = await this.pairs.load(stream);
        const pair = registered(state, stream);
        const decision = decidePair(pair, command, newId, reported);
        return {
          decision: await withWarningsOfPeople(this.runner, pair, command, decision),
          revision,
        };
      },
      apply: (events) => this.pairs.fold(stream, events),
      describe:
        command.name === 'add-export'
          ? async (subject) => await this.fileAnswer(stream, subject ?? '')
          : (subject) => subjectOf(command, subject),
      ...(command.name === 'add-export' ? { show: eventOutline } : {}),
    };
  }

  async ofAgent(command: AgentCommand, reported: Reported): Promise<CommandHandler | Unknown> {
    return await this.agentHandlers.of(command, reported);
  }

  async ofCall(command: CallCommand, run: ExecutionContext): Promise<CommandHandler | Unknown> {
    const { commandId: newCallId, at } = run;
    const where = await this.whereCallIs(command, newCallId);
    if ('outcome' in where) return where;
    const { callId, pairId } = where;
    const stream = callStream(pairId, callId);
    return {
      stream,
      // A call id names one call in all pairs.
      lockKey: `call ${callId}`,
      pairId,
      decide: async () => {
        const [ofAgent, ofPair, ofCall] = await Promise.all([
          'agent' in command.body ? this.agents.load(agentStream(command.body.agent)) : null,
          this.pairs.load(pairStream(pairId)),
          this.calls.load(stream),
        ]);
        const agent = ofAgent?.state ?? null;
        const agentHome = agent === null ? null : await this.homes.of(agent.homePool);
        const { state: pair, position: pairPosition } = ofPair;
        const { state: call, revision, position: callPosition } = ofCall;
        // The call's state is read from the live state, which must not be older than the streams are.
        await this.runner.catchUpTo(pairPosition > callPosition ? pairPosition : callPosition);
        if (
          command.name === 'report-call-arrived' &&
          call === null &&
          (await this.finder.pairOf(callId, pairId)) !== null
        ) {
          return {
            decision: refused('call-id-in-use', `Call "${callId}" was reported by another pair.`, {
              allowed: ['callId'],
            }),
            revision,
          };
        }
        const callState = call === null ? null : await this.callState(pairId, callId);
        const facts = {
          pair: registered(pair, stream),
          call,
          callState,
          agent,
          agentHome,
          newCallId,
          at,
        };
        return { decision: decideCall(facts, command, reportedBy(run)), revision };
      },
      apply: (events: readonly StoredEvent[]) => this.calls.fold(stream, events),
      describe: async (_, moment) => {
        const call = callView(await this.callsAt(pairId, callId, moment), callId);
        return call === null ? {} : { callId, status: call.status, because: call.because, call };
      },
    };
  }

  /** Takes what was written to a stream of a pair, an agent or a call into the states that commands are decided on. */
  apply(stream: string, events: readonly StoredEvent[]): void {
    const { family } = describeStream(stream);
    const states = family === 'pair' ? this.pairs : family === 'agent' ? this.agents : this.calls;
    states.fold(stream, events);
  }

  noSuchPool(pointer: string, fqdn: string): Unknown {
    return noSuchPool(this.runner.state, pointer, fqdn);
  }

  /** With when the file was written, as it is on record. */
  private async fileAnswer(stream: string, exportId: string): Promise<CommandDetails> {
    const { state } = await this.pairs.load(stream);
    const file = state?.exports.get(exportId)?.file;
    return { exportId, writtenAt: file?.writtenAt ?? null, writtenAtFrom: file?.writtenAtFrom ?? null };
  }

  /** Of a pool that was replaced it is the pair that it was in: that refuses what is given to it. */
  pairIdOf(fqdn: string): string | undefined {
    return pairOfPoolAt(this.runner.state.directory.state, fqdn, null);
  }

  private async whereCallIs(
    command: CallCommand,
    newCallId: string,
  ): Promise<{ callId: string; pairId: string } | Unknown> {
    if (command.name === 'report-call-arrived' || command.name === 'place-call-on-behalf') {
      const pairId = this.pairIdOf(command.body.pool);
      if (pairId === undefined) return this.noSuchPool('/pool', command.body.pool);
      return { pairId, callId: command.name === 'report-call-arrived' ? command.body.callId : newCallId };
    }
    const { callId } = command.body;
    const pairId = await this.finder.pairOf(callId);
    return pairId === null
      ? unknown('/callId', `No call "${callId}" has been reported.`)
      : { callId, pairId };
  }

  /** How a call stands is not guessed where its pair's calls could not be followed to the end. */
  private async callState(pairId: string, callId: string): Promise<CallState | null> {
    const { parked } = this.runner.state.viewsOf(pairId).callStatus;
    for (const { event, error } of parked.values())
      throw new NotUnderstoodError(event.stream, event.position, error);
    return callStateOf(await this.callsOf(pairId, callId), callId);
  }

  /** The calls as the first answer to a command on one of them says, so that a repeat finds the same. */
  private async callsAt(
    pairId: string,
    callId: string,
    moment: DescribedMoment | null,
  ): Promise<CallStatusState> {
    const now = await this.callsOf(pairId, callId);
    if (moment === null) return now;
    const { last, isRepeat } = moment;
    const streams = [pairStream(pairId), callStream(pairId, callId)] as const;
    if (isRepeat) await Promise.all([this.pairs.load(streams[0]), this.calls.load(streams[1])]);
    const [pair, call] = [this.pairs.peek(streams[0]), this.calls.peek(streams[1])];
    const isThen =
      call?.revision === last.revision &&
      pair !== undefined &&
      pair.position <= last.position &&
      now.epoch === Number(pair.revision ?? -1n) + 1;
    if (isThen) return now;
    return (await this.archive.read(pairId, [callId], { kind: 'position', position: last.position })).state;
  }

  /** Calls that are over, and no longer at hand, are read back from the log. */
  private async callsOf(pairId: string, callId: string): Promise<CallStatusState> {
    const live = this.runner.state.viewsOf(pairId).callStatus;
    const state = await live.ready();
    return live.staleVersion !== null || callIn(state, callId) === undefined
      ? (await this.archive.now(pairId, callId)).state
      : state;
  }
}
