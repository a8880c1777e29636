import { describe, expect, it } from '@jest/globals';
import { logPositionOf, placeOf } from '../../events/places.js';
import { callList } from '../../projections/call-status/calls.js';
import { callStatus } from '../../projections/call-status/fold.js';
import { edited } from '../../projections/histories/edits.js';
import { foldHistory, viewSetOfHistory, type HistoryState } from '../../projections/histories/fold.js';
import { asItHappened, asRecorded, upTo, type HistoryEvent } from '../../projections/histories/history.js';
import { viewSetOf } from '../../projections/view-set/view-set.js';
import { anyHistory } from '../support/random-history.js';
import { fc } from '../support/properties.js';
import { momentOf, recorded, type Told } from '../support/recorded.js';
import {
  ann,
  annIsHomedIn,
  arrived,
  connected,
  created,
  ended,
  failoverInitiated,
  modified,
  outage,
  paired,
  poolA,
  poolB,
  signedIn,
  workflow,
} from '../support/story.js';
import { allCalls, foldOf } from './folding.js';

/** The event, told to have happened so many seconds after the beginning. */
const happened = (seconds: number, event: Told): Told => ({
  ...event,
  metadata: { occurredAt: momentOf(seconds) },
});

const told = (...events: readonly Told[]): HistoryState => foldHistory(asItHappened(recorded(events)));
const detailsOf = ({ contradicted }: HistoryState) =>
  contradicted.map(({ type, detail }) => ({ type, detail }));

describe('A history as it happened', () => {
  it('goes by the times, and by the log where times are the same', () => {
    const log = recorded([
      paired,
      happened(9, outage(poolA)),
      happened(4, workflow(poolA, 'help')),
      happened(4, workflow(poolA, 'sales')),
    ]);
    const { events } = asItHappened(log);
    expect(events.map(({ id }) => id)).toEqual(['event-1', 'event-3', 'event-4', 'event-2']);
    expect(events.map(({ position }) => logPositionOf(position))).toEqual([1n, 3n, 4n, 2n]);
    const again = asRecorded(events).events.map((event) => ({ ...event, data: event.data }));
    expect(again).toEqual(log);
  });

  it('lets a place of any time with four digits compare as the time does', () => {
    const times = [
      '0001-01-01T00:00:00.000Z',
      '1969-12-31T23:59:59.999Z',
      momentOf(1),
      '9999-12-31T23:59:59.999Z',
    ];
    const places = times.map((time) => placeOf(time, 2n ** 63n));
    expect(places.toSorted((one, other) => (one < other ? -1 : 1))).toEqual(places);
    expect(places.every((place) => place > 2n ** 64n)).toBe(true);
  });

  it('has a call cut off by an outage that was recorded after its connection', () => {
    const events = [
      paired,
      workflow(poolA, 'help'),
      happened(10, arrived('c1', poolA, 'help')),
      happened(19, connected('c1')),
      happened(18, outage(poolA)),
    ];
    const state = told(...events);
    expect(viewSetOf(state.calls, poolA)?.callStatus.totals).toMatchObject({ disconnected: 1, connected: 0 });
    expect(state.contradicted).toEqual([
      expect.objectContaining({ event: 'event-4', position: '4', detail: 'Call c1 had been cut off.' }),
    ]);
    expect(foldHistory(asRecorded(recorded(events))).contradicted).toEqual([]);
  });

  it('keeps a sign-in that was reported late, and voids one that was given before the failure', () => {
    const signIn = signedIn(ann, poolA, 'desk');
    const base = [
      paired,
      created(poolA, 'agent-group', 'desk', { participationPolicy: 'Formal' }),
      annIsHomedIn(poolA),
    ];
    const before = told(...base, happened(20, outage(poolA)), happened(10, signIn));
    expect(before.agents.get(ann)?.signIns.size).toBe(1);
    const [position] = [...(before.agents.get(ann)?.signIns.values() ?? [])].map((ref) => ref.position);
    expect(position).toBeLessThan(before.calls.pair?.pools[0].signInsVoidUpTo.primary ?? 0n);
  });
});

describe('What a fold cannot make sense of', () => {
  it.each([
    [
      'a change before the creation',
      [paired, happened(9, workflow(poolA, 'help')), happened(5, modified(poolA, 'workflow', 'help', {}))],
      'ObjectModified',
      'The workflow "help" on pool-a.contoso.com was not there.',
    ],
    [
      'a stage that nothing led to',
      [paired, happened(9, outage(poolA)), happened(5, failoverInitiated(poolA)), happened(3, outage(poolB))],
      'OutageDeclared',
      'Pool pool-a.contoso.com was in stage failing-over; OutageDeclared follows normal or failed-back.',
    ],
    [
      'a connection before the arrival',
      [
        paired,
        workflow(poolA, 'help'),
        happened(9, arrived('c1', poolA, 'help')),
        happened(5, connected('c1')),
      ],
      'CallConnected',
      'Call c1 had not arrived.',
    ],
    [
      'a connection after the end',
      [
        paired,
        workflow(poolA, 'help'),
        happened(4, arrived('c1', poolA, 'help')),
        happened(9, connected('c1')),
        happened(5, ended('c1')),
      ],
      'CallConnected',
      'Call c1 had ended.',
    ],
    [
      'a sign-in before the registration of the agent',
      [paired, happened(9, annIsHomedIn(poolA)), happened(5, signedIn(ann, poolA, 'desk'))],
      'AgentSignedIn',
      'sip:ann@contoso.com was not registered.',
    ],
    [
      'a call before the registration of the pair',
      [happened(9, paired), happened(5, arrived('c1', poolA, 'help'))],
      'CallArrived',
      'The pair was not registered.',
    ],
  ] as const)('is listed and changes nothing: %s', (_, events, type, detail) => {
    expect(detailsOf(told(...(events as readonly Told[])))).toEqual([{ type, detail }]);
  });
});

describe('For every history', () => {
  const later = (log: readonly HistoryEvent[]) => log.map(({ id }) => id);

  it('that was recorded as it happened, both orders give the views of the log', () => {
    fc.assert(
      fc.property(anyHistory(), fc.nat({ max: 130 }), (log, end) => {
        const part = log.slice(0, end);
        expect(later(asItHappened(part).events)).toEqual(later(part));
        for (const fqdn of [poolA, poolB]) {
          const views = withoutConfiguredAt(viewSetOf(foldOf(callStatus, part), fqdn));
          expect(withoutConfiguredAt(viewSetOfHistory(asRecorded(part), fqdn).views)).toEqual(views);
          expect(withoutConfiguredAt(viewSetOfHistory(asItHappened(part), fqdn).views)).toEqual(views);
        }
      }),
    );
  });

  it('the views at a moment are those of a log that was recorded in that order, without what is contradicted', () => {
    fc.assert(
      fc.property(anyHistory(), fc.array(fc.nat({ max: 140 })), fc.nat({ max: 140 }), (log, times, end) => {
        const shuffled = log.map((event, index) => {
          const time = times[index];
          return time === undefined || index === 0
            ? event
            : { ...event, metadata: { ...event.metadata, occurredAt: momentOf(time) } };
        });
        const history = upTo(asItHappened(shuffled), placeOf(momentOf(end), 2n ** 63n));
        const state = foldHistory(history, { keepsAllCalls: true });
        const struck = new Set(state.contradicted.map(({ event }) => event));
        const revisions = new Map<string, bigint>();
        const inOrder = history.events
          .filter(({ id }) => !struck.has(id))
          .map((event, index) => {
            const revision = revisions.get(event.stream) ?? 0n;
            revisions.set(event.stream, revision + 1n);
            return { ...event, data: event.data, position: BigInt(index + 1), revision } as HistoryEvent;
          });
        const live = foldOf(allCalls, inOrder);
        for (const fqdn of [poolA, poolB]) {
          expect(viewSetOf(state.calls, fqdn)).toEqual(viewSetOf(live, fqdn));
          const calls = callList(state.calls, fqdn, { limit: 1000 })?.calls.map(shown);
          expect(calls).toEqual(callList(live, fqdn, { limit: 1000 })?.calls.map(shown));
          expect(viewSetOf(foldHistory(history).calls, fqdn)).toEqual(viewSetOf(live, fqdn));
        }
      }),
    );
  });

  it('without edits it is itself, and dropping what was added restores it', () => {
    fc.assert(
      fc.property(anyHistory(), (log) => {
        const history = asItHappened(log);
        expect(edited(history, [])).toEqual(history);
        const added = recorded([outage(poolB)], log.length + 1);
        const withIt = edited(history, [{ add: { events: added } }]);
        expect(withIt.events.length).toBe(log.length + 1);
        const [{ id } = { id: '' }] = added;
        expect(edited(withIt, [{ drop: { event: id } }])).toEqual(history);
      }),
    );
  });
});

/** A record of the deciders has no change of what is not there; these logs have, and the fold of the log notes it. */
const withoutConfiguredAt = (views: ReturnType<typeof viewSetOf>) =>
  views && { ...views, pool: { ...views.pool, configuredAt: null } };

/** Positions are those of the log. */
const shown = ({ cutOffBy, ...call }: { readonly cutOffBy: object | null }) => ({
  ...call,
  cutOffBy: cutOffBy && { ...cutOffBy, position: null },
});
