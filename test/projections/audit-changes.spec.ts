import { deserialize, serialize } from 'node:v8';
import { describe, expect, it } from '@jest/globals';
import type { Properties } from '../../events/vocabulary.js';
import type { AuditEntry } from '../../projections/audit-trail/entry.js';
import { auditEntry } from '../../projections/audit-trail/entry.js';
import { changeLines, changesMadeBy } from '../../projections/audit-trail/changed.js';
import { charactersAtMost, pair, type PairState } from '../../projections/pair/fold.js';
import { pairRegistered, poolA, poolB } from '../support/story.js';
import { recorded, type Told } from '../support/recorded.js';
import { foldOf } from './folding.js';

const created = (
  kind: 'workflow' | 'queue',
  id: string,
  name: string,
  properties: Properties = {},
): Told => ({
  type: 'ObjectCreated',
  data: { pool: poolA, kind, id, name, properties, tool: null },
});
const changed = (id: string, properties: Properties, name: string | null = null): Told => ({
  type: 'ObjectModified',
  data: { pool: poolA, kind: 'workflow', id, name, properties, tool: 'managementShell' },
});
const toQueue = (queueId: string): Properties => ({ defaultAction: { action: 'TransferToQueue', queueId } });
const exported = (
  objects: readonly { readonly id: string; readonly name: string; readonly properties: Properties }[],
): Told => ({
  type: 'ResponseGroupsExported',
  data: {
    exportId: 'e-1',
    pool: poolA,
    owner: null,
    fileName: 'night.zip',
    removeExported: false,
    objects: objects.map((object) => ({ kind: 'workflow', owner: poolA, ...object })),
    applicationSettings: {},
    file: null,
  },
});

function trailOf(events: readonly Told[]): readonly (AuditEntry | null)[] {
  const log = recorded([pairRegistered(), ...events]);
  const state = foldOf(pair, log);
  return log.map((event) => {
    const caused = log.filter(({ metadata }) => metadata.causationId === event.id);
    return auditEntry(event, [], [], changesMadeBy(event, state?.changes, caused));
  });
}

describe('The audit trail', () => {
  it('says of a change which object it was, and the values before and after, with the names behind ids', () => {
    const entry = trailOf([
      created('queue', 'q-1', 'Front'),
      created('queue', 'q-2', 'Back'),
      created('workflow', 'w-1', 'Orders', { ...toQueue('q-1'), lineUri: 'TEL:+49401' }),
      changed('w-1', { ...toQueue('q-2'), lineUri: 'TEL:+49402' }, 'Sales'),
    ]).at(-1);
    expect(entry?.changes).toEqual([
      {
        change: 'modified',
        kind: 'workflow',
        id: 'w-1',
        name: 'Sales',
        pool: poolA,
        differences: [
          { property: 'Name', before: 'Orders', after: 'Sales' },
          {
            property: 'DefaultAction.QueueId',
            before: 'q-1',
            after: 'q-2',
            beforeName: 'Front',
            afterName: 'Back',
          },
          { property: 'LineUri', before: 'TEL:+49401', after: 'TEL:+49402' },
        ],
        moreDifferences: 0,
      },
    ]);
    expect(entry?.summary).toBe(
      `Changed workflow "Sales" on ${poolA} with the Management Shell: Name: Orders → Sales; DefaultAction.QueueId: Front (q-1) → Back (q-2); LineUri: TEL:+49401 → TEL:+49402`,
    );
  });

  it('goes on naming what was removed, and what a value was before later changes', () => {
    const trail = trailOf([
      created('workflow', 'w-1', 'Orders', { lineUri: 'TEL:+49401' }),
      changed('w-1', { lineUri: 'TEL:+49402' }),
      changed('w-1', { lineUri: 'TEL:+49403' }),
      { type: 'ObjectRemoved', data: { pool: poolA, kind: 'workflow', id: 'w-1', tool: null } },
    ]);
    expect(trail.slice(3).map((entry) => entry?.summary)).toEqual([
      `Changed workflow "Orders" on ${poolA} with the Management Shell: LineUri: TEL:+49402 → TEL:+49403`,
      `Removed workflow "Orders" from ${poolA}`,
    ]);
    expect(trail[2]?.changes?.[0]?.differences).toEqual([
      { property: 'LineUri', before: 'TEL:+49401', after: 'TEL:+49402' },
    ]);
  });

  it('says of an export what its file showed, and of an import what it replaced', () => {
    const file = exported([{ id: 'w-1', name: 'Orders', properties: { lineUri: 'TEL:+49402' } }]);
    const cause = { metadata: { causationId: 'event-3' } };
    const trail = trailOf([
      created('workflow', 'w-1', 'Orders', { lineUri: 'TEL:+49401' }),
      file,
      { ...created('queue', 'q-9', 'Late'), ...cause },
      { ...changed('w-1', { lineUri: 'TEL:+49402' }), ...cause },
      changed('w-1', { lineUri: 'TEL:+49403' }),
      {
        type: 'ResponseGroupsImported',
        data: {
          exportId: 'e-1',
          destination: poolA,
          overwriteOwner: false,
          replaceExistingSettings: false,
          resolveNameConflicts: false,
          objects: [{ kind: 'workflow', id: 'w-1', name: 'Orders', owner: poolB }],
        },
      },
    ]);
    expect(trail[2]?.changes?.map(({ change, name }) => [change, name])).toEqual([
      ['created', 'Late'],
      ['modified', 'Orders'],
    ]);
    expect(trail[2]?.summary).toMatch(
      /, and showed new queue "Late", workflow "Orders" \(LineUri: TEL:\+49401 → TEL:\+49402\)$/,
    );
    expect(trail.at(-1)?.summary).toMatch(
      /; it changed workflow "Orders" \(Owner: pool-a\S* → pool-b\S*; LineUri: TEL:\+49403 → TEL:\+49402\)$/,
    );
    expect(changeLines(trail[2]?.changes ?? [], 4)).toBe(
      'new queue "Late"\nworkflow "Orders": LineUri: TEL:+49401 → TEL:+49402\nand 4 more objects',
    );
  });

  it('keeps no more than a bound, lets the oldest go, and goes on from a snapshot as if it had never stopped', () => {
    const long = 'x'.repeat(100_000);
    const log = recorded([
      pairRegistered(),
      created('workflow', 'w-1', 'Orders'),
      ...Array.from({ length: 100 }, (_, index) => changed('w-1', { description: `${long}${index}` })),
    ]);
    const state = foldOf(pair, log);
    expect(state?.changes?.characters).toBeLessThanOrEqual(charactersAtMost);
    expect(state?.changes?.byEvent.has(log[2]?.id ?? '')).toBe(false);
    expect(state?.changes?.byEvent.has(log.at(-1)?.id ?? '')).toBe(true);
    const half = deserialize(serialize(foldOf(pair, log.slice(0, 60)))) as PairState;
    expect(log.slice(60).reduce(pair.apply, half)?.changes).toEqual(state?.changes);
  });
});
