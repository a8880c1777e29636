/** The history of one call: the reported facts and the effects of stages, in the order of the log. */
import { logPositionOf } from '../../events/places.js';
import type { Recorded } from '../../events/envelope.js';
import type { PoolkeeperEvent } from '../../events/registry.js';
import type { CallStatus } from '../../facts/call.js';
import type { Grounds } from '../../policy/grounds.js';
import { groundsIn, type CitedGrounds } from '../grounds.js';
import { isOpen } from './cohorts.js';
import { callIn, type CallStatusState, type CohortRuling } from './state.js';

type CallFact = 'arrived' | 'placed-on-behalf' | 'connected' | 'ended' | 'disconnected';

export interface CallHistoryEntry extends CitedGrounds {
  readonly position: string;
  readonly occurredAt: string;
  readonly recordedAt: string;
  readonly what: CallFact;
  /** How the call stood afterwards. */
  readonly status: CallStatus;
  readonly agent: string | null;
  /**
   * The fact landed after its call was over, and changed nothing; or it was reported that the call went on after this
   * cut-off.
   */
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
  const rulings = rulingsFrom(call.cohort.ruling, events);
  const cutOffs = rulings.filter(({ ruling }) => ruling.cutOff && ruling.began !== null);
  const entries: CallHistoryEntry[] = [];
  let status: CallStatus | null = null;
  const showCutOff = (upTo: bigint | null): void => {
    while (cutOffs[0] !== undefined && (upTo === null || cutOffs[0].from <= upTo)) {
      const { ruling } = cutOffs.shift() ?? {};
      if (status === null || !isOpen(status) || ruling === undefined || ruling.began === null) continue;
      status = 'disconnected';
      entries.push(cutOffEntry(ruling, ruling.began));
    }
  };
  for (const event of events) {
    showCutOff(event.position);
    const fact = factOf(event);
    // Facts from before the arrival are ignored, as the fold ignores them.
    if (fact === null || event.position < call.position) continue;
    const governing = rulingAt(rulings, event.position, call.cohort.ruling);
    const goesOn = status === 'disconnected' && governing.wentOn === true && contradicts(event);
    if (goesOn) contradictCutOff(entries);
    const before = goesOn ? 'in-progress' : status;
    const next = statusAfter(before, fact.what, governing);
    const contradicted = next === null || (fact.what === 'placed-on-behalf' && governing.cutOff);
    status = next ?? status ?? 'disconnected';
    entries.push(entryOf(event, fact, status, contradicted, governing.grounds));
    if (fact.what === 'arrived' && !contradicted && governing.cutOff) {
      entries.push(entryOf(event, { what: 'disconnected', agent: null }, status, false, governing.grounds));
    }
  }
  showCutOff(null);
  return entries;
}

const contradicts = (event: Recorded<PoolkeeperEvent>): boolean =>
  (event.type === 'CallConnected' || event.type === 'CallEnded') && event.data.contradicts !== undefined;

/** The last cut-off that is told did not happen, as was reported later. */
function contradictCutOff(entries: CallHistoryEntry[]): void {
  const at = entries.findLastIndex(({ what }) => what === 'disconnected');
  const entry = entries[at];
  if (entry !== undefined) entries[at] = { ...entry, contradicted: true };
}

/** A ruling, and the position from which it is in force. */
interface DatedRuling {
  readonly ruling: CohortRuling;
  readonly from: bigint;
}

/** Of a call, the oldest first. Facts that took a cut-off back are dated by their events. */
function rulingsFrom(
  latest: CohortRuling,
  events: readonly Recorded<PoolkeeperEvent>[],
): readonly DatedRuling[] {
  const chain: CohortRuling[] = [];
  for (let ruling: CohortRuling | null = latest; ruling !== null; ruling = ruling.previous)
    chain.unshift(ruling);
  const facts = events.filter(contradicts).map(({ position }) => position);
  return chain.map((ruling) => ({
    ruling,
    from: ruling.wentOn === true ? (facts.shift() ?? 0n) : (ruling.began?.position ?? 0n),
  }));
}

interface Fact {
  readonly what: CallFact;
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
function statusAfter(status: CallStatus | null, what: CallFact, ruling: CohortRuling): CallStatus | null {
  if (what === 'arrived' || what === 'placed-on-behalf') {
    if (status !== null) return null;
    if (ruling.cutOff) return 'disconnected';
    return what === 'arrived' ? 'in-progress' : 'connected';
  }
  if (status === null || !isOpen(status)) return null;
  return what === 'ended' ? 'ended' : 'connected';
}

/** The ruling in force at a position: of the latest stage that had begun, or the one met on arrival. */
const rulingAt = (rulings: readonly DatedRuling[], position: bigint, otherwise: CohortRuling): CohortRuling =>
  rulings.findLast(({ from }) => from <= position)?.ruling ?? otherwise;

const entryOf = (
  event: Recorded<PoolkeeperEvent>,
  fact: Fact,
  status: CallStatus,
  contradicted: boolean,
  grounds: Grounds,
): CallHistoryEntry => ({
  position: String(logPositionOf(event.position)),
  occurredAt: event.metadata.occurredAt,
  recordedAt: event.recordedAt,
  what: fact.what,
  status,
  agent: fact.agent,
  contradicted,
  ...groundsIn(grounds),
});

const cutOffEntry = (ruling: CohortRuling, began: NonNullable<CohortRuling['began']>): CallHistoryEntry => ({
  position: String(logPositionOf(began.position)),
  occurredAt: began.occurredAt,
  recordedAt: began.recordedAt,
  what: 'disconnected',
  status: 'disconnected',
  agent: null,
  contradicted: false,
  ...groundsIn(ruling.grounds),
});
