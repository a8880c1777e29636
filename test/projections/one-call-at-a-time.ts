/** The slow way: every call judged for itself at every stage change. Cohorts must come to the same. */
import type { Recorded } from '../../events/envelope.js';
import type { PoolkeeperEvent } from '../../events/registry.js';
import type { CallStatus } from '../../facts/call.js';
import { requirePool } from '../../facts/copies.js';
import { evolvePair, type PairFacts } from '../../facts/pair.js';
import { arrivalAt, isImported } from '../../facts/response-group.js';
import {
  fateWhenServingPoolFails,
  fateWhenStageBegins,
  type CallFate,
  type ServingPool,
} from '../../policy/calls.js';
import type { Judgement } from '../../policy/judgement.js';
import { isDown, stageChangeOf } from '../../policy/stages.js';

export interface LoneCall {
  readonly callId: string;
  readonly pool: string;
  readonly responseGroup: string;
  readonly anonymous: boolean;
  readonly servedBy: ServingPool | null;
  status: CallStatus;
  judgement: Judgement;
}

export function oneCallAtATime(events: readonly Recorded<PoolkeeperEvent>[]): readonly LoneCall[] {
  let pair: PairFacts | null = null;
  const calls = new Map<string, LoneCall>();
  for (const event of events) {
    if (event.type === 'CallArrived') {
      if (pair !== null && !calls.has(event.data.callId))
        calls.set(event.data.callId, arrive(pair, event.data));
    } else if (event.type === 'CallConnected') {
      const call = calls.get(event.data.callId);
      if (call?.status === 'in-progress') call.status = 'connected';
    } else if (event.type === 'CallEnded') {
      const call = calls.get(event.data.callId);
      if (call?.status === 'in-progress' || call?.status === 'connected') call.status = 'ended';
    } else {
      const fqdn = 'pool' in event.data ? event.data.pool : '';
      const wasDown: boolean = pair?.pools.some((pool) => pool.fqdn === fqdn && isDown(pool.stage)) ?? false;
      pair = evolvePair(pair, event);
      if (pair === null || stageChangeOf(event.type) === undefined) continue;
      for (const call of calls.values()) judge(pair, call, fqdn, wasDown);
    }
  }
  return [...calls.values()];
}

function arrive(
  pair: PairFacts,
  { callId, pool, responseGroup }: Pick<LoneCall, 'callId' | 'pool' | 'responseGroup'>,
): LoneCall {
  const { fate, anonymous } = arrivalAt(pair, requirePool(pair, pool), responseGroup);
  const { servedBy, ...judgement } = fate;
  const status = servedBy === null ? 'disconnected' : 'in-progress';
  return { callId, pool, responseGroup, anonymous, servedBy, status, judgement };
}

function judge(pair: PairFacts, call: LoneCall, fqdn: string, wasDown: boolean): void {
  const fate = fateOf(pair, call, fqdn, wasDown);
  if (fate === null) return;
  const { outcome, ...judgement } = fate;
  call.judgement = judgement;
  if (outcome === 'disconnected') call.status = 'disconnected';
}

function fateOf(pair: PairFacts, call: LoneCall, fqdn: string, wasDown: boolean): CallFate | null {
  const { status: phase, anonymous, servedBy } = call;
  if ((phase !== 'in-progress' && phase !== 'connected') || servedBy === null) return null;
  const { stage } = requirePool(pair, fqdn);
  if (call.pool === fqdn) {
    const imported = isImported(pair, call.pool, call.responseGroup);
    return fateWhenStageBegins(stage, { phase, anonymous, imported, servedBy }, pair.readings);
  }
  return servedBy === 'backup' && isDown(stage) && !wasDown
    ? fateWhenServingPoolFails({ phase, anonymous })
    : null;
}
