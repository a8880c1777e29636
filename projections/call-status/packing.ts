/** The state of a pair's calls as a snapshot stores it: without closed calls, which are read from the log. */
import type { PairFacts } from '../../facts/pair.js';
import { isOpen } from './cohorts.js';
import type { Lateness } from './lateness.js';
import {
  initialCallStatus,
  type CallRecord,
  type CallStatusState,
  type Consequence,
  type OwnerCalls,
} from './state.js';

interface PackedCallStatus {
  readonly pair: PairFacts | null;
  readonly owners: readonly OwnerCalls[];
  /** Open calls, in the order of arrival. */
  readonly calls: readonly CallRecord[];
  readonly consequences: readonly Consequence[];
  readonly epoch: number;
  /** Absent where there are none. */
  readonly arrivalsRetracted?: ReadonlySet<string>;
  readonly lateness: Lateness | null;
}

export function pack(state: CallStatusState): PackedCallStatus {
  const { pair, owners, calls, consequences, epoch, arrivalsRetracted, lateness } = state;
  const open = [...calls.values()].filter(({ cohort }) => isOpen(cohort.status));
  const packed = { pair, owners, calls: open, consequences, epoch, lateness };
  return arrivalsRetracted.size === 0 ? packed : { ...packed, arrivalsRetracted };
}

export function unpack(packed: unknown): CallStatusState {
  const {
    pair,
    owners,
    calls,
    consequences,
    epoch,
    arrivalsRetracted = [],
    lateness,
  } = packed as PackedCallStatus;
  const state = initialCallStatus();
  state.pair = pair;
  state.owners = owners;
  state.epoch = epoch;
  state.lateness = lateness;
  for (const call of calls) state.calls.set(call.callId, call);
  state.consequences.push(...consequences);
  for (const callId of arrivalsRetracted) state.arrivalsRetracted.add(callId);
  return state;
}
