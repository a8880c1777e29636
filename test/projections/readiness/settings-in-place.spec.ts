/** The application settings of a lost pool on their way to the pool in its place. */
import { describe, expect, it } from '@jest/globals';
import type { JsonObject } from '../../../events/envelope.js';
import type { StepId } from '../../../policy/runbook/steps.js';
import { paired, poolA, poolB, poolC } from '../../support/story.js';
import { World } from '../../support/world.js';
import { asCommand, readinessOf, runbookOf } from './following.js';

type Given = readonly [name: string, body: JsonObject];

const setting = (pool: string, seconds: number): Given => [
  'modify-object',
  {
    pool,
    kind: 'application-settings',
    properties: { agentRingbackGracePeriod: seconds },
    tool: 'managementShell',
  },
];
const group = (pool: string): Given => [
  'create-object',
  { pool, kind: 'agent-group', id: `group-of-${pool}`, name: `Group of ${pool}`, tool: 'managementShell' },
];
const replaceExistingSettings = true;
const importing = (destination: string, more: JsonObject = {}): Given => [
  'import-response-groups',
  { destination, ...more },
];
const ofStages = (...names: readonly string[]): readonly Given[] =>
  names.map((name) => [name, { pool: poolA }]);
const failing = ofStages('declare-outage', 'initiate-failover', 'complete-failover');
/** A has 95 seconds and a group, B has 45; the group stands in on B. */
const lost = (more: JsonObject): readonly Given[] => [
  setting(poolA, 95),
  setting(poolB, 45),
  group(poolA),
  ['record-export', { pool: poolA, fileName: 'night.zip' }],
  ...failing,
  importing(poolB, more),
];
const replacing: Given = ['replace-pool', { failed: poolA, replacement: poolC }];
const exporting: Given = ['record-export', { pool: poolB, owner: poolA, fileName: 'stood-in.zip' }];
const completing: Given = ['complete-replacement', { pool: poolC }];
const overwriteOwner = true;

function decided(world: World, [name, body]: Given) {
  const exportId = [...(world.pair?.exports.keys() ?? [])].at(-1) ?? '';
  return world.decide(
    asCommand(name, name.startsWith('import') ? { exportId, ...body } : body),
    `export-${world.position}`,
  );
}

function after(...commands: readonly Given[]): World {
  const world = new World().happened([paired]);
  for (const given of commands) {
    const decision = decided(world, given);
    if (decision.outcome !== 'accepted') throw new Error(`${given[0]}: ${JSON.stringify(decision)}`);
    world.happened(decision.events);
  }
  return world;
}

const warningsOf = (world: World, given: Given): readonly string[] => {
  const decision = decided(world, given);
  return decision.outcome === 'accepted' ? decision.warnings.map(({ code }) => code) : [decision.outcome];
};
const stepOf = (world: World, id: StepId, pool = poolC) => {
  const step = runbookOf(world, pool).steps.find((one) => one.id === id);
  if (step === undefined) throw new Error(`There is no step ${id}.`);
  return step;
};
const found = (world: World, pool: string) =>
  new Map(readinessOf(world, pool).findings.map((one) => [one.id, one]));
const secondsOf = (world: World, fqdn: string) =>
  world.pair?.pools.find((pool) => pool.fqdn === fqdn)?.applicationSettings['agentRingbackGracePeriod'];

describe('Where the pool that stands in runs under the settings of the lost one', () => {
  const standing = [...lost({ replaceExistingSettings }), replacing] as const;
  const exported = [...standing, exporting] as const;
  const brought = importing(poolC, { overwriteOwner, replaceExistingSettings });
  const without = importing(poolC, { overwriteOwner });

  it('the import into the new pool brings them, as it is printed and as it is recorded', () => {
    for (const history of [standing, exported]) {
      const { powershell, record, note } = stepOf(after(...history), 'import-homeward');
      expect(powershell.join()).toContain('-OverwriteOwner -ReplaceExistingRgsSettings');
      expect(record?.commandLine).toContain('--replace-existing-settings');
      expect(note).toContain(`brings the application settings of ${poolA}`);
      expect(
        found(after(...history), poolC)
          .get('not-on-new-pool')
          ?.action.powershell.join(),
      ).toContain('-ReplaceExistingRgsSettings');
    }
    expect(found(after(...standing), poolC).get('settings-of-lost-pool')?.detail).toContain(
      `${poolB} runs under them`,
    );
    const world = after(...exported, brought);
    expect(secondsOf(world, poolC)).toBe(95);
    expect([...found(world, poolC).keys()]).not.toContain('settings-of-lost-pool');
  });

  it('they stay due after an import without them, and whoever gives the import is warned', () => {
    expect(warningsOf(after(...exported), without)).toContain('settings-not-carried');
    expect(warningsOf(after(...exported), brought)).not.toContain('settings-overwritten');
    const world = after(...exported, without);
    expect(runbookOf(world, poolC).next).toBe('import-homeward');
    expect(stepOf(world, 'import-homeward').record?.body).toMatchObject({ replaceExistingSettings });
    expect(stepOf(world, 'complete-replacement').note).toContain(poolA);
    expect(warningsOf(world, completing)).toContain('settings-of-lost-pool');
    expect(warningsOf(after(...exported, brought), completing)).toEqual([]);
  });

  it('it gets its own back only once the new pool has them', () => {
    const served = after(...exported, without, completing);
    expect(stepOf(served, 'restore-settings')).toMatchObject({
      state: 'blocked',
      note: expect.stringContaining(poolA),
    });
    const { action } = found(served, poolC).get('backup-settings-overwritten') ?? {};
    expect(action?.powershell).toEqual([]);
    expect(action?.text).toContain(`application settings of ${poolA}`);
    const given = after(...exported, brought, completing);
    expect(stepOf(given, 'restore-settings')).toMatchObject({
      state: 'now',
      record: { body: { pool: poolB, properties: { agentRingbackGracePeriod: 45 } } },
    });
    const byHand = after(...exported, without, completing, setting(poolC, 70));
    expect(stepOf(byHand, 'restore-settings').state).toBe('now');
    expect(runbookOf(byHand, poolC).next).not.toBe('import-homeward');
  });

  it('what was changed of them there comes along, in a file of after the change', () => {
    const edited = after(...exported, setting(poolB, 99));
    expect(stepOf(edited, 'export-homeward').state).toBe('now');
    expect([...found(edited, poolC).keys()]).not.toContain('settings-to-bring-home');
    const world = after(...standing, setting(poolB, 99), exporting, brought);
    expect(secondsOf(world, poolC)).toBe(99);
  });

  it('the new pool has settings of its own then, also for its partner', () => {
    const world = after(...exported, brought, completing, setting(poolB, 45));
    expect([...found(world, poolB).keys()]).not.toContain('backup-settings-overwritten');
  });
});

describe('Where the pool that stands in has settings of its own', () => {
  const standing = [...lost({}), replacing, exporting] as const;
  const brought = [...standing, importing(poolC, { overwriteOwner })] as const;

  it('the import leaves them, and those of the lost pool are set by hand before the new one serves', () => {
    const { powershell, note } = stepOf(after(...standing), 'import-homeward');
    expect(powershell.join()).not.toContain('-ReplaceExistingRgsSettings');
    expect(note).toContain('set by hand');
    const completed = stepOf(after(...brought), 'complete-replacement');
    expect(completed.powershell.join()).toContain('-AgentRingbackGracePeriod 95');
    expect(completed.record).toMatchObject({ command: 'modify-object', body: { pool: poolC } });
    const { instructions } = completed;
    expect(instructions.flatMap(({ record }) => record?.command ?? [])).toEqual([
      'modify-object',
      'complete-replacement',
    ]);
    expect(warningsOf(after(...brought), completing)).toContain('settings-of-lost-pool');
    const set = after(...brought, setting(poolC, 95));
    expect(stepOf(set, 'complete-replacement')).toMatchObject({
      note: null,
      record: { command: 'complete-replacement' },
    });
    expect(warningsOf(set, completing)).toEqual([]);
  });
});

describe('Where nothing of the lost pool stands in but its settings', () => {
  it('no import brings them: they are set by hand, before the backup pool has them no more', () => {
    const carried = [...failing, setting(poolB, 95), replacing] as const;
    const world = after(setting(poolA, 95), setting(poolB, 45), ...carried);
    expect(stepOf(world, 'import-homeward').state).toBe('not-needed');
    expect(stepOf(world, 'complete-replacement').powershell.join()).toContain('-AgentRingbackGracePeriod 95');
    const served = after(setting(poolA, 95), setting(poolB, 45), ...carried, completing);
    const { instructions } = stepOf(served, 'restore-settings');
    expect(instructions.flatMap(({ record }) => record?.body ?? [])).toMatchObject([
      { pool: poolC, properties: { agentRingbackGracePeriod: 95 } },
      { pool: poolB, properties: { agentRingbackGracePeriod: 45 } },
    ]);
  });
});

describe('On the way back to the pool itself', () => {
  it('what was changed on the backup pool of its settings comes home before the backup pool gets its own back', () => {
    const away = [
      ...lost({ replaceExistingSettings }),
      setting(poolB, 99),
      ...ofStages('failback', 'complete-failback'),
    ] as const;
    expect(stepOf(after(...away), 'restore-settings', poolA).state).toBe('blocked');
    const home = after(...away, exporting, importing(poolA, { overwriteOwner, replaceExistingSettings }));
    expect(stepOf(home, 'restore-settings', poolA).state).toBe('now');
    expect([...found(home, poolB).keys()]).not.toContain('backup-settings-overwritten');
  });
});
