/** The state of a pair's calls as a snapshot stores it: without closed calls, which are read from the log. */
import type { PairFacts } from '../../facts/pair.js';
import { isOpen } from './cohorts.js';
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
}

export function pack({ pair, owners, calls, consequences, epoch }: CallStatusState): PackedCallStatus {
  const open = [...calls.values()].filter(({ cohort }) => isOpen(cohort.status));
  return { pair, owners, calls: open, consequences, epoch };
}

export function unpack(packed: unknown): CallStatusState {
  const { pair, owners, calls, consequences, epoch } = packed as PackedCallStatus;
  const state = initialCallStatus();
  state.pair = pair;
  state.owners = owners;
  state.epoch = epoch;
  for (const call of calls) state.calls.set(call.callId, call);
  state.consequences.push(...consequences);
  return state;
}
