/** Readiness and runbook of a pair whose backup service replicates response groups. */
import { describe, expect, it } from '@jest/globals';
import type { PoolkeeperEvent } from '../../../events/registry.js';
import type { ReplicationState } from '../../../events/vocabulary.js';
import { momentOf } from '../../support/recorded.js';
import {
  failbackCompleted,
  failbackInitiated,
  modified,
  pairRegistered,
  poolA,
  poolB,
  until,
  workflow,
} from '../../support/story.js';
import { after } from './asking.js';

const set = (
  data: { update?: boolean; seeded?: boolean; enabled?: boolean },
  pool = poolA,
): PoolkeeperEvent => ({
  type: 'ReplicationSet',
  data: { pool, ...data },
});
const reported = (state: ReplicationState, pool = poolA, at?: string): PoolkeeperEvent => ({
  type: 'ReplicationReported',
  data: { pool, state, ...(at === undefined ? {} : { at }) },
});
const takesNothingIn: PoolkeeperEvent = {
  type: 'ReplicationReported',
  data: { pool: poolB, state: 'SteadyState', importState: 'ErrorState' },
};
const group = workflow(poolA, 'help');
const on = [pairRegistered(), set({ enabled: true }), group];
/** A file of what the pool owns, with these workflows. */
const exported = (...workflows: readonly (readonly [id: string, anonymous: boolean])[]): PoolkeeperEvent => ({
  type: 'ResponseGroupsExported',
  data: {
    exportId: 'later',
    pool: poolA,
    owner: null,
    fileName: 'later.zip',
    removeExported: false,
    objects: workflows.map(([id, anonymous]) => ({
      kind: 'workflow',
      id,
      name: id,
      owner: poolA,
      properties: { anonymous },
    })),
    applicationSettings: {},
  },
});
const status = (pool: string): string => `Get-CsBackupServiceStatus -PoolFqdn "${pool}" -Category RGS`;
const imports = (lines: readonly string[]): readonly string[] =>
  lines.filter((line) => /^(Import|Export)-CsRgsConfiguration/.test(line) && line.includes('-Owner'));

describe('Readiness of a pair that replicates', () => {
  it('asks for no export and no import while all is there', () => {
    const { readiness } = after(on, reported('SteadyState'));
    expect(readiness.findings.map(({ id }) => id)).not.toEqual(
      expect.arrayContaining([expect.stringMatching(/export|import|pre-staged/)]),
    );
    expect(readiness.atStake.total).toBe(0);
  });

  it.each([
    ['replication-not-reported', [], 'Get-CsBackupServiceStatus'],
    ['replication-not-initialized', [reported('NotInitialized')], 'Set-CsBackupServiceConfiguration'],
    ['replication-backlog', [reported('NonSteadyState')], 'Backup-CsPool'],
    ['replication-error', [reported('ErrorState')], 'Invoke-CsBackupServiceSync'],
    ['replication-not-seeded', [set({ seeded: false })], 'Invoke-CsRgsStoreReplicateData'],
    ['replication-import-error', [takesNothingIn], 'Invoke-CsBackupServiceSync'],
    ['replication-one-sided', [set({ update: false }, poolB)], 'Install-CsDatabase'],
  ] as const)('finds %s, and what mends it', (id, events, cmdlet) => {
    const found = after(on, events).finding(id);
    expect(found.action.powershell[0]).toContain(cmdlet);
    expect(found.action.powershell.at(-1)).toBe(status(poolA));
    expect(found.sources).toContain('replication');
  });

  it('tells what came after the last good replication, and that nobody has looked for long', () => {
    const changed = after(
      on,
      reported('SteadyState'),
      workflow(poolA, 'new'),
      modified(poolA, 'workflow', 'help', { anonymous: true }),
    );
    expect(changed.finding('changed-since-replication')).toMatchObject({
      atStake: 2,
      objects: [{ id: 'help' }, { id: 'new' }],
    });
    expect(changed.found).not.toContain('replication-too-old');
    expect(changed.later(25).finding('replication-too-old').detail).toContain('25 hours old');
  });

  it('finds a replicated copy that is older than the file of its owner once nothing is replicated any more', () => {
    const edit = modified(poolA, 'workflow', 'help', { anonymous: true });
    const off = [edit, exported(['help', true]), set({ enabled: false })];
    const older = after(on, reported('SteadyState'), off);
    expect(older.finding('copy-outdated').objects).toMatchObject([{ id: 'help' }]);
    expect(older.step('pre-stage')).toMatchObject({ state: 'now' });
    const down = after(on, reported('SteadyState'), off, until(poolA, 'outage'));
    expect(down.finding('copy-outdated').objects).toMatchObject([{ id: 'help' }]);
    expect(down.step('import-to-backup')).toMatchObject({ state: 'now' });
    const same = after(on, exported(['help', false]), edit, reported('SteadyState'), set({ enabled: false }));
    expect(same.found).not.toContain('copy-outdated');
  });

  it('says that what was changed on the partner is taken to come home by itself', () => {
    const home = after(
      on,
      reported('SteadyState'),
      until(poolA, 'failed-over'),
      modified(poolB, 'workflow', 'help', { anonymous: true }),
      failbackInitiated(poolA),
      failbackCompleted(poolA),
    );
    expect(home.finding('to-bring-home').action.powershell).toEqual([status(poolB)]);
  });
});

describe('The runbook of a pair that replicates', () => {
  it('prints the status check, and no import on the way there and back', () => {
    const away = [
      on,
      reported('SteadyState'),
      until(poolA, 'failed-over'),
      modified(poolB, 'workflow', 'help', { anonymous: true }),
    ];
    const back = [...away, failbackInitiated(poolA), failbackCompleted(poolA)];
    for (const events of [
      [on, reported('SteadyState')],
      away,
      back,
      [...back, reported('SteadyState', poolB)],
    ]) {
      const { steps } = after(...events).runbook;
      expect(imports(steps.flatMap(({ powershell }) => powershell))).toEqual([]);
      expect(steps.find(({ id }) => id === 'import-to-backup')).toMatchObject({ state: 'not-needed' });
    }
    expect(after(on, reported('SteadyState')).step('check-replication')).toMatchObject({
      state: 'done',
      powershell: [status(poolA)],
    });
    expect(after(...back).step('check-replication-home')).toMatchObject({
      state: 'now',
      powershell: [status(poolB)],
    });
    expect(after(...back, reported('SteadyState', poolB)).step('check-replication-home')).toMatchObject({
      state: 'done',
    });
  });

  it.each([
    ['replication stopped', [reported('SteadyState'), workflow(poolA, 'new'), reported('ErrorState')]],
    ['it is behind', [reported('SteadyState'), workflow(poolA, 'new'), reported('NonSteadyState')]],
    ['it was not seeded', [set({ seeded: false }), reported('SteadyState')]],
  ] as const)('demands the import of what is not there and a file has, where %s', (_, events) => {
    const missing = events.length === 2 ? 'help' : 'new';
    const before = [pairRegistered(), group, set({ enabled: true }), ...events];
    const file = exported(['help', false], ['new', false]);
    const up = after(before, file);
    expect(up.step('import-to-backup')).toMatchObject({ state: 'later' });
    expect(up.step('pre-stage')).toMatchObject({ state: 'not-needed' });
    expect(up.found).toContain('changed-since-replication');
    const down = after(before, file, until(poolA, 'outage'));
    expect(down.step('import-to-backup')).toMatchObject({ state: 'now' });
    expect(down.finding('not-imported')).toMatchObject({ objects: [{ id: missing }] });
    expect(down.found).not.toContain('changed-since-replication');
    const brought: PoolkeeperEvent = {
      type: 'ResponseGroupsImported',
      data: {
        exportId: 'later',
        destination: poolB,
        overwriteOwner: false,
        replaceExistingSettings: false,
        resolveNameConflicts: false,
        objects: [...new Set(['help', missing])].map((id) => ({
          kind: 'workflow',
          id,
          name: id,
          owner: poolA,
        })),
      },
    };
    const done = after(before, file, until(poolA, 'outage'), brought);
    expect(done.step('import-to-backup')).toMatchObject({ state: 'done' });
    expect(done.found).not.toContain('not-imported');
  });

  it('rescues what no file has, and what an older file would set back', () => {
    const before = [on, reported('SteadyState'), workflow(poolA, 'new')];
    const bare = after(before, until(poolA, 'outage'));
    expect(bare.step('rescue-export')).toMatchObject({ state: 'blocked' });
    expect(bare.step('import-to-backup').note).toContain(`1 object of ${poolA} not on ${poolB}`);
    expect(bare.finding('changed-since-replication')).toMatchObject({ atStake: 1, objects: [{ id: 'new' }] });
    const older = [
      [pairRegistered(), group, set({ enabled: true, seeded: false }), workflow(poolA, 'late')],
      exported(['help', false], ['late', false]),
      modified(poolA, 'workflow', 'late', { anonymous: true }),
      reported('SteadyState'),
      until(poolA, 'outage', { backEndDatabase: 'available' }),
    ];
    const down = after(older);
    expect(down.step('rescue-export')).toMatchObject({ state: 'now' });
    expect(down.step('import-to-backup').note).toContain('workflow late');
    const fresh = after(older, { ...exported(['help', false], ['late', true]) });
    expect(fresh.step('rescue-export')).toMatchObject({ state: 'done' });
    expect(fresh.step('import-to-backup').note).not.toContain('workflow late');
  });

  it('has no such step, and its imports, where nothing of the kind is in force', () => {
    const ids = after(pairRegistered(), group).runbook.steps.map(({ id }) => id);
    expect(ids).not.toContain('check-replication');
    const waiting = after(on, reported('NotInitialized'));
    expect(waiting.step('check-replication')).toMatchObject({ state: 'now' });
    expect(waiting.step('pre-stage').note).not.toContain('by itself');
    expect(after(on, reported('NonSteadyState', poolA, momentOf(3))).step('pre-stage')).toMatchObject({
      state: 'not-needed',
    });
  });
});
