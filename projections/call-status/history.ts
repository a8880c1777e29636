/** One call's life: what was reported of it, with what a stage did to it, in the order of the log. */
import type { Recorded } from '../../events/envelope.js';
import type { PoolkeeperEvent } from '../../events/registry.js';
import type { CallStatus } from '../../facts/call.js';
import type { Judgement } from '../../policy/judgement.js';
import { judgementIn } from '../judgements.js';
import { isOpen } from './cohorts.js';
import { callIn, type CallStatusState, type Verdict } from './state.js';

type EventSummary = 'arrived' | 'placed-on-behalf' | 'connected' | 'ended' | 'disconnected';

export interface CallHistoryEntry extends Judgement {
  readonly position: string;
  readonly occurredAt: string;
  readonly recordedAt: string;
  readonly what: EventSummary;
  /** How the call stood afterwards. */
  readonly status: CallStatus;
  readonly agent: string | null;
  /** The fact landed after its call was over, and changed nothing. */
  readonly contradicted: boolean;
}

/**
 * `events`: the call's own stream in its order, up to the position that the state has reached.
 * `because` of each entry is what governed the call at that moment. Null where no such call was reported.
 */
export function callHistory(
  state: CallStatusState,
  callId: string,
  events: readonly Recorded<PoolkeeperEvent>[],
): readonly CallHistoryEntry[] | null {
  const call = callIn(state, callId);
  if (call === undefined) return null;
  const { verdict } = call.cohort;
  const entries: CallHistoryEntry[] = [];
  let status: CallStatus | null = null;
  const showCutOff = (upTo: bigint | null): void => {
    if (status === null || !isOpen(status) || !verdict.cutOff || verdict.began === null) return;
    if (upTo !== null && verdict.began.position > upTo) return;
    status = 'disconnected';
    entries.push(cutOffEntry(verdict, verdict.began));
  };
  for (const event of events) {
    showCutOff(event.position);
    const fact = factOf(event);
    // What lands before the call arrived speaks of a call that nobody knew of.
    if (fact === null || event.position < call.position) continue;
    const governing = verdictAt(verdict, event.position);
    const next = statusAfter(status, fact.what, governing);
    const contradicted = next === null || (fact.what === 'placed-on-behalf' && governing.cutOff);
    status = next ?? status ?? 'disconnected';
    entries.push(entryOf(event, fact, status, contradicted, governing.judgement));
    if (fact.what === 'arrived' && !contradicted && governing.cutOff) {
      entries.push(entryOf(event, { what: 'disconnected', agent: null }, status, false, governing.judgement));
    }
  }
  showCutOff(null);
  return entries;
}

interface Fact {
  readonly what: EventSummary;
  readonly agent: string | null;
}

function factOf(event: Recorded<PoolkeeperEvent>): Fact | null {
  switch (event.type) {
    case 'CallArrived':
      return { what: 'arrived', agent: null };
    case 'OnBehalfCallPlaced':
      return { what: 'placed-on-behalf', agent: event.data.agent };
    case 'CallConnected':
      return { what: 'connected', agent: event.data.agent };
    case 'CallEnded':
      return { what: 'ended', agent: null };
    default:
      return null;
  }
}

/** Null where the fact contradicts how the call stands. */
function statusAfter(status: CallStatus | null, what: EventSummary, verdict: Verdict): CallStatus | null {
  if (what === 'arrived' || what === 'placed-on-behalf') {
    if (status !== null) return null;
    if (verdict.cutOff) return 'disconnected';
    return what === 'arrived' ? 'in-progress' : 'connected';
  }
  if (status === null || !isOpen(status)) return null;
  return what === 'ended' ? 'ended' : 'connected';
}

/** The verdict in force at a position: of the latest stage that had begun, or the one met on arrival. */
function verdictAt(latest: Verdict, position: bigint): Verdict {
  let verdict = latest;
  while (verdict.previous !== null && verdict.began !== null && verdict.began.position > position) {
    verdict = verdict.previous;
  }
  return verdict;
}

const entryOf = (
  event: Recorded<PoolkeeperEvent>,
  fact: Fact,
  status: CallStatus,
  contradicted: boolean,
  judgement: Judgement,
): CallHistoryEntry => ({
  position: event.position.toString(),
  occurredAt: event.metadata.occurredAt,
  recordedAt: event.recordedAt,
  what: fact.what,
  status,
  agent: fact.agent,
  contradicted,
  ...judgementIn(judgement),
});

const cutOffEntry = (verdict: Verdict, began: NonNullable<Verdict['began']>): CallHistoryEntry => ({
  position: began.position.toString(),
  occurredAt: began.occurredAt,
  recordedAt: began.recordedAt,
  what: 'disconnected',
  status: 'disconnected',
  agent: null,
  contradicted: false,
  ...judgementIn(verdict.judgement),
});
