import { describe, expect, it } from '@jest/globals';
import type { PoolkeeperEvent } from '../../events/registry.js';
import { inForce } from '../../facts/in-force.js';
import { recorded } from '../support/recorded.js';
import { paired, poolA, poolB } from '../support/story.js';

const outage: PoolkeeperEvent = {
  type: 'OutageDeclared',
  data: { pool: poolA, backEndDatabase: 'unknown', reason: null, site: null },
};
const struck = { eventType: 'OutageDeclared', revision: '1', pool: poolA, reason: 'A drill' };
const retracted = (eventId: string): PoolkeeperEvent => ({
  type: 'EventRetracted',
  data: { eventId, ...struck },
});
const retimed = (eventId: string, occurredAt: string): PoolkeeperEvent => ({
  type: 'EventTimeCorrected',
  data: { eventId, ...struck, occurredAt, before: '2025-01-15T03:00:02.000Z' },
});
const [early, earlier] = ['2025-01-15T02:30:00.000Z', '2025-01-15T02:00:00.000Z'];
const idsOf = (events: readonly { readonly id: string }[]): readonly string[] => events.map(({ id }) => id);

describe('The facts in force', () => {
  it('are all that was recorded while nothing was corrected', () => {
    const log = recorded([paired, outage]);
    expect(inForce(log)).toBe(log);
  });

  it('go without what was retracted, from the retraction on', () => {
    const log = recorded([paired, outage, retracted('event-2')]);
    expect(idsOf(inForce(log))).toEqual(['event-1', 'event-3']);
    expect(idsOf(inForce(log.slice(0, 2)))).toEqual(['event-1', 'event-2']);
  });

  it('have the time that was corrected last', () => {
    const log = recorded([paired, outage, retimed('event-2', early), retimed('event-2', earlier)]);
    const timeAfter = (events: number): unknown =>
      inForce(log.slice(0, events)).find(({ id }) => id === 'event-2')?.metadata.occurredAt;
    expect([timeAfter(2), timeAfter(3), timeAfter(4)]).toEqual(['2025-01-15T03:00:02.000Z', early, earlier]);
  });

  it('go without what a retracted file brought, and keep the other times of a command', () => {
    const exported: PoolkeeperEvent = {
      type: 'ResponseGroupsExported',
      data: {
        exportId: 'export-1',
        pool: poolB,
        owner: null,
        fileName: 'b.zip',
        removeExported: false,
        objects: [],
        applicationSettings: {},
      },
    };
    const brought: PoolkeeperEvent = {
      type: 'ObjectRemoved',
      data: { pool: poolB, kind: 'queue', id: 'calls', tool: null },
    };
    const log = recorded([
      paired,
      exported,
      { ...brought, metadata: { causationId: 'event-2' } },
      brought,
      {
        type: 'EventRetracted',
        data: { eventId: 'event-2', eventType: 'ResponseGroupsExported', revision: '1', reason: 'Mistaken' },
      },
    ]);
    expect(idsOf(inForce(log))).toEqual(['event-1', 'event-4', 'event-5']);
  });
});
