import { describe, expect, it } from '@jest/globals';
import { defaultApplicationSettings } from '../../../policy/application-settings.js';
import type { Properties } from '../../../events/vocabulary.js';
import {
  created,
  incidentClosed,
  failbackCompleted,
  modified,
  pairRegistered,
  poolA,
  poolB,
  removed,
  until,
  workflow,
} from '../../support/story.js';
import { momentOf, type Told } from '../../support/recorded.js';
import { after } from './asking.js';

const pair = pairRegistered();
const edited = (pool: string, anonymous = true) => modified(pool, 'workflow', 'help', { anonymous });

interface File {
  readonly anonymous?: boolean;
  readonly settings?: Properties;
  readonly removeExported?: boolean;
}

/** What the primary owns, exported from either pool. */
const exportOf = (
  pool: string,
  exportId: string,
  { anonymous = false, settings, removeExported = false }: File = {},
): Told => ({
  type: 'ResponseGroupsExported',
  data: {
    exportId,
    pool,
    owner: pool === poolA ? null : poolA,
    fileName: `${exportId}.zip`,
    removeExported,
    objects: [{ kind: 'workflow', id: 'help', name: 'help', owner: poolA, properties: { anonymous } }],
    applicationSettings: settings ?? defaultApplicationSettings,
  },
});
const importInto = (destination: string, exportId: string, replaceExistingSettings = false): Told => ({
  type: 'ResponseGroupsImported',
  data: {
    exportId,
    destination,
    overwriteOwner: destination === poolA,
    replaceExistingSettings,
    resolveNameConflicts: false,
    objects: [{ kind: 'workflow', id: 'help', name: 'help', owner: poolA }],
  },
});
const settings = (pool: string, properties: Properties): Told => ({
  type: 'ObjectModified',
  data: {
    pool,
    kind: 'application-settings',
    id: 'application-settings',
    name: null,
    properties,
    tool: 'managementShell',
  },
});

const standIn = [
  pair,
  workflow(poolA, 'help'),
  exportOf(poolA, 'nightly'),
  until(poolA, 'outage'),
  importInto(poolB, 'nightly'),
  until(poolA, 'failed-over', { after: 'outage' }),
];
const failedBack = [until(poolA, 'failed-back', { after: 'failed-over' })];

describe('While a pool is down, the loss meter', () => {
  it('stands at nothing where everything was exported and imported', () => {
    expect(after(standIn).readiness).toMatchObject({
      question: 'if-it-never-came-back',
      atStake: { total: 0 },
    });
  });

  it('counts what was changed and made since the export', () => {
    const { atStake } = after(
      pair,
      workflow(poolA, 'help'),
      exportOf(poolA, 'nightly'),
      edited(poolA),
      workflow(poolA, 'late'),
      until(poolA, 'outage'),
    ).readiness;
    expect(atStake).toEqual({ total: 2, by: { 'changed-since-export': 1, 'created-since-export': 1 } });
  });

  it('falls when the pool is exported after all, its database being up', () => {
    const down = [
      pair,
      workflow(poolA, 'help'),
      exportOf(poolA, 'nightly'),
      edited(poolA),
      until(poolA, 'outage'),
    ];
    expect(after(down).readiness.atStake.total).toBe(1);
    expect(after(down, exportOf(poolA, 'rescue', { anonymous: true })).readiness.atStake.total).toBe(0);
  });

  it('does not count what a file still holds, but says that it is not imported', () => {
    const pool = after(pair, workflow(poolA, 'help'), exportOf(poolA, 'nightly'), until(poolA, 'outage'));
    expect(pool.readiness).toMatchObject({ verdict: 'critical', atStake: { total: 0 } });
    expect(pool.finding('not-imported').action.powershell).toEqual([
      `Import-CsRgsConfiguration -Destination "service:ApplicationServer:${poolB}" -FileName "nightly.zip"`,
    ]);
    expect(after(standIn).found).not.toContain('not-imported');
  });

  it('counts what was made on the backup pool, and only since the incident began', () => {
    const before = created(poolB, 'queue', 'always-theirs');
    expect(after(pair, before, until(poolA, 'failed-over')).readiness.atStake.total).toBe(0);
    const pool = after(standIn, created(poolB, 'queue', 'made-there'));
    expect(pool.finding('created-on-backup')).toMatchObject({ atStake: 1, objects: [{ id: 'made-there' }] });
    expect(pool.readiness.atStake.total).toBe(1);
  });

  it('goes by when a file was written that shows what was made or removed on the backup pool', () => {
    const fileWritten = (writtenAt: string): Told => ({
      type: 'ResponseGroupsExported',
      data: {
        exportId: 'of-b',
        pool: poolB,
        owner: null,
        fileName: 'of-b.zip',
        removeExported: false,
        objects: [{ kind: 'queue', id: 'theirs', name: 'theirs', owner: poolB, properties: {} }],
        applicationSettings: defaultApplicationSettings,
        file: {
          contentHash: 'b'.repeat(64),
          bytes: 1_000,
          holdsSettings: true,
          taken: true,
          audio: [],
          findings: [],
          writtenAt,
          writtenAtFrom: 'entry-dates',
        },
      },
    });
    const shown: readonly Told[] = [
      { type: 'ObjectCreated', data: { ...created(poolB, 'queue', 'theirs').data, tool: null } },
      { type: 'ObjectRemoved', data: { ...removed(poolB, 'workflow', 'help').data, tool: null } },
    ];
    const before = [standIn, fileWritten(momentOf(1)), shown];
    expect(after(before).found).not.toContain('created-on-backup');
    const home = after(before, failedBack).found;
    expect(home).not.toContain('created-on-backup');
    expect(home).not.toContain('removed-on-backup');
    const since = [standIn, fileWritten(momentOf(9)), shown, failedBack];
    expect(after(since).finding('created-on-backup')).toMatchObject({ objects: [{ id: 'theirs' }] });
    expect(after(since).finding('removed-on-backup')).toMatchObject({ objects: [{ id: 'help' }] });
  });

  it('counts settings that were not carried, until they are', () => {
    const own = { ...defaultApplicationSettings, agentRingbackGracePeriod: 90 };
    const down = [
      pair,
      workflow(poolA, 'help'),
      settings(poolA, { agentRingbackGracePeriod: 90 }),
      exportOf(poolA, 'nightly', { settings: own }),
      until(poolA, 'outage'),
      importInto(poolB, 'nightly'),
    ];
    expect(after(down).readiness.atStake.by).toEqual({ 'settings-not-carried': 1 });
    // Not another import of an old file: that would bring its objects as well, over what was changed since.
    expect(after(down).finding('settings-not-carried').action.powershell).toEqual([
      `Export-CsRgsConfiguration -Source "service:ApplicationServer:${poolB}" -FileName "${poolB}-export-3.zip"`,
      `Set-CsRgsConfiguration -Identity "service:ApplicationServer:${poolB}" -AgentRingbackGracePeriod 90 -DisableCallContext $false -DefaultMusicOnHoldFile $null`,
    ]);
    expect(after(down, importInto(poolB, 'nightly', true)).readiness.atStake.total).toBe(0);
    expect(after(down, settings(poolB, { agentRingbackGracePeriod: 90 })).readiness.atStake.total).toBe(0);
  });

  it('does not count what is changed on the backup pool, but says that it has to come home', () => {
    const pool = after(standIn, edited(poolB));
    expect(pool.readiness.atStake.total).toBe(0);
    expect(pool.finding('edited-on-backup').objects).toMatchObject([{ id: 'help', parent: poolB }]);
  });
});

describe('Once the pool is back, the loss meter', () => {
  const away = [standIn.flat(), edited(poolB), failedBack.flat()].flat();

  it('counts what was changed on the backup pool until export and import have brought it home', () => {
    expect(after(away).readiness).toMatchObject({
      question: 'what-is-to-come-home',
      atStake: { total: 1, by: { 'to-bring-home': 1 } },
    });
    const exported = exportOf(poolB, 'homeward', { anonymous: true });
    expect(after(away, exported).readiness.atStake.total).toBe(1);
    expect(after(away, exported, importInto(poolA, 'homeward')).readiness.atStake).toEqual({
      total: 0,
      by: {},
    });
  });

  it('is not taken in by the file from before the outage', () => {
    expect(after(away, importInto(poolA, 'nightly')).readiness.atStake.total).toBe(1);
  });

  it('counts again what was changed between export and the end of failback', () => {
    const early = [
      standIn.flat(),
      edited(poolB),
      exportOf(poolB, 'early', { anonymous: true }),
      modified(poolB, 'workflow', 'help', { active: true }),
      failedBack.flat(),
      importInto(poolA, 'early'),
    ].flat();
    expect(after(early).readiness.atStake.total).toBe(1);
  });

  it('does not count what was removed on the backup pool alone, but says where to remove it', () => {
    const cleared = [standIn.flat(), removed(poolB, 'workflow', 'help'), failedBack.flat()].flat();
    const pool = after(cleared);
    expect(pool.readiness.atStake.total).toBe(0);
    expect(pool.finding('removed-on-backup')).toMatchObject({
      objects: [{ id: 'help', parent: poolB }],
      action: { powershell: [expect.stringContaining('Remove-CsRgsWorkflow')] },
    });
    expect(after(cleared, removed(poolA, 'workflow', 'help')).found).not.toContain('removed-on-backup');
    const tidy = exportOf(poolB, 'tidy', { removeExported: true });
    expect(after(standIn, failedBack, tidy).found).not.toContain('removed-on-backup');
  });

  it('stays at zero when the pool is changed afterwards: that is newer, not lost', () => {
    const home = [
      away,
      exportOf(poolB, 'homeward', { anonymous: true }),
      importInto(poolA, 'homeward'),
    ].flat();
    expect(after(home, modified(poolA, 'workflow', 'help', { active: true })).readiness.atStake.total).toBe(
      0,
    );
  });

  it('does not count what was only imported, nor what was changed and changed back', () => {
    expect(after(standIn, failedBack).readiness.atStake.total).toBe(0);
    expect(after(standIn, edited(poolB), edited(poolB, false), failedBack).readiness.atStake.total).toBe(0);
  });

  it('leaves what was made on the backup pool to the administrator, for no export brings it home', () => {
    const pool = after(standIn, created(poolB, 'queue', 'made-there'), failedBack);
    expect(pool.finding('created-on-backup').atStake).toBe(0);
    expect(pool.readiness.atStake.total).toBe(0);
  });

  it('still warns after the incident was closed with something away', () => {
    expect(after(away, incidentClosed(poolA)).readiness.atStake.by).toMatchObject({ 'to-bring-home': 1 });
  });
});

describe('Application settings that were carried to the backup pool', () => {
  const own = { ...defaultApplicationSettings, agentRingbackGracePeriod: 90 };
  const carried = [
    pair,
    workflow(poolA, 'help'),
    settings(poolA, { agentRingbackGracePeriod: 90 }),
    settings(poolB, { disableCallContext: true }),
    exportOf(poolA, 'nightly', { settings: own }),
    until(poolA, 'outage'),
    importInto(poolB, 'nightly', true),
    until(poolA, 'failing-back', { after: 'outage' }),
  ];

  it('have overwritten those that it had, which the finding sets again', () => {
    const pool = after(carried, failbackCompleted(poolA));
    expect(pool.finding('backup-settings-overwritten').action.powershell).toEqual([
      `Set-CsRgsConfiguration -Identity "service:ApplicationServer:${poolB}" -AgentRingbackGracePeriod 60 -DisableCallContext $true -DefaultMusicOnHoldFile $null`,
    ]);
    const restored = settings(poolB, { agentRingbackGracePeriod: 60, disableCallContext: true });
    expect(after(carried, failbackCompleted(poolA), restored).readiness).toMatchObject({ verdict: 'ready' });
  });

  it('set there by hand have overwritten those that it had just as well', () => {
    const byHand = [
      pair,
      workflow(poolA, 'help'),
      settings(poolA, { agentRingbackGracePeriod: 90 }),
      settings(poolB, { disableCallContext: true }),
      exportOf(poolA, 'nightly', { settings: own }),
      until(poolA, 'outage'),
      settings(poolB, { agentRingbackGracePeriod: 90 }),
      settings(poolB, { disableCallContext: false }),
    ];
    expect(after(byHand).found).not.toContain('settings-not-carried');
    const back = [byHand.flat(), until(poolA, 'failed-back', { after: 'outage' })].flat();
    expect(after(back).finding('backup-settings-overwritten').action.powershell).toEqual([
      `Set-CsRgsConfiguration -Identity "service:ApplicationServer:${poolB}" -AgentRingbackGracePeriod 60 -DisableCallContext $true -DefaultMusicOnHoldFile $null`,
    ]);
    const restored = settings(poolB, { agentRingbackGracePeriod: 60, disableCallContext: true });
    expect(after(back, restored).found).not.toContain('backup-settings-overwritten');
  });

  it('are to come home where they were changed there, with the switch that carries them', () => {
    const there = { ...own, agentRingbackGracePeriod: 120 };
    const changed = [
      carried.flat(),
      settings(poolB, { agentRingbackGracePeriod: 120 }),
      failbackCompleted(poolA),
    ].flat();
    expect(after(changed).readiness.atStake.by).toEqual({ 'settings-to-bring-home': 1 });
    const file = exportOf(poolB, 'homeward', { settings: there });
    expect(after(changed, file, importInto(poolA, 'homeward')).readiness.atStake.total).toBe(1);
    expect(after(changed, file, importInto(poolA, 'homeward', true)).readiness.atStake.total).toBe(0);
  });
});
