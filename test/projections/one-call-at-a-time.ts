/** The slow way: every call is decided on by itself at every stage change. Cohorts must give the same result. */
import type { Recorded } from '../../events/envelope.js';
import type { PoolkeeperEvent } from '../../events/registry.js';
import type { CallStatus } from '../../facts/call.js';
import { partnerOf, requirePool } from '../../facts/copies.js';
import { evolvePair, type PairFacts } from '../../facts/pair.js';
import { arrivalNow, isImported } from '../../facts/response-group.js';
import {
  outcomeOfOpenCall,
  outcomeWhenReplacementServes,
  outcomeWhenServingPoolFails,
  type OpenCallOutcome,
  type ServingPool,
} from '../../policy/calls.js';
import type { Grounds } from '../../policy/grounds.js';
import { isDown, stageChangeOf } from '../../policy/stages.js';

export interface LoneCall {
  readonly callId: string;
  readonly pool: string;
  readonly responseGroup: string;
  readonly anonymous: boolean;
  readonly servedBy: ServingPool | null;
  status: CallStatus;
  grounds: Grounds;
}

export function oneCallAtATime(events: readonly Recorded<PoolkeeperEvent>[]): readonly LoneCall[] {
  let pair: PairFacts | null = null;
  const calls = new Map<string, LoneCall>();
  for (const event of events) {
    if (event.type === 'CallArrived') {
      if (pair !== null && !calls.has(event.data.callId))
        calls.set(event.data.callId, arrive(pair, event.data, event.metadata.occurredAt));
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
      const began = { fqdn, wasDown, byReplacement: event.type === 'ReplacementCompleted' };
      for (const call of calls.values()) decide(pair, call, began);
    }
  }
  return [...calls.values()];
}

function arrive(
  pair: PairFacts,
  { callId, pool, responseGroup }: Pick<LoneCall, 'callId' | 'pool' | 'responseGroup'>,
  at: string,
): LoneCall {
  const { outcome, anonymous } = arrivalNow(pair, requirePool(pair, pool), responseGroup, at);
  const { servedBy, ...grounds } = outcome;
  const status = servedBy === null ? 'disconnected' : 'in-progress';
  return { callId, pool, responseGroup, anonymous, servedBy, status, grounds };
}

interface Began {
  readonly fqdn: string;
  readonly wasDown: boolean;
  /** The pool took the place of a lost one, and serves. */
  readonly byReplacement: boolean;
}

function decide(pair: PairFacts, call: LoneCall, began: Began): void {
  const decided = outcomeOf(pair, call, began);
  if (decided === null) return;
  const { outcome, ...grounds } = decided;
  call.grounds = grounds;
  if (outcome === 'disconnected') call.status = 'disconnected';
}

function outcomeOf(
  pair: PairFacts,
  call: LoneCall,
  { fqdn, wasDown, byReplacement }: Began,
): OpenCallOutcome | null {
  const { status: phase, anonymous, servedBy } = call;
  if ((phase !== 'in-progress' && phase !== 'connected') || servedBy === null) return null;
  const { stage } = requirePool(pair, fqdn);
  if (call.pool === fqdn) {
    if (byReplacement) return outcomeWhenReplacementServes;
    const imported = isImported(pair, call.pool, call.responseGroup);
    const ofClass = { phase, anonymous, imported, servedBy } as const;
    return outcomeOfOpenCall(stage, ofClass, partnerOf(pair, fqdn).stage, pair.readings);
  }
  return servedBy === 'backup' && isDown(stage) && !wasDown
    ? outcomeWhenServingPoolFails({ phase, anonymous }, requirePool(pair, call.pool).stage)
    : null;
}
