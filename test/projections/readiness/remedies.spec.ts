import { describe, expect, it } from '@jest/globals';
import { defaultApplicationSettings } from '../../../policy/application-settings.js';
import {
  agentGroup,
  ann,
  annIsHomedIn,
  created,
  databaseReported,
  incidentClosed,
  modified,
  outage,
  outageEnded,
  pairRegistered,
  poolA,
  poolB,
  removed,
  signedIn,
  signedOut,
  until,
  workflow,
} from '../../support/story.js';
import type { Properties } from '../../../events/vocabulary.js';
import type { Told } from '../../support/recorded.js';
import { after } from './asking.js';

const pair = pairRegistered();

interface Content {
  readonly kind: 'workflow' | 'queue' | 'holiday-set';
  readonly id: string;
  readonly name?: string;
  readonly properties?: Properties;
}

const exportOf = (exportId: string, objects: readonly Content[], pool = poolA): Told => ({
  type: 'ResponseGroupsExported',
  data: {
    exportId,
    pool,
    owner: pool === poolA ? null : poolA,
    fileName: `${exportId}.zip`,
    removeExported: false,
    objects: objects.map(({ name, properties = {}, ...object }) => ({
      ...object,
      name: name ?? object.id,
      owner: poolA,
      properties,
    })),
    applicationSettings: defaultApplicationSettings,
  },
});
const importInto = (destination: string, exportId: string, objects: readonly Content[]): Told => ({
  type: 'ResponseGroupsImported',
  data: {
    exportId,
    destination,
    overwriteOwner: destination === poolA,
    replaceExistingSettings: false,
    resolveNameConflicts: false,
    objects: objects.map(({ kind, id, name }) => ({ kind, id, name: name ?? id, owner: poolA })),
  },
});
const desk: Content = { kind: 'workflow', id: 'desk', properties: { anonymous: false } };
const sales: Content = { kind: 'workflow', id: 'sales', properties: { anonymous: false } };

describe('What was changed on the backup pool', () => {
  const edited = [
    pair,
    workflow(poolA, 'desk'),
    exportOf('first', [desk]),
    until(poolA, 'outage'),
    importInto(poolB, 'first', [desk]),
    modified(poolB, 'workflow', 'desk', { anonymous: true }),
  ];

  it('is not overwritten by the import of what is missing there: the line is not printed, and it is named', () => {
    const pool = after(edited, workflow(poolA, 'sales'), exportOf('second', [desk, sales]));
    const { action } = pool.finding('not-imported');
    expect(action.text).toContain('would also undo what was changed there: workflow desk');
    expect(action.powershell.filter((line) => line.startsWith('Import'))).toEqual([]);
  });

  it('is no obstacle where the file has the same, or it came home before', () => {
    const same = exportOf('second', [{ ...desk, properties: { anonymous: true } }, sales]);
    const { action } = after(edited, workflow(poolA, 'sales'), same).finding('not-imported');
    expect(action.powershell).toEqual([
      `Import-CsRgsConfiguration -Destination "service:ApplicationServer:${poolB}" -FileName "second.zip"`,
    ]);
  });

  it('comes home by hand where an import would undo what only the pool has', () => {
    const home = [
      edited.flat(),
      until(poolA, 'failed-back', { after: 'outage' }),
      modified(poolA, 'workflow', 'desk', { active: true }),
    ].flat();
    const { action } = after(home).finding('to-bring-home');
    expect(action.text).toContain('would undo what was changed on pool-a.contoso.com: workflow desk');
    expect(action.powershell.filter((line) => line.startsWith('Import'))).toEqual([]);
    expect(
      after(edited.flat(), until(poolA, 'failed-back', { after: 'outage' })).finding('to-bring-home').action
        .powershell,
    ).toHaveLength(2);
  });

  it('is not removed with the copies that an incident left, before it is home', () => {
    const left = [
      edited.flat(),
      until(poolA, 'failed-back', { after: 'outage' }),
      incidentClosed(poolA),
    ].flat();
    expect(after(left).finding('leftover-copy').action.powershell).toEqual([]);
    const unchanged = [
      edited.slice(0, -1).flat(),
      until(poolA, 'failed-back', { after: 'outage' }),
      incidentClosed(poolA),
    ].flat();
    expect(after(unchanged).finding('leftover-copy').action.powershell.at(0)).toMatch(
      /-RemoveExportedConfiguration$/,
    );
  });
});

describe('While a pool is down', () => {
  const down = [pair, workflow(poolA, 'desk'), exportOf('first', []), until(poolA, 'outage')];

  it('no line exports it before its database is on record as up', () => {
    const { action } = after(down).finding('created-since-export');
    expect(action.powershell).toEqual([]);
    expect(action.text).toContain('report-back-end-database');
    const up = after(down, databaseReported(poolA, 'available')).finding('created-since-export');
    expect(up.action.powershell).toHaveLength(1);
  });
});

describe('A pool that serves, and whose database is on record as unavailable', () => {
  it('is told so until the database is reported as up', () => {
    const back = [pair, until(poolA, 'failed-back', { backEndDatabase: 'unavailable' })];
    expect(after(back).found).toContain('database-recorded-unavailable');
    expect(after(back, incidentClosed(poolA)).finding('database-recorded-unavailable')).toMatchObject({
      severity: 'warning',
      action: { text: expect.stringContaining('report-back-end-database') },
    });
    expect(after(back, databaseReported(poolA, 'available')).found).not.toContain(
      'database-recorded-unavailable',
    );
    expect(after(pair, until(poolA, 'outage', { backEndDatabase: 'unavailable' })).found).not.toContain(
      'database-recorded-unavailable',
    );
  });
});

describe('A name that an object came home with', () => {
  const set: Content = { kind: 'holiday-set', id: 'days', name: 'Holidays' };
  const home = [
    pair,
    created(poolA, 'holiday-set', 'days', {}, 'Holidays'),
    created(poolB, 'holiday-set', 'others', {}, 'Holidays'),
    exportOf('nightly', [set]),
    until(poolA, 'outage'),
    importInto(poolB, 'nightly', [{ ...set, name: 'Holidays (2)' }]),
    until(poolA, 'failed-back', { after: 'outage' }),
    exportOf('homeward', [{ ...set, name: 'Holidays (2)' }], poolB),
    importInto(poolA, 'homeward', [{ ...set, name: 'Holidays (2)' }]),
    incidentClosed(poolA),
  ];

  it('clashes no longer, though the old file has it still; that is told, and goes away with a new export', () => {
    const pool = after(home);
    expect(pool.found).not.toContain('name-clash');
    const finding = pool.finding('export-clashes');
    expect(finding).toMatchObject({ severity: 'warning', objects: [{ id: 'others' }] });
    expect(finding.detail).toContain('holiday-set "Holidays" is "Holidays (2)" here now');
    expect(finding.action.powershell[0]).toMatch(/^Export-CsRgsConfiguration/);
    const again = exportOf('again', [{ ...set, name: 'Holidays (2)' }]);
    expect(after(home, again).found).not.toContain('export-clashes');
  });

  it('clashes while the pool is down, for nothing but the file is left', () => {
    expect(after(home, until(poolA, 'outage')).found).toContain('name-clash');
  });
});

describe('Holiday sets in use', () => {
  const setWith = (...ends: readonly string[]) => [
    pair,
    created(
      poolA,
      'holiday-set',
      'days',
      { holidayList: ends.map((endDate) => ({ name: 'Day', startDate: '2024-01-01', endDate })) },
      'Days_6f9619ff-8b86-d011-b42d-00c04fc964ff',
    ),
    created(poolA, 'workflow', 'desk', { holidaySetIdList: ['days'] }),
  ];
  const holidays = (found: readonly string[]): readonly string[] =>
    found.filter((id) => id.startsWith('holidays'));

  // The story begins on 15 January 2025.
  it.each([
    [['2024-12-27'], ['holidays-over']],
    [['2024-12-24T12:00:00+11:00', '2024-12-27T00:00:00'], ['holidays-over']],
    [[], ['holidays-over']],
    [['2024-12-27', '2025-02-01T12:00:00+11:00'], ['holidays-end-soon']],
    [['2024-12-27', '2025-12-27'], []],
    [['2024-12-27', 'the day after'], []],
  ])('with the ends %j are told as %j', (ends, expected) => {
    expect(holidays(after(setWith(...ends)).found)).toEqual(expected);
  });

  it('are named without the GUID, and renewed by the cmdlets', () => {
    const finding = after(setWith('2024-12-27')).finding('holidays-over');
    expect(finding.detail).toContain('"Days" (over on 2024-12-27)');
    expect(finding.action.powershell).toHaveLength(3);
  });

  it('are no matter where no workflow uses them', () => {
    expect(holidays(after(setWith('2024-12-27'), removed(poolA, 'workflow', 'desk')).found)).toEqual([]);
  });
});

describe('Agents whose home pool is not known', () => {
  const uris = Array.from({ length: 250 }, (_, number) => `sip:agent-${number}@contoso.com`);

  it('are looked up in one line of bounded length, however many there are', () => {
    const { action, detail } = after(pair, agentGroup(poolA, 'g', { agentsByUri: uris })).finding(
      'agents-not-known',
    );
    expect(action.powershell).toHaveLength(1);
    expect(action.powershell[0]?.match(/sip:/g)).toHaveLength(200);
    expect(action.text).toContain('the first 200 now and then the other 50');
    expect(detail).toBe('The home pool is not registered of 250 agents of 1 group.');
  });

  it('are counted once, whatever the case of their address', () => {
    const groups = [
      agentGroup(poolA, 'g', { agentsByUri: ['sip:kim@contoso.com'] }),
      agentGroup(poolA, 'h', { agentsByUri: ['sip:KIM@contoso.com'] }),
    ];
    expect(after(pair, groups).finding('agents-not-known').detail).toBe(
      'The home pool is not registered of 1 agent of 2 groups.',
    );
  });
});

describe('Formal groups that nobody has signed in to again', () => {
  const formal = { participationPolicy: 'Formal', agentsByUri: [ann] };
  const before = [
    annIsHomedIn(poolA),
    agentGroup(poolA, 'g', formal),
    signedIn(ann, poolA, 'g'),
    until(poolA, 'failed-back'),
  ];
  const closed = [pair, before.flat(), incidentClosed(poolA)].flat();

  it('are told after the incident was closed as well, until somebody signs in', () => {
    expect(after(closed).finding('sign-in-debt').objects).toMatchObject([{ id: 'g', parent: poolA }]);
    expect(after(closed, signedIn(ann, poolA, 'g')).found).not.toContain('sign-in-debt');
    const home = [signedIn(ann, poolA, 'g'), signedOut(ann, poolA, 'g')];
    expect(after(closed, home).found).not.toContain('sign-in-debt');
    expect(after(closed, removed(poolA, 'agent-group', 'g')).found).not.toContain('sign-in-debt');
  });

  it('are those that went through it: not one that was made since, nor after an outage without a failover', () => {
    const late = after(closed, signedIn(ann, poolA, 'g'), agentGroup(poolA, 'late', formal));
    expect(late.found).not.toContain('sign-in-debt');
    const mistaken = [outage(poolA), outageEnded(poolA)];
    expect(after(pair, before.slice(0, 3), mistaken).found).not.toContain('sign-in-debt');
    expect(after(closed, signedIn(ann, poolA, 'g'), mistaken).found).not.toContain('sign-in-debt');
  });

  it('are none where the pair reads that sign-ins outlive the failure', () => {
    const kept = pairRegistered({ 'sign-in-after-failback': 'kept' });
    expect(after(kept, before).found).not.toContain('sign-in-debt');
    expect(after(kept, before, incidentClosed(poolA)).found).not.toContain('sign-in-debt');
    expect(after(pair, before).found).toContain('sign-in-debt');
    const chosenLater = {
      type: 'ReadingChosen',
      data: { pool: poolA, reading: 'sign-in-after-failback', choice: 'kept' },
    } as const;
    expect(after(pair, before, chosenLater).found).not.toContain('sign-in-debt');
  });
});
