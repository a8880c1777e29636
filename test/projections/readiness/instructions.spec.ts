import { beforeEach, describe, expect, it } from '@jest/globals';
import { runbookMarkdown } from '../../../projections/runbook/markdown.js';
import type { RunbookStep } from '../../../projections/runbook/view.js';
import type { StepId } from '../../../policy/runbook/steps.js';
import { createdInFull, helpDesk } from '../../support/objects.js';
import { agentRegistered, ann, annIsHomedIn, paired, poolA, poolB } from '../../support/story.js';
import { World } from '../../support/world.js';
import { asCommand, follow, give, runbookOf, take } from './following.js';

let world: World;
beforeEach(() => {
  world = new World().happened([paired, annIsHomedIn(poolB), createdInFull(poolA, helpDesk)]);
});

const stepOf = (id: StepId): RunbookStep => {
  const step = runbookOf(world).steps.find((one) => one.id === id);
  if (step === undefined) throw new Error(`There is no step ${id}.`);
  return step;
};
const given = (name: string, body: object = {}): boolean =>
  give(world, asCommand(name, { pool: poolA, ...body }));

/** What a step has people do, in order. */
const orderOf = (id: StepId): readonly string[] =>
  stepOf(id).instructions.map(({ do: what, powershell, record }) =>
    what === 'verify' ? what : (record?.command ?? powershell.map((line) => line.split(' ')[0]).join()),
  );
const formalGroup = (id: string, agentsByUri: readonly string[]) =>
  createdInFull(poolA, { kind: 'agent-group', id, name: id, properties: { agentsByUri } });

describe('The order of a step', () => {
  it('is record, cmdlet, check, record for what takes long, so that the times on record are right', () => {
    expect(orderOf('fail-over')).toEqual([
      'initiate-failover',
      'Invoke-CsPoolFailOver',
      'verify',
      'complete-failover',
    ]);
    given('initiate-failover');
    expect(orderOf('complete-failover')).toEqual(['Invoke-CsPoolFailOver', 'verify', 'complete-failover']);
    given('complete-failover');
    expect(orderOf('fail-back')).toEqual([
      'failback',
      'Invoke-CsPoolFailBack',
      'verify',
      'complete-failback',
    ]);
    given('failback');
    expect(orderOf('complete-failback')).toEqual(['Invoke-CsPoolFailBack', 'verify', 'complete-failback']);
  });

  it('repeats the switches with which the failover under way was begun', () => {
    given('initiate-failover', { disasterMode: false });
    expect(stepOf('complete-failover').powershell.join()).not.toContain('-DisasterMode');
    given('fail-failover');
    given('initiate-failover', { disasterMode: true });
    expect(stepOf('complete-failover').powershell.join()).toContain('-DisasterMode');
  });

  it('is cmdlet, check, record for files, and stands so in Markdown too', () => {
    expect(orderOf('export-pool')).toEqual(['Export-CsRgsConfiguration', 'verify', 'record-export']);
    const markdown = runbookMarkdown(runbookOf(world));
    const places = [
      'poolkeeper initiate-failover',
      'Invoke-CsPoolFailOver -',
      'poolkeeper complete-failover',
    ];
    const found = places.map((text) => markdown.indexOf(text));
    expect(found).toEqual(found.toSorted((one, other) => one - other));
    expect(found).not.toContain(-1);
    expect(markdown).toContain('Record it: Before the cmdlet is started');
  });
});

describe('A line that records a step', () => {
  it('says nothing of the database that nobody has looked at', () => {
    given('report-back-end-database', { state: 'available' });
    expect(stepOf('declare-outage').record?.body).toEqual({ pool: poolA, backEndDatabase: 'unknown' });
    given('declare-outage', { backEndDatabase: 'unknown' });
    expect(stepOf('report-database').record).toMatchObject({
      body: { pool: poolA, state: '<available|unavailable>' },
      commandLine: `poolkeeper report-back-end-database --pool ${poolA} --state <available|unavailable>`,
      powershell: `poolkeeper report-back-end-database --pool ${poolA} --state <available|unavailable>`,
    });
  });

  it('reads the file where it is at hand, and only reports it otherwise', () => {
    expect(stepOf('export-partner').record).toMatchObject({
      commandLine: `poolkeeper record-export --pool ${poolB} --file-name ${poolB}-export-2.zip`,
      upload: { commandLine: `poolkeeper export add ${poolB}-export-2.zip --pool ${poolB}` },
    });
    follow(world);
    for (const name of ['declare-outage', 'initiate-failover', 'complete-failover']) given(name);
    take(world, stepOf('import-to-backup'));
    expect(stepOf('export-homeward').record?.upload?.commandLine).toMatch(
      new RegExp(`^poolkeeper export add \\S+ --pool ${poolB} --owner ${poolA}$`),
    );
    expect(stepOf('remove-copies').record?.upload).toBeNull();
  });

  it('is one for all groups, names an agent only where there is no other, and leaves the home pool open', () => {
    const [bob, cleo, dan] = ['sip:bob@contoso.com', 'sip:cleo@contoso.com', 'sip:dan@contoso.com'];
    world.happened([
      formalGroup('one', [ann]),
      formalGroup('two', [ann, bob]),
      formalGroup('group 3', [cleo]),
      formalGroup('group 4', [dan]),
      agentRegistered(bob, poolA),
    ]);
    follow(world);
    for (const name of ['declare-outage', 'initiate-failover', 'complete-failover']) given(name);
    take(world, stepOf('import-to-backup'));
    const lines = stepOf('sign-in-on-backup').instructions.flatMap(({ record }) => record?.commandLine ?? []);
    expect(lines).toEqual([
      `poolkeeper sign-in-agent --pool ${poolB} --agent ${ann} --agent <${ann}|${bob}>`,
      `poolkeeper register-agent --agent ${cleo} --agent ${dan} --home-pool <home pool of the agent>`,
      `poolkeeper sign-in-agent --pool ${poolB} --agent ${cleo} --agent ${dan}`,
    ]);
    take(world, stepOf('sign-in-on-backup'));
    expect(stepOf('sign-in-on-backup').done).toHaveLength(2);
  });

  it('puts nothing that somebody else wrote outside of quotes', () => {
    world.happened([formalGroup('one', ['sip:a$whoami@contoso.com', 'sip:b&calc@contoso.com'])]);
    follow(world);
    for (const name of ['declare-outage', 'initiate-failover', 'complete-failover']) given(name);
    take(world, stepOf('import-to-backup'));
    for (const { record } of stepOf('sign-in-on-backup').instructions) {
      expect((record?.commandLine ?? '').replaceAll(/'[^']*'/g, '')).not.toMatch(/whoami|calc/);
      expect((record?.powershell ?? '').replaceAll(/'[^']*'/g, '')).not.toMatch(/whoami|calc/);
    }
  });
});

describe('Once the pool is back', () => {
  it('its database is asked for where the record still has it as unavailable', () => {
    given('declare-outage', { backEndDatabase: 'unavailable' });
    for (const name of ['initiate-failover', 'complete-failover', 'failback', 'complete-failback'])
      given(name);
    expect(runbookOf(world).next).toBe('database-at-home');
    expect(stepOf('database-at-home')).toMatchObject({
      state: 'now',
      record: { body: { pool: poolA, state: 'available' } },
      instructions: [
        { do: 'run' },
        { do: 'verify' },
        { do: 'record', text: 'Only where the listing answers.' },
      ],
    });
    take(world, stepOf('database-at-home'));
    expect(stepOf('database-at-home').state).toBe('not-needed');
  });
});
