/** Histories in which calls that a stage cut off are reported to have gone on. */
import fc from 'fast-check';
import type { Recorded } from '../../events/envelope.js';
import type { PoolkeeperEvent } from '../../events/registry.js';
import type { CallConnected, CallEnded } from '../../events/call.js';
import { callList, type CallView } from '../../projections/call-status/calls.js';
import { callStatus } from '../../projections/call-status/fold.js';
import { initialCallStatus } from '../../projections/call-status/state.js';
import { anyHistory } from './random-history.js';
import { recorded } from './recorded.js';
import { ann, poolA, poolB } from './story.js';

/** What the decider records of a call that was cut off and went on. */
export const wentOn = (call: CallView, agent: string | null): CallConnected | CallEnded => {
  const { callId, because, inference, pool, responseGroup, servedBy, anonymous, imported } = call;
  const contradicts = { because, inference, pool, responseGroup, servedBy, anonymous, imported };
  return agent === null
    ? { type: 'CallEnded', data: { callId, contradicts } }
    : { type: 'CallConnected', data: { callId, agent, contradicts } };
};

/** After some of the events, one of the calls that are cut off by then goes on. */
export const anyHistoryWithContradictions = () =>
  fc
    .tuple(anyHistory(), fc.array(fc.nat({ max: 60 }), { minLength: 20, maxLength: 20 }))
    .map(([log, picks]) => {
      const told: PoolkeeperEvent[] = [];
      let state = initialCallStatus(true);
      const tell = (event: PoolkeeperEvent): void => {
        told.push(event);
        const last: Recorded<PoolkeeperEvent> | undefined = recorded(told).at(-1);
        if (last !== undefined) state = callStatus.apply(state, last);
      };
      for (const [index, { type, data }] of log.entries()) {
        tell({ type, data } as PoolkeeperEvent);
        const pick = picks[index % picks.length] ?? 0;
        if (pick > 20) continue;
        const cutOff = [poolA, poolB].flatMap(
          (fqdn) => callList(state, fqdn, { status: 'disconnected', limit: 1_000 })?.calls ?? [],
        );
        const call = cutOff[pick % Math.max(1, cutOff.length)];
        if (call !== undefined) tell(wentOn(call, pick % 3 === 0 ? null : ann));
      }
      return recorded(told);
    });
