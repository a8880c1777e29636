import { describe, expect, it } from '@jest/globals';
import type { PoolkeeperEvent } from '../../events/registry.js';
import { describeStream } from '../../events/streams.js';
import { pair as pairProjection } from '../../projections/pair/fold.js';
import { auditEntry, concerns, type Whereabouts } from '../../projections/audit-trail/entry.js';
import { matches } from '../../projections/audit-trail/filter.js';
import { scanRangeOf } from '../../projections/audit-trail/scan-range.js';
import {
  agentRegistered,
  arrived,
  connected,
  ended,
  importedWorkflow,
  incidentClosed,
  modified,
  outage,
  outageEnded,
  pairRegistered,
  placedOnBehalf,
  poolA,
  poolB,
  removed,
  signedIn,
  signedOut,
  until,
  workflow,
  pairId,
} from '../support/story.js';
import { momentOf, recorded, type Told } from '../support/recorded.js';
import { foldOf } from './folding.js';

const refusal: PoolkeeperEvent = {
  type: 'CommandRefused',
  data: {
    command: 'modify-object',
    body: { pool: poolA, kind: 'workflow', id: 'help' },
    rule: 'not-editable',
    because: ['outage/configuration/1'],
    detail: 'It cannot be changed now.',
    allowed: ['managementShell'],
  },
};

function trail(...events: readonly Told[]) {
  const log = recorded([pairRegistered(), ...events]);
  const pair = foldOf(
    pairProjection,
    log.filter((event) => event.stream.startsWith('pair-')),
  );
  return log.map((event) => auditEntry(event, pair?.incidents ?? []));
}

describe('an entry of the audit trail', () => {
  it('says who did what, when it happened and when it was recorded, and what caused it', () => {
    const [, entry] = trail({
      ...outage(poolA),
      metadata: { actor: 'night-shift', occurredAt: momentOf(-60), because: ['some-rule'] },
    });
    expect(entry).toEqual({
      position: '2',
      id: 'event-2',
      stream: `pair-${pairId}`,
      revision: '1',
      type: 'OutageDeclared',
      schemaVersion: 1,
      occurredAt: momentOf(-60),
      recordedAt: momentOf(2),
      actor: 'night-shift',
      command: null,
      refused: false,
      derived: false,
      pool: poolA,
      incident: `${pairId}-1`,
      correlationId: 'correlation-2',
      causationId: 'command-2',
      commandId: 'command-2',
      causedBy: null,
      causes: [],
      because: ['some-rule'],
      summary: `Outage declared for ${poolA} (back-end database unknown): power`,
      data: { pool: poolA, backEndDatabase: 'unknown', reason: 'power', site: null },
    });
  });

  it('has the reason of a step in its sentence', () => {
    const reason = 'false alarm';
    const summaries = trail(
      { type: 'OutageEnded', data: { pool: poolA, reason } },
      { type: 'FailoverInitiated', data: { pool: poolA, backup: poolB, disasterMode: true, reason } },
      { type: 'FailbackInitiated', data: { pool: poolA, reason } },
      { type: 'IncidentClosed', data: { pool: poolA, reason } },
      { type: 'BackEndDatabaseReported', data: { pool: poolA, state: 'available', reason } },
    )
      .slice(1)
      .map((entry) => entry?.summary);
    expect(summaries).toHaveLength(5);
    for (const summary of summaries) expect(summary).toMatch(/: false alarm$/);
  });

  it('names the entry that caused it, where that was no command', () => {
    const [, , entry] = trail(outage(poolA), {
      ...arrived('c', poolA, 'x'),
      metadata: { causationId: 'event-2' },
    });
    expect(entry).toMatchObject({ causedBy: 'event-2', causationId: 'event-2', commandId: 'command-3' });
  });

  it('shows a refused command with the statements that refuse it', () => {
    expect(trail(refusal)[1]).toMatchObject({
      refused: true,
      command: 'modify-object',
      pool: poolA,
      because: ['outage/configuration/1'],
      summary: 'Refused modify-object by rule not-editable: It cannot be changed now.',
    });
  });

  it('does not exist for receipts and for the list of pairings', () => {
    const events: Told[] = [
      { type: 'PoolsPaired', data: { pairId, pools: [poolA, poolB] } },
      { type: 'CommandAnswered', data: { status: 200, answer: {}, etag: null } },
    ];
    expect(trail(...events).slice(1)).toEqual([null, null]);
  });

  it('tells every event of a failover in a sentence that names what it speaks of', () => {
    const entries = trail(
      workflow(poolA, 'help'),
      ...importedWorkflow(poolA, 'help'),
      agentRegistered('sip:ann@contoso.com', poolA),
      signedIn('sip:ann@contoso.com', poolA, 'g1'),
      signedOut('sip:ann@contoso.com', poolA, 'g1'),
      ...until(poolA, 'failed-back'),
      incidentClosed(poolA),
      modified(poolA, 'workflow', 'help', { anonymous: true }, 'Help'),
      removed(poolA, 'workflow', 'help'),
      arrived('c1', poolA, 'help'),
      connected('c1'),
      ended('c1'),
      placedOnBehalf('o1', poolA, 'help'),
    );
    expect(entries.map((entry) => entry?.summary)).toEqual([
      `Pools ${poolA} and ${poolB} registered as a pair`,
      `Created workflow "help" on ${poolA} with the Control Panel`,
      `Exported 1 object from ${poolA} to export-help.zip (written 2025-01-15 03:00:03Z)`,
      `Imported 1 object of export export-help into ${poolB}`,
      `Agent sip:ann@contoso.com registered, homed in ${poolA}`,
      `Agent sip:ann@contoso.com signed in to agent group g1 on ${poolA}`,
      `Agent sip:ann@contoso.com signed out of agent group g1 on ${poolA}`,
      `Outage declared for ${poolA} (back-end database unknown): power`,
      `Failover of ${poolA} to ${poolB} initiated in disaster mode`,
      `Failover of ${poolA} completed`,
      `Failback to ${poolA} initiated`,
      `Failback to ${poolA} completed`,
      `Incident of ${poolA} closed`,
      `Changed name, anonymous of workflow help on ${poolA} with the Management Shell`,
      `Removed workflow help from ${poolA} with the Management Shell`,
      `Call c1 arrived for response group help of ${poolA}`,
      'Call c1 connected to agent sip:ann@contoso.com',
      'Call c1 ended',
      `Agent sip:ann@contoso.com placed call o1 to tel:+1555 on behalf of response group help of ${poolA}`,
    ]);
  });
});

describe('the incident of an entry', () => {
  it('is that in whose course it was recorded, for calls and agents too', () => {
    const entries = trail(
      arrived('before', poolA, 'help'),
      outage(poolA),
      arrived('during', poolA, 'help'),
      ended('during'),
      outageEnded(poolA),
      arrived('after', poolA, 'help'),
    );
    expect(entries.map((entry) => entry?.incident)).toEqual([
      null,
      null,
      `${pairId}-1`,
      `${pairId}-1`,
      `${pairId}-1`,
      `${pairId}-1`,
      null,
    ]);
  });

  it('is that of the pool spoken of where both pools have one, else the later', () => {
    const entries = trail(
      outage(poolA),
      outage(poolB),
      arrived('a', poolA, 'x'),
      arrived('b', poolB, 'y'),
      ended('a'),
    );
    expect(entries.slice(3).map((entry) => entry?.incident)).toEqual([
      `${pairId}-1`,
      `${pairId}-2`,
      `${pairId}-2`,
    ]);
  });

  it('begins anew when the pool fails again after failback', () => {
    const entries = trail(...until(poolA, 'failed-back'), outage(poolA));
    expect(entries.map((entry) => entry?.incident).slice(-2)).toEqual([`${pairId}-1`, `${pairId}-2`]);
  });
});

describe('the trail of a pair', () => {
  const pairs = new Map([poolA, poolB].map((fqdn) => [fqdn, pairId]));
  const pairOf = (fqdn: string) => pairs.get(fqdn);
  const belongs = (told: Told, to = pairId, homePoolOf: Whereabouts['homePoolOf'] = () => undefined) =>
    recorded([told]).map((event) => concerns(event, to, { pairOf, homePoolOf }))[0];

  it('holds the streams of the pair: its own, its calls, its refusals', () => {
    for (const event of [outage(poolA), arrived('c', poolA, 'x'), ended('c'), refusal]) {
      expect(belongs(event)).toBe(true);
      expect(belongs(event, 'p2')).toBe(false);
    }
  });

  it('holds agents that are homed in its pools or signed in to a group there', () => {
    const ann = 'sip:ann@contoso.com';
    const elsewhere = 'pool-z.contoso.com';
    expect(belongs(agentRegistered(ann, poolB))).toBe(true);
    expect(belongs(agentRegistered(ann, elsewhere))).toBe(false);
    expect(belongs(signedIn(ann, poolA, 'g'))).toBe(true);
    expect(belongs(signedIn(ann, elsewhere, 'g'))).toBe(false);
    expect(belongs(signedOut(ann, elsewhere, 'g'), pairId, () => poolA)).toBe(true);
  });

  it('holds neither receipts nor the list of pairings', () => {
    expect(belongs({ type: 'PoolsPaired', data: { pairId, pools: [poolA, poolB] } })).toBe(false);
    expect(
      belongs({ type: 'CommandReceived', data: { command: 'x', fingerprint: 'f', commandId: 'c' } }),
    ).toBe(false);
  });
});

describe('the filters of the trail', () => {
  const shown = (filter: Parameters<typeof matches>[1]) =>
    trail(outage(poolA), { ...refusal, metadata: { actor: 'help-desk' } }).flatMap((entry) =>
      entry !== null && matches(entry, filter) ? [entry.position] : [],
    );

  it('pass everything where none is set', () => expect(shown({})).toEqual(['1', '2', '3']));
  it('pick an actor', () => expect(shown({ actor: 'help-desk' })).toEqual(['3']));
  it('pick a type', () => expect(shown({ type: 'OutageDeclared' })).toEqual(['2']));
  it('pick an incident', () => expect(shown({ incident: `${pairId}-1` })).toEqual(['2', '3']));
  it('pick a conversation', () => expect(shown({ correlationId: 'correlation-2' })).toEqual(['2']));
  it('pick what was refused, or what was not', () => {
    expect(shown({ refused: true })).toEqual(['3']);
    expect(shown({ refused: false })).toEqual(['1', '2']);
  });
  it('pick a span of when it happened, both ends included, in any offset', () => {
    expect(shown({ from: momentOf(2), to: momentOf(2) })).toEqual(['2']);
    expect(shown({ from: momentOf(2).replace('T03', 'T05').replace('Z', '+02:00') })).toEqual(['2', '3']);
  });
});

describe('What of the log is read for a filter', () => {
  const history = recorded([
    pairRegistered(),
    ...until(poolA, 'failed-back'),
    outage(poolA),
    outageEnded(poolA),
  ]);
  const incidents = foldOf(pairProjection, history)?.incidents ?? [];
  const families = (filter: Parameters<typeof scanRangeOf>[0]) => scanRangeOf(filter, incidents)?.families;

  it('is everything where none is set', () => {
    expect(scanRangeOf({}, incidents)).toEqual({
      families: ['pair', 'call', 'agent', 'refusals', 'dead-letters'],
    });
  });

  it('is the streams that hold the type', () => {
    expect(scanRangeOf({ type: 'CallArrived' }, incidents)).toEqual({
      families: ['call'],
      types: ['CallArrived'],
    });
    expect(families({ type: 'AgentSignedIn' })).toEqual(['agent']);
    expect(families({ type: 'ObjectCreated' })).toEqual(['pair']);
    expect(families({ type: 'CallsCutOff' })).toEqual(['pair']);
    expect(scanRangeOf({ type: 'CommandAnswered' }, incidents)).toBeNull();
  });

  it('is the refusals, or all but them', () => {
    expect(families({ refused: true })).toEqual(['refusals']);
    expect(families({ refused: false })).toEqual(['pair', 'call', 'agent', 'dead-letters']);
    expect(scanRangeOf({ refused: true, type: 'CallArrived' }, incidents)).toBeNull();
  });

  it('is what lies between the ends of an incident, which it may share with the one before', () => {
    const [first, second] = incidents.map(({ id }) => scanRangeOf({ incident: id }, incidents));
    expect(first).toMatchObject({ after: 0n, upTo: 7n });
    expect(second).toMatchObject({ after: 2n, upTo: 8n });
    expect(scanRangeOf({ incident: `${pairId}-3` }, incidents)).toBeNull();
  });

  it('never lacks what passes', () => {
    const log = recorded([
      pairRegistered(),
      ...until(poolA, 'failed-back'),
      arrived('a', poolA, 'x'),
      refusal,
      outage(poolA),
      agentRegistered('sip:ann@contoso.com', poolA),
      ended('a'),
      outageEnded(poolA),
    ]);
    const pair = foldOf(
      pairProjection,
      log.filter((event) => event.stream.startsWith('pair-')),
    );
    for (const filter of [
      ...[`${pairId}-1`, `${pairId}-2`].map((incident) => ({ incident })),
      ...[...new Set(log.map(({ type }) => type))].map((type) => ({ type })),
      { refused: true },
      { refused: false },
    ]) {
      const range = scanRangeOf(filter, pair?.incidents ?? []);
      for (const event of log) {
        const entry = auditEntry(event, pair?.incidents ?? []);
        if (entry === null || !matches(entry, filter)) continue;
        expect(event.position).toBeGreaterThan(range?.after ?? 0n);
        expect(event.position).toBeLessThanOrEqual(range?.upTo ?? event.position);
        expect(range?.families).toContain(describeStream(event.stream).family);
        expect(range?.types ?? [event.type]).toContain(event.type);
      }
    }
  });
});
