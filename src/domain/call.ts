/**
 * Decides the commands about a call. Facts are recorded, not consequences: a call that the stage cuts off has arrived
 * all the same, and that it was cut off is derived.
 */
import type { AgentFacts } from '../../facts/agent.js';
import type { HomePool } from '../../facts/agent-home.js';
import type { CallFacts, CallState } from '../../facts/call.js';
import { copyOf, poolOf, responseGroupOf } from '../../facts/copies.js';
import { nameAt } from '../../facts/former-names.js';
import type { PairFacts } from '../../facts/pair.js';
import { callerKey } from '../../policy/caller.js';
import type { CallCommand, CallCommands } from './commands.js';
import { contradicting, cutOffOf, outlivedOutage } from './contradicted-cut-off.js';
import { accepted, alreadyHolds, noSuchId, unknown, type Decision, type Held } from './decision.js';
import { poolWasReplaced } from './pair/former-names.js';
import { onBehalfSucceeds } from './on-behalf.js';
import { agentReachable } from './reaching.js';
import { warnOfWhoCannotAnswer } from './able-to-answer.js';
import { atReportedTime, unreported, type Reported } from './reported-time.js';
import { unreachable } from './unreachable.js';
import { allowed, evaluate, refusedBy, warn, type Ruling } from './rules.js';

export interface CallContext {
  /** The pair of the pool or of the call; null where there is none. */
  readonly pair: PairFacts | null;
  /** The call that the command names, or for a call on behalf the one called `newCallId`. */
  readonly call: CallFacts | null;
  /** The state of that call after its pair's stages; null where there is no call. */
  readonly callState: CallState | null;
  /** Null where the agent is not registered. */
  readonly agent: AgentFacts | null;
  /** How it stands with the pool that the agent is homed in; null where nothing is on record of it. */
  readonly agentHome: HomePool | null;
  readonly newCallId: string;
  /** When the reported fact happened: RFC 3339, UTC; null where that is not known. */
  readonly at: string | null;
}

export function decideCall(
  context: CallContext,
  command: CallCommand,
  reported: Reported = unreported,
): Decision {
  return atReportedTime(decide(context, command), command, reported, { pair: context.pair, pool: null });
}

function decide(context: CallContext, command: CallCommand): Decision {
  switch (command.name) {
    case 'report-call-arrived':
      return callArrived(context, command.body);
    case 'report-call-connected':
      return callConnected(context, command.body);
    case 'report-call-ended':
      return callEnded(context, command.body);
    case 'place-call-on-behalf':
      return placeOnBehalf(context, command.body);
    default:
      return unreachable(command);
  }
}

function unknownGroup(pair: PairFacts, pool: string, id: string): Decision {
  const strange = copyOf(pair, pool, 'workflow', id);
  return strange === undefined
    ? noSuchId('/responseGroup', id, `There is no workflow "${id}" on ${pool}, nor one that ${pool} owns.`)
    : unknown(
        '/responseGroup',
        `The workflow "${id}" on ${pool} belongs to ${strange.owner}, which is in no pair with ${pool}: it takes no calls there. Those of ${strange.owner} are reported with that pool.`,
      );
}

function callArrived({ pair, call, at }: CallContext, body: CallCommands['report-call-arrived']): Decision {
  const { callId, pool, responseGroup, caller } = body;
  if (pair === null || poolOf(pair, pool) === undefined) return noPool(pair, pool, 'report-call-arrived');
  const group = responseGroupOf(pair, pool, responseGroup);
  if (call !== null) {
    const ruling = evaluate(
      () => callIdNamesOneCall(call, responseGroup, nameAt(pair, group?.owner ?? call.pool, call.arrivedAt)),
      () => callHasOneCaller(call, caller),
    );
    return ruling.outcome === 'allowed'
      ? accepted([], {
          subject: callId,
          warnings: ruling.warnings,
          held: { what: `The arrival of call ${callId}`, at: call.arrivedAt },
        })
      : ruling;
  }
  if (group === undefined) return unknownGroup(pair, pool, responseGroup);
  const said = caller === undefined ? {} : { caller };
  const data = { callId, pool: nameAt(pair, group.owner, at), responseGroup, ...said };
  return accepted([{ type: 'CallArrived', data }], { subject: callId });
}

export function callIdNamesOneCall(call: CallFacts, responseGroup: string, owner: string): Ruling {
  const same = !call.onBehalf && call.responseGroup === responseGroup && call.pool === owner;
  return same
    ? allowed()
    : refusedBy(
        'call-id-in-use',
        `Call ${call.callId} is ${call.onBehalf ? 'on behalf of' : 'to'} the workflow "${call.responseGroup}" of ${call.pool}: another call needs another id.`,
        { allowed: ['callId'] },
      );
}

/** A repeat may leave the caller out. One that comes too late is not put on record: the arrival is there without it. */
export function callHasOneCaller(call: CallFacts, caller: string | undefined): Ruling {
  if (caller === undefined || call.caller === caller) return allowed();
  if (call.caller !== null && callerKey(call.caller) === callerKey(caller)) return allowed();
  return call.caller === null
    ? allowed({
        warnings: warn(
          'caller-not-recorded',
          `Call ${call.callId} is on record without its caller, and stays so.`,
        ),
      })
    : refusedBy('call-id-in-use', `Call ${call.callId} is on record with another caller.`);
}

function callConnected(context: CallContext, body: CallCommands['report-call-connected']): Decision {
  const { call, callState, agent, agentHome } = context;
  const { callId } = body;
  const known = (): Ruling =>
    agent === null ? unknown('/agent', `${body.agent} is not registered.`) : allowed();
  if (call === null) return unknown('/callId', `No call "${callId}" has arrived.`);
  if (callState?.status === 'connected' && !call.onBehalf && callState.agent === body.agent) {
    return alreadyHolds(callId, heldBy(callId, 'connection', call.connectedAt));
  }
  const cutOff = cutOffOf(call, callState);
  if (cutOff !== null) {
    const ruling = evaluate(() => inboundOnly(call), known);
    if (ruling.outcome !== 'allowed') return ruling;
    const data = { callId, agent: body.agent, contradicts: cutOff };
    return contradicting({ type: 'CallConnected', data }, cutOff);
  }
  const ruling = evaluate(
    () => inboundOnly(call),
    () => callIsNotOver(call, callState),
    known,
    () => (agent === null ? allowed() : agentReachable(context.pair, call, agent, agentHome)),
    () => (agent === null ? allowed() : warnOfWhoCannotAnswer(agent)),
  );
  if (ruling.outcome !== 'allowed') return ruling;
  return accepted([{ type: 'CallConnected', data: { callId, agent: body.agent } }], {
    because: ruling.because,
    warnings: ruling.warnings,
    subject: callId,
  });
}

export function inboundOnly(call: CallFacts): Ruling {
  return call.onBehalf
    ? refusedBy(
        'call-is-outbound',
        `An agent placed call ${call.callId} on behalf of a response group: it is connected from the beginning, and ends.`,
        { allowed: ['report-call-ended'] },
      )
    : allowed();
}

export function callIsNotOver(call: CallFacts, callState: CallState | null): Ruling {
  return call.ended || callState?.status === 'ended'
    ? refusedBy(
        'call-is-over',
        `Call ${call.callId} has ended. A caller who calls again has a call with an id of its own.`,
        { allowed: ['report-call-arrived'] },
      )
    : allowed();
}

const noPool = (pair: PairFacts | null, pool: string, command: string): Decision =>
  (pair === null ? null : poolWasReplaced(pair, pool, command)) ??
  unknown('/pool', `Pool ${pool} is not registered.`);

function callEnded(
  { pair, call, callState, at }: CallContext,
  { callId }: CallCommands['report-call-ended'],
): Decision {
  if (call === null) return unknown('/callId', `There is no call "${callId}".`);
  const cutOff = cutOffOf(call, callState);
  if (cutOff !== null && pair !== null && outlivedOutage(pair, call, at)) {
    return contradicting({ type: 'CallEnded', data: { callId, contradicts: cutOff } }, cutOff);
  }
  const over = call.ended || callState?.status === 'ended' || callState?.status === 'disconnected';
  return over
    ? alreadyHolds(callId, heldBy(callId, 'end', call.endedAt))
    : accepted([{ type: 'CallEnded', data: { callId } }], { subject: callId });
}

/** What a stage did to a call is no report of it. */
const heldBy = (callId: string, what: 'connection' | 'end', at: string | null): Held | undefined =>
  at === null ? undefined : { what: `The ${what} of call ${callId}`, at };

function placeOnBehalf(context: CallContext, body: CallCommands['place-call-on-behalf']): Decision {
  const { pair, call, agent, newCallId, at } = context;
  if (call !== null) return alreadyHolds(call.callId);
  if (agent === null) return unknown('/agent', `${body.agent} is not registered.`);
  if (pair === null || poolOf(pair, body.pool) === undefined)
    return noPool(pair, body.pool, 'place-call-on-behalf');
  const group = responseGroupOf(pair, body.pool, body.responseGroup);
  if (group === undefined) return unknownGroup(pair, body.pool, body.responseGroup);
  const ruling = evaluate(
    () => onBehalfSucceeds(pair, group),
    () => warnOfWhoCannotAnswer(agent),
  );
  if (ruling.outcome !== 'allowed') return ruling;
  const { agent: caller, responseGroup, callee = null } = body;
  const data = {
    callId: newCallId,
    agent: caller,
    pool: nameAt(pair, group.owner, at),
    responseGroup,
    callee,
  };
  return accepted([{ type: 'OnBehalfCallPlaced', data }], {
    because: ruling.because,
    warnings: ruling.warnings,
    subject: newCallId,
  });
}
