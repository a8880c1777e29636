import { describe, expect, it } from '@jest/globals';
import { correctionIn, Corrections, inForce } from '../../facts/in-force.js';
import { exports } from '../../projections/exports/fold.js';
import { pair } from '../../projections/pair/fold.js';
import { callStatusView } from '../../projections/call-status/view.js';
import { poolA, poolB } from '../support/story.js';
import { fc } from '../support/properties.js';
import { anyHistory } from '../support/random-history.js';
import { recorded } from '../support/recorded.js';
import { allCalls, foldOf } from './folding.js';

const viewsOf = (state: ReturnType<typeof allCalls.initial>) => [
  [...state.calls.values()].map(({ callId, cohort: { status, ruling } }) => ({
    callId,
    status,
    ...ruling.grounds,
  })),
  state.consequences,
  [poolA, poolB].map((fqdn) => callStatusView(state, fqdn)),
];

describe('For every history, and every event of it', () => {
  it('the state after its retraction is that of the history without it, and the earlier ones stay', () =>
    fc.assert(
      fc.property(anyHistory(), fc.nat(), (log, pick) => {
        const event = log[1 + (pick % (log.length - 1))];
        if (event === undefined) return;
        const { id: eventId, type: eventType, revision } = event;
        const data = { eventId, eventType, revision: String(revision), reason: 'A mistake' };
        const [correction] = recorded([{ type: 'EventRetracted', data }], log.length + 1);
        if (correction === undefined) return;
        const retraction = { ...correction, stream: event.stream };
        const corrected = inForce([...log, retraction]);
        const without = log.filter(({ id }) => id !== eventId);
        expect(foldOf(pair, corrected)).toEqual(foldOf(pair, without));
        expect(foldOf(exports, corrected)).toEqual(foldOf(exports, without));
        expect(viewsOf(foldOf(allCalls, corrected))).toEqual(viewsOf(foldOf(allCalls, without)));
        const known = new Corrections([...log, retraction].flatMap(correctionIn));
        expect(inForce(log, known.upTo(retraction.position - 1n))).toEqual(log);
      }),
    ));
});
