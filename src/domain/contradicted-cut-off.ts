/** Calls that went on although what was known had them cut off: a reported fact counts for more than a derived one. */
import type { CallConnected, CallEnded, ContradictedCutOff } from '../../events/call.js';
import type { CallFacts, CallState } from '../../facts/call.js';
import { requirePool } from '../../facts/copies.js';
import { presentName } from '../../facts/former-names.js';
import type { PairFacts } from '../../facts/pair.js';
import { accepted, type Decision } from './decision.js';
import { warn } from './rules.js';

/** The cut-off of a call, which is derived and not reported; null where it was not cut off. */
export function cutOffOf(call: CallFacts, callState: CallState | null): ContradictedCutOff | null {
  if (callState?.status !== 'disconnected' || call.ended) return null;
  const { because, inference, servedBy, anonymous, imported } = callState;
  const { pool, responseGroup } = call;
  return { because: [...because], inference, pool, responseGroup, servedBy, anonymous, imported };
}

/** A reported fact counts for more than what was derived: it is recorded, and the cut-off is not counted any more. */
export function contradicting(
  event: CallConnected | CallEnded,
  { because, inference }: ContradictedCutOff,
): Decision {
  const { callId } = event.data;
  const reasons = because.length > 0 ? because.join(', ') : (inference ?? '');
  return accepted([event], {
    subject: callId,
    warnings: warn(
      'contradicts-cut-off',
      `By ${reasons} call ${callId} was cut off, and it is reported to have gone on. The cut-off is not counted any more. If the stage was recorded by mistake, see to that as well.`,
    ),
  });
}

/**
 * The end of a call that was cut off tells nothing new: it may be the cut-off itself. But a call that ended after the
 * outage of its pool was over, without a failover, was not cut off by that outage.
 */
export function outlivedOutage(pair: PairFacts, call: CallFacts, at: string | null): boolean {
  const { stage, lastStageEvent, since } = requirePool(pair, presentName(pair, call.pool));
  return (
    stage === 'normal' &&
    lastStageEvent === 'OutageEnded' &&
    at !== null &&
    Date.parse(at) > Date.parse(since)
  );
}
