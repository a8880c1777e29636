/** Decides what an edit adds: by the deciders of commands, on the state that it would have met. */
import type { HistoryEvent } from '../../../../projections/histories/history.js';
import { endOfTime } from '../../../../events/places.js';
import { schemaOf, type PoolkeeperEvent } from '../../../../events/registry.js';
import { agentStream, callStream, pairStream } from '../../../../events/streams.js';
import type { Decided } from '../../../../projections/what-if/alternative.js';
import { timeText } from '../../../../projections/what-if/outcome.js';
import { idCreatedBy } from '../../../../projections/what-if/plan.js';
import type { Walk } from '../../../../projections/what-if/walk.js';
import { homePoolIn } from '../../../../facts/agent-home.js';
import type { PairFacts } from '../../../../facts/pair.js';
import { callStateOf } from '../../../../projections/call-status/calls.js';
import { decideAgent } from '../../../domain/agent.js';
import { decideCall } from '../../../domain/call.js';
import type {
  AgentCommand,
  AgentCommands,
  CallCommand,
  CallCommands,
  CommandOf,
  PairCommand,
} from '../../../domain/commands.js';
import type { Decision } from '../../../domain/decision.js';
import type { Reported } from '../../../domain/reported-time.js';
import { decidePair } from '../../../domain/pair/decide.js';

type AddedCall = CommandOf<Omit<CallCommands, 'place-call-on-behalf'>>;
type AddedOfAgent = CommandOf<AgentCommands>;
export type AddedCommand = PairCommand | AddedCall | AddedOfAgent;

export function decideAdded(command: AddedCommand, edit: number, walk: Walk, at: number): Decided {
  const { pair } = walk;
  const time = timeText(at);
  if (pair === null) {
    return refusedAs('unknown', 'The pair was not registered then.');
  }
  const decision = decided(command, walk, pair, edit, { happenedAt: time, now: null });
  switch (decision.outcome) {
    case 'accepted':
      return {
        outcome: 'accepted',
        events: decision.events.map((event, n) => imagined(event, pair.pairId, time, `edit-${edit}-${n}`)),
      };
    case 'refused': {
      const { rule, because, detail } = decision;
      return { outcome: 'refused', rule, because, detail };
    }
    default:
      return refusedAs(
        decision.outcome,
        decision.errors
          .map(({ pointer, detail }) => `${pointer} of ${command.name}, which edit ${edit} adds: ${detail}`)
          .join(' '),
      );
  }
}

function decided(
  command: AddedCommand,
  walk: Walk,
  pair: PairFacts,
  edit: number,
  reported: Reported,
): Decision {
  if (isOfCall(command)) return decidedOfCall(command, walk, pair, reported);
  if (isOfAgent(command)) {
    const agent = walk.bystanders.agent(command.body.agent);
    const home = agent === null ? null : homePoolIn([pair], agent.homePool);
    // Of a pool of another pair a walk knows nothing.
    return decideAgent({ agent, pair, ...(home === null ? {} : { home }) }, command, reported);
  }
  return decidePair(pair, command, idCreatedBy(edit), reported);
}

const callCommands: readonly string[] = [
  'report-call-arrived',
  'report-call-connected',
  'report-call-ended',
] satisfies readonly CallCommand['name'][];
const agentCommands: readonly string[] = [
  'register-agent',
  'move-agent',
  'sign-in-agent',
  'sign-out-agent',
] satisfies readonly AgentCommand['name'][];

const isOfCall = (command: AddedCommand): command is AddedCall => callCommands.includes(command.name);
const isOfAgent = (command: AddedCommand): command is AddedOfAgent => agentCommands.includes(command.name);

function decidedOfCall(command: AddedCall, walk: Walk, pair: PairFacts, reported: Reported): Decision {
  const { callId } = command.body;
  const agent = 'agent' in command.body ? walk.bystanders.agent(command.body.agent) : null;
  const call = walk.bystanders.call(callId);
  const facts = {
    pair,
    call,
    callState: call === null ? null : callStateOf(walk.calls, callId),
    agent,
    agentHome: agent === null ? null : homePoolIn([pair], agent.homePool),
    newCallId: callId,
    at: reported.happenedAt,
  };
  return decideCall(facts, command, reported);
}

/** What is a mistake on the state that it meets, and no rule refuses. */
const refusedAs = (rule: 'unknown' | 'invalid', detail: string): Decided => ({
  outcome: 'refused',
  rule,
  because: [],
  detail,
});

function streamOf({ data }: PoolkeeperEvent, pairId: string): string {
  if ('callId' in data) return callStream(pairId, data.callId);
  return 'agent' in data ? agentStream(data.agent) : pairStream(pairId);
}

/** As a history has it: at its time, after all that happened then. */
const imagined = (event: PoolkeeperEvent, pairId: string, time: string, id: string): HistoryEvent => ({
  ...event,
  id,
  stream: streamOf(event, pairId),
  revision: 0n,
  position: endOfTime(time),
  recordedAt: time,
  metadata: {
    actor: 'what-if',
    correlationId: id,
    causationId: id,
    commandId: id,
    occurredAt: time,
    recordedAt: time,
    schemaVersion: schemaOf(event.type).schemaVersion,
    hash: '',
  },
});
