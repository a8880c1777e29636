import { beforeEach, describe, expect, it } from '@jest/globals';
import { runbookMarkdown } from '../../../projections/runbook/markdown.js';
import type { StepId } from '../../../policy/runbook/steps.js';
import { flagOf } from '../../../src/cli/commands/fields.js';
import { commandVerbs } from '../../../src/cli/commands/table.js';
import { commandNames } from '../../../src/domain/command-summaries.js';
import { actor } from '../../support/recorded.js';
import { agents, createdInFull, helpDesk } from '../../support/objects.js';
import { ann, annIsHomedIn, paired, poolA, poolB, poolC } from '../../support/story.js';
import { World } from '../../support/world.js';
import { asCommand, follow, give, readinessOf, runbookOf, take } from './following.js';

let world: World;
beforeEach(() => {
  const staffed = { ...agents, properties: { agentsByUri: [ann] } };
  world = new World().happened([
    paired,
    annIsHomedIn(poolB),
    createdInFull(poolA, helpDesk),
    createdInFull(poolA, staffed),
  ]);
});

const stepOf = (id: StepId) => {
  const step = runbookOf(world).steps.find((one) => one.id === id);
  if (step === undefined) throw new Error(`There is no step ${id}.`);
  return step;
};
const stateOf = (id: StepId) => stepOf(id).state;
const given = (name: string, body: object = {}): boolean =>
  give(world, asCommand(name, { pool: poolA, ...body }));
const failedOver = (): void => {
  follow(world);
  for (const name of ['declare-outage', 'initiate-failover', 'complete-failover']) given(name);
};

const exportOfA = (): string =>
  [...(world.pair?.exports.values() ?? [])].find(({ pool }) => pool === poolA)?.exportId ?? '';

describe('The runbook of a pool that is well', () => {
  it('asks for exports of both pools, and offers what is to be done when it fails', () => {
    expect(runbookOf(world)).toMatchObject({ way: null, next: 'export-pool', incident: null });
    expect(stepOf('export-pool')).toMatchObject({
      state: 'now',
      powershell: [
        `Export-CsRgsConfiguration -Source "service:ApplicationServer:${poolA}" -FileName "${poolA}-export-1.zip"`,
      ],
      record: {
        command: 'record-export',
        body: { pool: poolA, fileName: `${poolA}-export-1.zip` },
        commandLine: `poolkeeper record-export --pool ${poolA} --file-name ${poolA}-export-1.zip`,
      },
    });
    expect(stateOf('declare-outage')).toBe('available');
    expect(stateOf('complete-failback')).toBe('later');
    expect(follow(world).map(({ id }) => id)).toEqual(['export-pool', 'export-partner']);
    expect(runbookOf(world).next).toBeNull();
  });

  it('offers the import ahead of need, of the file that was written', () => {
    follow(world);
    expect(stepOf('pre-stage')).toMatchObject({
      state: 'now',
      optional: true,
      powershell: [
        `Import-CsRgsConfiguration -Destination "service:ApplicationServer:${poolB}" -FileName "${poolA}-export-1.zip"`,
      ],
    });
    take(world, stepOf('pre-stage'));
    expect(stateOf('pre-stage')).toBe('done');
  });

  it('does not undo the settings that were carried ahead of need, until the incident is over', () => {
    given('modify-object', {
      kind: 'application-settings',
      properties: { agentRingbackGracePeriod: 33 },
      tool: 'managementShell',
    });
    follow(world);
    const { command = '', body = {} } = stepOf('pre-stage').record ?? {};
    give(world, asCommand(command, { ...body, replaceExistingSettings: true }));
    expect(stateOf('restore-settings')).toBe('not-needed');
    expect(runbookOf(world).next).toBeNull();
    for (const name of ['initiate-failover', 'complete-failover', 'failback', 'complete-failback'])
      given(name);
    expect(stateOf('restore-settings')).toBe('now');
  });

  it('takes what is set on the backup pool after a failover that never began for its own', () => {
    const settings = (pool: string, seconds: number): boolean =>
      given('modify-object', {
        pool,
        kind: 'application-settings',
        properties: { agentRingbackGracePeriod: seconds },
        tool: 'managementShell',
      });
    given('initiate-failover');
    given('fail-failover');
    settings(poolA, 33);
    follow(world);
    const { command = '', body = {} } = stepOf('pre-stage').record ?? {};
    give(world, asCommand(command, { ...body, replaceExistingSettings: true }));
    settings(poolB, 31);
    expect(readinessOf(world).atStake.total).toBe(0);
  });

  it('gives settings back only once the backup pool can take them', () => {
    given('modify-object', {
      kind: 'application-settings',
      properties: { agentRingbackGracePeriod: 33 },
      tool: 'managementShell',
    });
    follow(world);
    given('initiate-failover', { pool: poolB });
    given('complete-failover', { pool: poolB });
    given('failback', { pool: poolB });
    given('initiate-failover');
    const { command = '', body = {} } = stepOf('import-to-backup').record ?? {};
    give(world, asCommand(command, { ...body, replaceExistingSettings: true }));
    given('fail-failover');
    expect(stateOf('restore-settings')).toBe('blocked');
    given('complete-failback', { pool: poolB });
    expect(stateOf('restore-settings')).toBe('now');
  });

  it('fails it over as planned, without -DisasterMode, and without an outage to record', () => {
    expect(stepOf('fail-over')).toMatchObject({
      state: 'available',
      powershell: [`Invoke-CsPoolFailOver -PoolFqdn "${poolA}" -Verbose`],
      record: { body: { pool: poolA, disasterMode: false } },
    });
    take(world, stepOf('fail-over'));
    const { way, steps } = runbookOf(world);
    expect(way).toBe('planned');
    expect(steps.map(({ id }) => id)).not.toContain('declare-outage');
  });
});

describe('The runbook of a disaster', () => {
  it('goes from the outage to the end in the order of the documents, each step as it is recorded', () => {
    follow(world);
    given('declare-outage');
    const taken = follow(world).map(({ id }) => id);
    expect(taken).toEqual([
      'report-database',
      'import-to-backup',
      'fail-over',
      'complete-failover',
      'sign-in-on-backup',
      'fail-back',
      'complete-failback',
      'sign-in-at-home',
      'close-incident',
    ]);
  });

  it('ticks a step off with who did it and when', () => {
    follow(world);
    given('declare-outage');
    expect(stepOf('declare-outage')).toMatchObject({
      state: 'done',
      done: [{ actor, occurredAt: expect.stringMatching(/Z$/), position: String(world.position) }],
    });
    expect(stepOf('fail-over')).toMatchObject({
      state: 'now',
      done: [],
      powershell: [`Invoke-CsPoolFailOver -PoolFqdn "${poolA}" -DisasterMode -Verbose`],
    });
  });

  it('takes the tick back where the attempt failed', () => {
    given('declare-outage');
    given('initiate-failover');
    expect(stateOf('fail-over')).toBe('done');
    given('fail-failover');
    expect(stateOf('fail-over')).toBe('now');
    given('initiate-failover');
    given('complete-failover');
    given('failback');
    given('fail-failback');
    expect(stateOf('fail-back')).toBe('now');
    expect(stateOf('complete-failover')).toBe('done');
  });

  it('asks nobody to sign in again where a second failover never began', () => {
    failedOver();
    given('failback');
    given('complete-failback');
    take(world, stepOf('sign-in-at-home'));
    given('initiate-failover');
    given('fail-failover');
    give(world, asCommand('sign-in-agent', { agent: ann, pool: poolA, agentGroup: 'agents' }));
    expect(runbookOf(world)).toMatchObject({ stage: 'failed-back', next: 'close-incident' });
    expect(stateOf('sign-in-at-home')).toBe('done');
  });

  it('exports what no file has while the database of the failed pool is up', () => {
    given('declare-outage', { backEndDatabase: 'available' });
    expect(runbookOf(world).next).toBe('rescue-export');
    take(world, stepOf('rescue-export'));
    expect(stateOf('rescue-export')).toBe('done');
    expect(runbookOf(world).next).toBe('import-to-backup');
  });

  it('has nothing to import where nothing was exported, and says so', () => {
    given('declare-outage', { backEndDatabase: 'unavailable' });
    expect(stepOf('import-to-backup')).toMatchObject({
      state: 'not-needed',
      note: expect.stringMatching(/Nothing was exported/),
    });
  });

  it('brings home what was changed on the backup pool, with -OverwriteOwner and the file from there', () => {
    failedOver();
    take(world, stepOf('import-to-backup'));
    given('modify-object', {
      pool: poolB,
      kind: 'workflow',
      id: 'help-desk',
      properties: { anonymous: true },
      tool: 'managementShell',
    });
    expect(stateOf('export-homeward')).toBe('later');
    given('failback');
    given('complete-failback');
    expect(runbookOf(world).next).toBe('export-homeward');
    expect(stepOf('export-homeward').powershell).toEqual([
      `Export-CsRgsConfiguration -Source "service:ApplicationServer:${poolB}" -Owner "service:ApplicationServer:${poolA}" -FileName "${poolA}-from-${poolB}-5.zip"`,
    ]);
    take(world, stepOf('export-homeward'));
    expect(stepOf('import-homeward')).toMatchObject({
      state: 'now',
      powershell: [
        `Import-CsRgsConfiguration -Destination "service:ApplicationServer:${poolA}" -FileName "${poolA}-from-${poolB}-5.zip" -OverwriteOwner`,
      ],
      record: { body: { destination: poolA, overwriteOwner: true } },
    });
    take(world, stepOf('import-homeward'));
    expect(stateOf('import-homeward')).toBe('done');
  });

  it('exports anew where something was changed after the export', () => {
    failedOver();
    take(world, stepOf('import-to-backup'));
    const edit = (properties: object): boolean =>
      given('modify-object', {
        pool: poolB,
        kind: 'workflow',
        id: 'help-desk',
        properties,
        tool: 'managementShell',
      });
    edit({ anonymous: true });
    given('record-export', { pool: poolB, owner: poolA, fileName: 'early.zip' });
    edit({ description: 'changed late' });
    given('failback');
    given('complete-failback');
    expect(stepOf('export-homeward')).toMatchObject({
      state: 'now',
      note: expect.stringMatching(/^early\.zip \(written [-\d]+ [:\d]+Z\) does not have/),
      done: [{ actor }],
    });
  });

  it('removes the copies into a file of their own, and only once all is home', () => {
    failedOver();
    take(world, stepOf('import-to-backup'));
    given('modify-object', {
      pool: poolB,
      kind: 'workflow',
      id: 'help-desk',
      properties: { anonymous: true },
      tool: 'managementShell',
    });
    given('failback');
    given('complete-failback');
    expect(stepOf('remove-copies').note).toMatch(/^Not yet/);
    take(world, stepOf('export-homeward'));
    take(world, stepOf('import-homeward'));
    const removal = stepOf('remove-copies');
    expect(removal).toMatchObject({ state: 'now', note: null, record: { body: { removeExported: true } } });
    expect(removal.powershell[0]).toMatch(/-RemoveExportedConfiguration$/);
    expect(removal.powershell[0]).toContain(`-FileName "${poolA}-removed-from-${poolB}-`);
    take(world, removal);
    expect(stateOf('remove-copies')).toBe('done');
    expect(stateOf('import-to-backup')).toBe('done');
  });

  it('blocks what needs the backup pool while that is down too, and says so', () => {
    follow(world);
    given('declare-outage', { backEndDatabase: 'unavailable' });
    given('declare-outage', { pool: poolB });
    for (const id of ['import-to-backup', 'fail-over'] as const) {
      expect(stepOf(id)).toMatchObject({
        state: 'blocked',
        note: expect.stringContaining(`${poolB} is in stage outage`),
      });
    }
    expect(runbookOf(world).next).toBeNull();
    expect(runbookMarkdown(runbookOf(world))).toContain(
      'Next: nothing can be done until what is blocked is free.',
    );
    given('end-outage', { pool: poolB });
    expect(runbookOf(world).next).toBe('import-to-backup');
  });

  it('sends nobody to sign in on a backup pool that is down', () => {
    failedOver();
    take(world, stepOf('import-to-backup'));
    given('declare-outage', { pool: poolB });
    expect(stateOf('sign-in-on-backup')).toBe('blocked');
    expect(runbookOf(world).next).toBe('fail-back');
  });

  it('has the test calls ticked off by hand', () => {
    failedOver();
    take(world, stepOf('import-to-backup'));
    expect(stepOf('test-on-backup')).toMatchObject({
      state: 'now',
      byHand: true,
      record: { command: 'tick-step', body: { pool: poolA, step: 'test-on-backup' } },
      note: expect.stringMatching(/tick it off/),
    });
    take(world, stepOf('test-on-backup'));
    expect(stepOf('test-on-backup')).toMatchObject({ state: 'done', byHand: true, done: [{ actor }] });
  });

  it('registers an agent of whom only the address is known before the sign-in, and is not stuck on it', () => {
    world = new World().happened([
      paired,
      createdInFull(poolA, { ...agents, properties: { agentsByUri: [ann] } }),
    ]);
    failedOver();
    take(world, stepOf('import-to-backup'));
    expect(stepOf('sign-in-on-backup')).toMatchObject({
      state: 'now',
      optional: true,
      record: {
        command: 'register-agent',
        body: { agent: ann, homePool: '<home pool of the agent>' },
      },
      note: expect.stringMatching(/the home pool is not known/),
    });
    expect(runbookOf(world).next).toBe('fail-back');
    give(world, asCommand('register-agent', { agent: ann, homePool: poolA }));
    expect(runbookOf(world).next).toBe('sign-in-on-backup');
    take(world, stepOf('sign-in-on-backup'));
    expect(stateOf('sign-in-on-backup')).toBe('done');
  });

  it('renames where names clash', () => {
    world.happened([createdInFull(poolB, { ...helpDesk, id: 'other-help-desk', name: 'HELP DESK' })]);
    follow(world);
    given('declare-outage', { backEndDatabase: 'unavailable' });
    expect(stepOf('import-to-backup').powershell[0]).toMatch(/ -ResolveNameConflicts$/);
    take(world, stepOf('import-to-backup'));
    expect(stateOf('import-to-backup')).toBe('done');
  });

  it('keeps what was changed on the backup pool in a file before an import sets it back, and says so', () => {
    failedOver();
    take(world, stepOf('import-to-backup'));
    const edit = { pool: poolB, kind: 'workflow', id: 'help-desk', tool: 'managementShell' };
    given('modify-object', { ...edit, properties: { anonymous: true } });
    world.happened([createdInFull(poolA, { kind: 'queue', id: 'late' })]);
    given('report-back-end-database', { state: 'available' });
    take(world, stepOf('rescue-export'));
    const before = stepOf('import-to-backup');
    expect(before).toMatchObject({
      state: 'now',
      optional: false,
      powershell: [
        expect.stringMatching(/^Export-CsRgsC.*pool-b.* -Owner .*pool-a/),
        expect.stringMatching(/^Import-/),
      ],
      record: { command: 'record-export', body: { pool: poolB, owner: poolA } },
      note: expect.stringMatching(/sets back what was changed on pool-b\.contoso\.com: workflow Help Desk\./),
    });
    take(world, before);
    expect(stepOf('import-to-backup').record).toMatchObject({
      command: 'import-response-groups',
      body: { destination: poolB, overwriteEdits: true },
    });
    take(world, stepOf('import-to-backup'));
    expect(stateOf('import-to-backup')).toBe('done');
  });

  it('keeps also what the destination itself owns, where a file holds an earlier state of that', () => {
    follow(world);
    give(world, asCommand('import-response-groups', { destination: poolB, exportId: exportOfA() }));
    given('modify-object', {
      kind: 'workflow',
      id: 'help-desk',
      properties: { anonymous: true },
      tool: 'managementShell',
    });
    given('record-export', { pool: poolB, fileName: 'all-of-b.zip' });
    const step = runbookOf(world, poolB).steps.find(({ id }) => id === 'pre-stage');
    expect(step?.record).toMatchObject({ command: 'record-export', body: { pool: poolA } });
    expect(step?.record?.body).not.toHaveProperty('owner');
  });

  it('does not press for an import that would only set back what was changed, or bring back what was removed', () => {
    failedOver();
    take(world, stepOf('import-to-backup'));
    const tool = 'managementShell';
    given('remove-object', { pool: poolB, kind: 'workflow', id: 'help-desk', tool });
    expect(stepOf('import-to-backup')).toMatchObject({
      state: 'now',
      optional: true,
      note: expect.stringMatching(/workflow Help Desk \(removed there\)/),
    });
  });

  it('frees an address that the file has for another workflow, and imports then', () => {
    const primaryUri = 'sip:gone@contoso.com';
    world.happened([
      createdInFull(poolA, { ...helpDesk, id: 'gone', name: 'Gone', properties: { primaryUri } }),
    ]);
    follow(world);
    const tool = 'managementShell';
    give(world, asCommand('remove-object', { pool: poolA, kind: 'workflow', id: 'gone', tool }));
    world.happened([
      createdInFull(poolB, { ...helpDesk, id: 'new', name: 'New', properties: { primaryUri } }),
    ]);
    given('declare-outage', { backEndDatabase: 'unavailable' });
    expect(stepOf('import-to-backup')).toMatchObject({
      powershell: [
        expect.stringMatching(/^\$object = Get-CsRgsWorkflow .* -Name "New"$/),
        '$object.PrimaryUri = "sip:gone-2@contoso.com"',
        'Set-CsRgsWorkflow -Instance $object',
        expect.stringMatching(/^Import-CsRgsConfiguration/),
      ],
      record: {
        command: 'modify-object',
        body: { id: 'new', properties: { primaryUri: 'sip:gone-2@contoso.com' } },
      },
      note: expect.stringMatching(/^1 workflow of pool-b.contoso.com first needs another address/),
    });
    take(world, stepOf('import-to-backup'));
    expect(stepOf('import-to-backup').record).toMatchObject({ command: 'import-response-groups' });
    take(world, stepOf('import-to-backup'));
    expect(stateOf('import-to-backup')).toBe('done');
  });
});

describe('What a step is recorded with', () => {
  it('is a command of the service, and a verb with its flags on the command line', () => {
    const seen = new Set<string>();
    const look = (): void => {
      for (const { record } of runbookOf(world).steps) {
        if (record === null) continue;
        const name = commandNames.find((known) => known === record.command);
        if (name === undefined) throw new Error(`${record.command} is no command.`);
        const flags = commandVerbs[name].fields.map(flagOf);
        const used = [...record.commandLine.matchAll(/ --([a-z-]+)/g)].map(([, flag = '']) => flag);
        expect({ name, unknown: used.filter((flag) => !flags.includes(flag)) }).toEqual({
          name,
          unknown: [],
        });
        seen.add(name);
      }
    };
    look();
    failedOver();
    look();
    take(world, stepOf('import-to-backup'));
    look();
    given('failback');
    given('complete-failback');
    look();
    expect([...seen].sort()).toEqual([
      'choose-route',
      'close-incident',
      'complete-failback',
      'complete-failover',
      'declare-outage',
      'failback',
      'import-response-groups',
      'initiate-failover',
      'record-export',
      'report-back-end-database',
      'sign-in-agent',
      'tick-step',
    ]);
  });
});

describe('The runbook of a drill', () => {
  it('has no choice of the way out to offer: nothing is lost', () => {
    follow(world);
    given('declare-outage', { drill: true });
    for (const name of ['initiate-failover', 'complete-failover']) given(name);
    const note = `This is a drill: nothing is lost, and ${poolA} is failed back to.`;
    expect(stepOf('choose-route')).toMatchObject({ state: 'not-needed', note, done: [] });
    expect(runbookMarkdown(runbookOf(world))).toMatch(
      /^- \[ \] .*\(not needed here\)\n {2}- Note: This is a drill/m,
    );
    given('choose-route', { route: 'replacement', replacement: poolC });
    expect(stepOf('choose-route')).toMatchObject({ state: 'done', note: null });
  });

  it('offers it in an outage', () => {
    failedOver();
    expect(stepOf('choose-route')).toMatchObject({ state: 'now', optional: true, note: null });
  });
});

describe('The runbook as Markdown', () => {
  it('has a box for every step, ticked where it is done, and the PowerShell in fences', () => {
    failedOver();
    const view = runbookOf(world);
    const markdown = runbookMarkdown(view);
    expect(markdown.match(/^- \[[ x]\] /gm)).toHaveLength(view.steps.length);
    expect(markdown).toContain(`- [x] **Record the outage** (done)\n  - ${actor}, `);
    expect(markdown).toContain(
      `    \`\`\`powershell\n    Import-CsRgsConfiguration -Destination "service:ApplicationServer:${poolB}" -FileName "${poolA}-export-1.zip"\n    \`\`\``,
    );
  });

  it('says of a step that is blocked what it is recorded with, once it can be', () => {
    failedOver();
    take(world, stepOf('import-to-backup'));
    give(world, asCommand('replace-pool', { failed: poolA, replacement: poolC }));
    const view = runbookOf(world, poolC);
    expect(view.steps.find(({ id }) => id === 'complete-replacement')).toMatchObject({
      state: 'blocked',
      record: null,
    });
    const said = 'Recorded with complete-replacement: the line for that is given once it can be recorded.';
    expect(runbookMarkdown(view)).toContain(`  - ${said}`);
    expect(runbookMarkdown(view)).not.toContain('does not record');
  });

  it('takes names for what they are: none ends a fence or begins a line', () => {
    given('record-export', { fileName: 'a```b\u2028"$(calc)".zip' });
    const markdown = runbookMarkdown(runbookOf(world));
    expect(markdown).toContain('-FileName "a``````b');
    expect(markdown).toContain('`"`$(calc)`".zip"');
    expect(markdown).toMatch(/^ {4}`{7}powershell$/m);
  });
});
