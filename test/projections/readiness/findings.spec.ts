import { describe, expect, it } from '@jest/globals';
import { defaultApplicationSettings } from '../../../policy/application-settings.js';
import { findingKinds } from '../../../policy/readiness/findings.js';
import type { StepText } from '../../../policy/runbook/step-text.js';
import { stepIds, steps } from '../../../policy/runbook/steps.js';
import { statements } from '../../../policy/statements.js';
import {
  agentGroup,
  agentRegistered,
  created,
  imported,
  modified,
  partnerOfPool,
  outage,
  pairRegistered,
  poolA,
  poolB,
  removed,
  signedIn,
  until,
  workflow,
} from '../../support/story.js';
import type { ProductVersion, Properties } from '../../../events/vocabulary.js';
import type { Told } from '../../support/recorded.js';
import { after } from './asking.js';

const kim = 'sip:kim@contoso.com';
const lee = 'sip:lee@contoso.com';
const properties = { anonymous: false };
const helpDesk = { kind: 'workflow', id: 'help', properties } as const;

/** Exported, not imported. */
const exported = (pool = poolA, objects: Parameters<typeof imported>[1] = [helpDesk]): Told => {
  const [file] = imported(pool, objects);
  if (file?.type !== 'ResponseGroupsExported') throw new Error('An import begins with an export.');
  return { ...file, data: { ...file.data, applicationSettings: defaultApplicationSettings } };
};
const settings = (pool: string, change: Properties): Told => ({
  type: 'ObjectModified',
  data: {
    pool,
    kind: 'application-settings',
    id: 'application-settings',
    name: null,
    properties: change,
    tool: 'managementShell',
  },
});
const pair = pairRegistered();

describe('The age of the last export', () => {
  it('is not known to be no matter while nothing at all is recorded of the pool', () => {
    const { readiness } = after(pair);
    expect(readiness).toMatchObject({ verdict: 'warnings', lastExport: null, atStake: { total: 0 } });
    expect(readiness.findings).toMatchObject([
      { id: 'nothing-known', severity: 'warning', basis: 'inferred' },
    ]);
    expect(after(pair, outage(poolA)).found).toContain('nothing-known');
  });

  it('is no matter once an export has shown that the pool owns nothing', () => {
    expect(after(pair, exported(poolA, [])).readiness).toMatchObject({ verdict: 'ready', findings: [] });
  });

  it('is critical where there is none at all', () => {
    const { readiness } = after(pair, workflow(poolA, 'help'));
    expect(readiness).toMatchObject({ verdict: 'critical', counts: { critical: 1 }, atStake: { total: 1 } });
    expect(readiness.findings[0]).toMatchObject({
      id: 'never-exported',
      sources: ['planning', 'procedures'],
    });
  });

  it('is measured against the target, and not a second before it', () => {
    const pool = after(pair, workflow(poolA, 'help'), exported());
    expect(pool.later(24).found).not.toContain('export-too-old');
    expect(pool.later(24.001).finding('export-too-old').detail).toMatch(/24 hours old; the target is 24/);
    expect(pool.later(30).readiness.lastExport).toMatchObject({
      exportId: `export-${poolA}`,
      ageMinutes: 30 * 60,
      actor: 'admin@contoso.com',
    });
  });

  it('is that of the file that was written last, though an older one was added to the log later', () => {
    const older = exported(poolA, []);
    const addedLater = {
      ...older,
      data: { ...older.data, exportId: 'older' },
      metadata: { occurredAt: '2025-01-14T03:00:00.000Z' },
    } as Told;
    const pool = after(pair, workflow(poolA, 'help'), exported(), addedLater);
    expect(pool.readiness.lastExport).toMatchObject({ exportId: `export-${poolA}`, ageMinutes: 0 });
    expect(pool.readiness.atStake.total).toBe(0);
    expect(pool.step('export-pool').state).toBe('done');
    expect(pool.step('pre-stage').record).toMatchObject({ body: { exportId: `export-${poolA}` } });
  });

  it('counts for the pool that was exported, and for all it owns', () => {
    const ofPartner = after(pair, workflow(poolA, 'help'), exported(poolB, []));
    expect(ofPartner.found).toContain('never-exported');
    const restricted = exported();
    const toPartnersObjects = { ...restricted, data: { ...restricted.data, owner: poolB } } as Told;
    expect(after(pair, workflow(poolA, 'help'), toPartnersObjects).found).toContain('never-exported');
  });
});

describe('What has changed since the last export', () => {
  const saved = [pair, workflow(poolA, 'help'), exported()];

  it('is nothing right after it, nor where a change was taken back', () => {
    expect(after(saved).readiness.atStake).toEqual({ total: 0, by: {} });
    const backAgain = [true, false].map((anonymous) => modified(poolA, 'workflow', 'help', { anonymous }));
    expect(after(saved, backAgain).readiness.atStake.total).toBe(0);
  });

  it('is told by object, with who did it and when', () => {
    const pool = after(
      saved,
      created(poolA, 'queue', 'new-queue'),
      modified(poolA, 'workflow', 'help', { anonymous: true }),
    );
    expect(pool.finding('created-since-export')).toMatchObject({
      atStake: 1,
      objects: [{ id: 'new-queue', changed: { actor: 'admin@contoso.com', position: '4' } }],
    });
    expect(pool.finding('changed-since-export')).toMatchObject({
      objects: [{ id: 'help' }],
      detail: expect.stringMatching(/ help: Anonymous: (false|none) → true\.$/),
    });
    expect(pool.readiness.atStake).toEqual({
      total: 2,
      by: { 'created-since-export': 1, 'changed-since-export': 1 },
    });
  });

  it('is not lost where a copy on the backup pool has it', () => {
    const changed = modified(poolA, 'workflow', 'help', { anonymous: true });
    const copy = modified(poolB, 'workflow', 'help', { anonymous: true });
    expect(
      after(pair, workflow(poolA, 'help'), imported(poolA, [helpDesk]), changed, copy).found,
    ).not.toContain('changed-since-export');
  });

  it('may be a removal, which an import would undo', () => {
    expect(after(saved, removed(poolA, 'workflow', 'help')).finding('removed-since-export')).toMatchObject({
      objects: [{ id: 'help', parent: poolA, changed: { position: '4' } }],
    });
  });

  it('may be the application settings', () => {
    const pool = after(saved, settings(poolA, { disableCallContext: true }));
    expect(pool.finding('settings-changed-since-export')).toMatchObject({
      atStake: 1,
      detail: expect.stringMatching(/: DisableCallContext: false → true\.$/),
    });
  });
});

describe('An import that would not go through', () => {
  it('clashes with names of the partner, whatever their case, in each of the five kinds', () => {
    for (const kind of ['workflow', 'queue', 'agent-group', 'hours-of-business', 'holiday-set'] as const) {
      const pool = after(
        pair,
        created(poolA, kind, 'one', {}, 'Help Desk'),
        created(poolB, kind, 'two', {}, 'HELP desk'),
      );
      const clash = pool.finding('name-clash');
      expect(clash.severity).toBe('critical');
      expect(clash.objects.map(({ id }) => id)).toEqual(['one', 'two']);
      expect(clash.action.powershell[1]).toBe('$object.Name = "HELP desk (2)"');
    }
  });

  it('does not clash with another kind, nor with its own copy', () => {
    const pool = after(
      pair,
      created(poolA, 'queue', 'one', {}, 'Help Desk'),
      created(poolB, 'workflow', 'two', {}, 'Help Desk'),
      workflow(poolA, 'help'),
      imported(poolA, [helpDesk]),
    );
    expect(pool.found).not.toContain('name-clash');
  });

  it('clashes with the address of another workflow, whatever its case, also one whose removal the file does not know', () => {
    const primaryUri = 'sip:help@contoso.com';
    const pool = after(
      pair,
      created(poolA, 'workflow', 'help', { primaryUri }),
      exported(poolA, [{ kind: 'workflow', id: 'help', properties: { primaryUri } }]),
      removed(poolA, 'workflow', 'help'),
      created(poolB, 'workflow', 'desk', { primaryUri: 'sip:HELP@contoso.com' }),
      created(poolB, 'workflow', 'other', { primaryUri: 'sip:HELP-2@contoso.com' }),
    );
    const clash = pool.finding('address-clash');
    expect(clash).toMatchObject({ severity: 'critical', basis: 'inferred' });
    expect(clash.objects.map(({ id }) => id)).toEqual(['desk']);
    expect(clash.action.powershell[1]).toBe('$object.PrimaryUri = "sip:HELP-3@contoso.com"');
  });

  it('does not clash with the address of its own copy, nor with one that nobody holds any more', () => {
    const primaryUri = 'sip:help@contoso.com';
    const pool = after(
      pair,
      created(poolA, 'workflow', 'old', { primaryUri }),
      imported(poolA, [{ kind: 'workflow', id: 'old', properties: { primaryUri } }]),
      removed(poolA, 'workflow', 'old'),
      created(poolA, 'workflow', 'help', { primaryUri }),
      exported(poolA, [{ kind: 'workflow', id: 'help', properties: { primaryUri } }]),
    );
    expect(pool.found).not.toContain('address-clash');
  });

  it('is refused where the partner owns the same object after an import with -OverwriteOwner', () => {
    const [file, into] = imported(poolA, [helpDesk]);
    if (file === undefined || into === undefined) throw new Error('Two events.');
    const move = {
      ...into,
      data: {
        ...into.data,
        overwriteOwner: true,
        objects: [{ kind: 'workflow', id: 'help', name: 'help', owner: poolB }],
      },
    } as Told;
    expect(after(pair, workflow(poolA, 'help'), file, move).finding('owner-clash').action.powershell).toEqual(
      [
        `Get-CsRgsWorkflow -Identity "service:ApplicationServer:${poolB}" -Name "help" | Remove-CsRgsWorkflow`,
      ],
    );
  });

  it('has nowhere to go while the partner is down', () => {
    expect(after(pair, outage(poolB)).found).toContain('partner-down');
  });
});

describe('What is wrong with the objects themselves', () => {
  it.each([
    ['dangling-reference', created(poolA, 'queue', 'q', { agentGroupIdList: ['nobody'] })],
    ['queue-without-agents', created(poolA, 'queue', 'q', { agentGroupIdList: [] })],
    ['anonymous-workflow', workflow(poolA, 'help', true)],
    ['managed-inactive', created(poolA, 'workflow', 'w', { managed: true, active: false })],
    ['agent-alert-time-too-long', agentGroup(poolA, 'g', { agentAlertTime: 181 })],
    ['formal-agent-group', agentGroup(poolA, 'g')],
  ] as const)('%s', (id, event) => {
    expect(after(pair, event).finding(id).objects).toHaveLength(1);
    expect(after(pair).found).not.toContain(id);
  });

  it('a reference is there, an agent is there, and a time that clients take is no finding', () => {
    const pool = after(
      pair,
      agentGroup(poolA, 'g', { participationPolicy: 'Informal', agentsByUri: [kim], agentAlertTime: 180 }),
      created(poolA, 'queue', 'q', { agentGroupIdList: ['g'] }),
      created(poolA, 'workflow', 'w', {
        active: true,
        managed: true,
        defaultAction: { action: 'TransferToQueue', queueId: 'q' },
      }),
      agentRegistered(kim, poolB),
      imported(poolA, []),
    );
    const wrong = ['dangling-reference', 'queue-without-agents', 'anonymous-workflow', 'managed-inactive'];
    for (const id of [...wrong, 'agent-alert-time-too-long', 'formal-agent-group', 'agents-homed-here']) {
      expect(pool.found).not.toContain(id);
    }
  });

  it('a calls cut off names the statement that cuts it off', () => {
    expect(after(pair, workflow(poolA, 'help', true)).finding('anonymous-workflow').because).toEqual([
      'outage/connected-calls/2',
      'failing-over/connected-calls/2',
    ]);
  });

  it('audio in an export that was recorded without its content is not known, and not called fine', () => {
    const withMusic = created(poolA, 'workflow', 'help', {
      customMusicOnHoldFile: 'song.wav',
      nonBusinessHoursAction: { action: 'Terminate', prompt: { audioFilePrompt: 'closed.wma' } },
    });
    const finding = after(pair, withMusic, exported()).finding('audio-not-known');
    expect(finding).toMatchObject({ severity: 'info', objects: [{ id: 'help' }] });
    expect(finding.detail).toMatch(/closed\.wma, song\.wav/);
  });
});

describe('The audio files of an export that was read', () => {
  const withMusic = created(poolA, 'workflow', 'help', { customMusicOnHoldFile: 'song.wav' });
  const read = (bytes: number | null): Told => {
    const file = exported();
    const usedBy = [{ kind: 'workflow', id: 'help', property: 'customMusicOnHoldFile' }];
    const audio = [{ uniqueName: 'x', originalFileName: 'song.wav', bytes, sha256: null, usedBy }];
    const data: object = { ...file.data, file: { audio } };
    return { ...file, data } as Told;
  };

  it('are missing where the file names them and does not have them', () => {
    const finding = after(pair, withMusic, read(null)).finding('audio-missing');
    expect(finding).toMatchObject({ severity: 'warning', objects: [{ id: 'help' }] });
    expect(finding.detail).toMatch(/song\.wav/);
  });

  it('are no finding where it has them', () => {
    expect(after(pair, withMusic, read(4711)).found.filter((id) => id.startsWith('audio'))).toEqual([]);
  });
});

describe('Who would answer', () => {
  const group = (...agentsByUri: string[]) =>
    agentGroup(poolA, 'g', { participationPolicy: 'Informal', agentsByUri });
  const homes = [agentRegistered(kim, poolA), agentRegistered(lee, poolB)];

  it('nobody, where all agents are homed in the pool', () => {
    const finding = after(pair, homes, group(kim.toUpperCase().replace('SIP', 'sip'))).finding(
      'agents-homed-here',
    );
    expect(finding).toMatchObject({ objects: [{ id: 'g' }] });
    expect(finding.because).toContain('outage/new-calls/2');
    expect(after(pair, homes, group(kim, lee)).found).not.toContain('agents-homed-here');
  });

  it('not known, where no home pool is registered or a distribution list is named', () => {
    expect(after(pair, homes, group(kim, 'sip:who@contoso.com')).found).toContain('agents-not-known');
    expect(after(pair, homes, group(kim, 'sip:who@contoso.com')).found).not.toContain('agents-homed-here');
    const list = agentGroup(poolA, 'g', {
      participationPolicy: 'Informal',
      distributionGroupAddress: 'dl@x',
    });
    expect(after(pair, list).found).toContain('agents-not-known');
  });

  it('nobody, until an agent of the formal group signs in again on the backup pool', () => {
    const failedOver = [
      pair,
      homes,
      agentGroup(poolA, 'g'),
      imported(poolA, [{ kind: 'agent-group', id: 'g', properties: { participationPolicy: 'Formal' } }]),
      signedIn(kim, poolB, 'g'),
      until(poolA, 'failed-over'),
    ];
    expect(after(...failedOver).finding('sign-in-debt').objects).toMatchObject([{ id: 'g', parent: poolB }]);
    expect(after(...failedOver, signedIn(kim, poolB, 'g')).found).not.toContain('sign-in-debt');
  });
});

describe('The capacity of one pool for the response groups of both', () => {
  const groups = (pool: string, count: number) =>
    Array.from({ length: count }, (_, number) => workflow(pool, `${pool}-${number}`));

  it('holds up to the documented limit, and is exceeded with one more', () => {
    const found = (more: number) => after(pair, groups(poolA, 200), groups(poolB, 200 + more)).found;
    expect(found(0)).not.toContain('capacity-exceeded-2013');
    expect(found(1)).toContain('capacity-exceeded-2013');
    expect(found(401)).toContain('capacity-exceeded');
  });

  it('is that of the version, where it is known', () => {
    const with401 = (version: ProductVersion) =>
      after({ ...pair, data: { ...pair.data, version } }, groups(poolA, 200), groups(poolB, 201));
    expect(with401('2013').finding('capacity-exceeded').detail).toContain('of Lync Server 2013 are 400.');
    for (const version of ['2015', '2019', 'subscription'] as const)
      expect(with401(version).found.filter((id) => id.startsWith('capacity'))).toEqual([]);
  });

  it('counts an agent once, however many groups list them', () => {
    const uris = Array.from({ length: 700 }, (_, number) => `sip:agent-${number}@contoso.com`);
    const lists = (pool: string) => agentGroup(pool, `g-${pool}`, { agentsByUri: uris });
    expect(after(pair, lists(poolA), lists(poolB)).found).not.toContain('capacity-exceeded-2013');
  });
});

describe('The application settings', () => {
  const own = settings(poolA, { agentRingbackGracePeriod: 90 });

  it('are no matter where both pools have the same', () => {
    expect(after(pair, exported(poolA, [])).found).toEqual([]);
  });

  it('would be lost, or would overwrite those of the partner', () => {
    const finding = after(pair, own).finding('settings-differ');
    expect(finding.action.powershell.at(-1)).toMatch(
      `Export-CsRgsConfiguration -Source "service:ApplicationServer:${poolB}"`,
    );
    const partnersOwn = settings(poolB, { agentRingbackGracePeriod: 90 });
    expect(after(pair, exported(poolA, []), partnersOwn).found).toEqual(['settings-would-be-overwritten']);
  });
});

describe('Copies on the partner', () => {
  const preStaged = [pair, workflow(poolA, 'help'), imported(poolA, [helpDesk])];

  it('are worth having before the disaster', () => {
    expect(after(pair, workflow(poolA, 'help'), exported()).finding('not-pre-staged').objects).toMatchObject([
      { id: 'help', parent: poolA },
    ]);
    expect(after(preStaged).found).not.toContain('not-pre-staged');
  });

  it('may be older than the last export', () => {
    const changed = modified(poolA, 'workflow', 'help', { anonymous: true });
    const again = exported(poolA, [{ ...helpDesk, properties: { anonymous: true } }]);
    expect(after(preStaged, changed).found).not.toContain('copy-outdated');
    expect(after(preStaged, changed, again).finding('copy-outdated').objects).toMatchObject([
      { id: 'help', parent: poolB },
    ]);
    for (const stage of ['outage', 'failing-over', 'failed-over'] as const) {
      expect(after(preStaged, until(poolA, stage), changed, again).found).toContain('copy-outdated');
    }
  });

  it('are out of service once the owner has removed the object', () => {
    expect(after(preStaged, removed(poolA, 'workflow', 'help')).found).toContain('copy-out-of-service');
  });

  it('may be left over from an incident', () => {
    const back = [until(poolA, 'failed-back'), { type: 'IncidentClosed', data: { pool: poolA } } as const];
    expect(after(preStaged, back).found).toContain('leftover-copy');
    expect(after(preStaged).found).not.toContain('leftover-copy');
  });

  it('are not, where they were there ahead of need and the incident ended without a failover', () => {
    const over = { type: 'OutageEnded', data: { pool: poolA } } as const;
    const failed = { type: 'FailoverFailed', data: { pool: poolA, reason: null } } as const;
    const ended = after(preStaged, until(poolA, 'outage'), over);
    for (const pool of [ended, after(preStaged, until(poolA, 'failing-over'), failed, over)]) {
      expect(pool.readiness.stage).toBe('normal');
      expect(pool.found).not.toContain('leftover-copy');
      expect(pool.step('remove-copies').state).toBe('not-needed');
    }
    const changedThere = modified(poolB, 'workflow', 'help', { description: 'By night' });
    const edited = after(preStaged, until(poolA, 'outage'), changedThere, over);
    expect(edited.found).toEqual(expect.arrayContaining(['leftover-copy', 'to-bring-home']));
    const closed = { type: 'IncidentClosed', data: { pool: poolA } } as const;
    const failedOver = after(preStaged, until(poolA, 'outage'), over, until(poolA, 'failed-back'), closed);
    expect(failedOver.found).toContain('leftover-copy');
  });
});

describe('The catalogues of findings and steps', () => {
  it('rest on documents, and on statements that exist', () => {
    const ids = new Set(statements.map(({ id }) => id));
    for (const [id, { sources, because }] of Object.entries(findingKinds)) {
      expect({ id, sources: sources.length > 0 }).toEqual({ id, sources: true });
      expect(because.filter((statement) => !ids.has(statement))).toEqual([]);
    }
    for (const id of stepIds) {
      const { because = [], sources }: StepText = steps[id];
      expect(sources.length).toBeGreaterThan(0);
      expect(because.filter((statement) => !ids.has(statement))).toEqual([]);
    }
  });

  it('looks from either pool of the pair', () => {
    const history = after(pair, workflow(poolA, 'help'), exported(poolB, []));
    expect(history.from(poolB).readiness).toMatchObject({
      fqdn: poolB,
      partner: partnerOfPool(poolB),
      verdict: 'ready',
    });
  });
});
