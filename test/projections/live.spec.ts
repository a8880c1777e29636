import { describe, expect, it } from '@jest/globals';
import { fc } from '../support/properties.js';
import { isCallEvent } from '../../facts/call.js';
import { callStatus } from '../../projections/call-status/fold.js';
import { changeBetween } from '../../projections/live/change.js';
import { viewSetAfterCalls, viewSetOf, type PoolViewSet } from '../../projections/view-set/view-set.js';
import { poolA, poolB } from '../support/story.js';
import { withChange } from '../support/live-picture.js';
import { anyHistory } from '../support/random-history.js';

describe('for every history of a pair and its calls', () => {
  it('a picture and the changes since make the later picture, also where calls are gathered', () =>
    fc.assert(
      fc.property(anyHistory(), fc.constantFrom(poolA, poolB), fc.nat({ max: 6 }), (log, fqdn, gathered) => {
        let state = callStatus.initial();
        let told: PoolViewSet | null = null;
        let made: PoolViewSet | null = null;
        let calls = 0;
        for (const event of log) {
          state = callStatus.apply(state, event);
          calls = isCallEvent(event) ? calls + 1 : 0;
          if (calls > 0 && calls <= gathered) continue;
          const next: PoolViewSet | null =
            calls > 0 ? viewSetAfterCalls(told, state) : viewSetOf(state, fqdn);
          if (next === null) continue;
          made = told === null || made === null ? next : withChange(made, changeBetween(told, next));
          told = next;
          expect(made).toEqual(viewSetOf(state, fqdn));
        }
      }),
    ));

  it('an event of a call changes nothing but how calls stand', () =>
    fc.assert(
      fc.property(anyHistory(), (log) => {
        let state = callStatus.initial();
        for (const event of log) {
          const before = viewSetOf(state, poolA);
          state = callStatus.apply(state, event);
          const after = viewSetOf(state, poolA);
          if (before === null || after === null || !isCallEvent(event)) continue;
          expect(['', 'callStatus']).toContain(Object.keys(changeBetween(before, after)).join());
        }
      }),
    ));
});
