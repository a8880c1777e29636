import { describe, expect, it } from '@jest/globals';
import type { ExportedFile, FileFinding } from '../../../events/export-file.js';
import { defaultApplicationSettings } from '../../../policy/application-settings.js';
import { fileFindingDecisions, tellingOf } from '../../../policy/readiness/file-findings.js';
import { findingKinds } from '../../../policy/readiness/findings.js';
import { stages } from '../../../policy/stages.js';
import { findingCodes } from '../../../src/rgs-export/findings.js';
import {
  agentGroup,
  agentRegistered,
  created,
  pairRegistered,
  poolA,
  poolB,
  until,
} from '../../support/story.js';
import type { Told } from '../../support/recorded.js';
import { after } from './asking.js';

const pair = pairRegistered();

const noticed = (code: string, more: Partial<FileFinding> = {}): FileFinding => ({
  code,
  severity: 'warning',
  detail: 'Something is odd.',
  entry: 'Queues.xml',
  line: 3,
  kind: 'queue',
  id: 'sales',
  property: 'timeoutThreshold',
  ...more,
});

const read = (
  exportId: string,
  findings: readonly FileFinding[],
  more: Partial<ExportedFile> = {},
): Told => ({
  type: 'ResponseGroupsExported',
  data: {
    exportId,
    pool: poolA,
    owner: null,
    fileName: `${exportId}.zip`,
    removeExported: false,
    objects: [{ kind: 'queue', id: 'sales', name: 'Sales', owner: poolA, properties: {} }],
    applicationSettings: defaultApplicationSettings,
    file: {
      contentHash: 'a'.repeat(64),
      bytes: 1_000,
      holdsSettings: true,
      taken: true,
      audio: [],
      findings,
      ...more,
    },
  },
});

const queue = created(poolA, 'queue', 'sales', { agentGroupIdList: [] }, 'Sales');
const known = [pair, queue];

describe('What was read from the last file of a pool', () => {
  it('and is not on record is a warning, counted and named', () => {
    const pool = after(known, read('night-1', [noticed('object-twice'), noticed('owner-unreadable')]));
    const finding = pool.finding('not-on-record');
    expect(finding).toMatchObject({ severity: 'warning', atStake: 1, objects: [{ id: 'sales' }] });
    expect(finding.detail).toMatch(
      /^2 things of night-1\.zip \(uploaded .*\) not on record, or not as the file has it: queue "Sales", timeoutThreshold: Something is odd\./,
    );
    expect(finding.action.text).toContain('night-1');
    expect(pool.readiness.verdict).toBe('warnings');
    expect(pool.readiness.atStake.by).toMatchObject({ 'not-on-record': 1 });
  });

  it('counts what has no identity by itself', () => {
    const lost = noticed('object-without-identity', { id: null, property: null });
    const pool = after(known, read('night-1', [lost, lost, noticed('object-twice')]));
    expect(pool.finding('not-on-record').atStake).toBe(3);
  });

  it('and no cmdlet would have set is a warning of its own', () => {
    const pool = after(known, read('night-1', [noticed('property-odd')]));
    expect(pool.finding('values-not-allowed')).toMatchObject({ severity: 'warning', atStake: 1 });
    expect(pool.found).not.toContain('not-on-record');
  });

  it('and loses nothing is information', () => {
    const pool = after(known, read('night-1', [noticed('property-unknown'), noticed('audio-unused')]));
    expect(pool.finding('file-remarks')).toMatchObject({ severity: 'info', atStake: 0 });
  });

  it('is told until a later file settles it, in every stage, and an export that was only reported settles nothing', () => {
    const odd = read('night-1', [noticed('object-twice')]);
    const reported = read('night-2', []);
    const { file: _, ...onlyReported } = reported.type === 'ResponseGroupsExported' ? reported.data : {};
    expect(after(known, odd, { ...reported, data: onlyReported } as Told).found).toContain('not-on-record');
    expect(after(known, odd, reported).found).not.toContain('not-on-record');
    for (const stage of ['outage', 'failed-over', 'failing-back', 'failed-back'] as const) {
      expect(after(known, odd, until(poolA, stage)).found).toContain('not-on-record');
    }
  });

  it('is named up to a number, and the others are counted', () => {
    const many = Array.from({ length: 30 }, (_, number) =>
      noticed('property-odd', { property: `p${number}` }),
    );
    expect(after(known, read('night-1', many)).finding('values-not-allowed').detail).toMatch(
      /There are 18 more\.$/,
    );
  });

  it('leaves a missing list of agents a remark, and a missing kind of objects none', () => {
    const missing = (kind: FileFinding['kind']) =>
      noticed('file-missing', { kind, id: null, property: null, severity: 'information' });
    expect(after(known, read('night-1', [missing(null)])).found).toContain('file-remarks');
    expect(after(known, read('night-1', [missing('workflow')])).found).toContain('not-on-record');
  });
});

describe('The list of agents of the last file', () => {
  const staffed = [
    pair,
    agentGroup(poolA, 'g', { agentsByUri: ['sip:Ana@contoso.com', 'sip:leaver@contoso.com'] }),
  ];
  const listing = (...agents: string[]) => read('night-1', [], { agents });

  it('does not have an agent of a group: that is told, and the directory is to be asked', () => {
    const finding = after(staffed, listing('sip:ana@contoso.com')).finding('agents-not-in-file');
    expect(finding).toMatchObject({ severity: 'warning', basis: 'inferred', objects: [{ id: 'g' }] });
    expect(finding.detail).toMatch(/^1 agent of 1 group not in .*: sip:leaver@contoso\.com\.$/);
    expect(finding.action.powershell).toEqual([
      '"sip:leaver@contoso.com" | ForEach-Object { Get-CsUser -Identity $_ } | Select-Object SipAddress, RegistrarPool, Enabled, EnterpriseVoiceEnabled',
    ]);
  });

  it('does not have an agent of a group: that holds in every stage', () => {
    for (const stage of stages) {
      const way = stage === 'normal' ? [] : until(poolA, stage);
      expect(after(staffed, listing('sip:ana@contoso.com'), way).found).toContain('agents-not-in-file');
    }
  });

  it('is older than a list of users that has them, enabled and with Enterprise Voice', () => {
    const leaver = 'sip:leaver@contoso.com';
    const shown = (enabled: boolean | null, listed = true): Told => ({
      type: 'AgentListed',
      data: { agent: leaver, listed, enabled, enterpriseVoice: listed ? true : null },
    });
    const known = [staffed, agentRegistered(leaver, poolA)].flat();
    const file = listing('sip:ana@contoso.com');
    expect(after(known, file, shown(true)).found).not.toContain('agents-not-in-file');
    for (const events of [
      [shown(true), file],
      [file, shown(null)],
      [file, shown(false)],
      [file, shown(true), shown(null, false)],
    ])
      expect(after(known, events).found).toContain('agents-not-in-file');
  });

  it('says nothing where it is empty or not there, or has them all', () => {
    for (const file of [
      listing(),
      read('night-1', []),
      listing('sip:ana@contoso.com', 'sip:leaver@contoso.com'),
    ]) {
      expect(after(staffed, file).found).not.toContain('agents-not-in-file');
    }
  });
});

describe('Copies on the partner', () => {
  const audio = (sha256: string) => ({
    customMusicOnHoldFile: { fileName: 'song.wav', uniqueName: 'one', sha256 },
  });
  const fileWith = (exportId: string, beside: object): Told => {
    const file = read(exportId, []);
    if (file.type !== 'ResponseGroupsExported') return file;
    const objects = [{ kind: 'queue', id: 'sales', name: 'Sales', owner: poolA, properties: {}, ...beside }];
    return { ...file, data: { ...file.data, objects } } as Told;
  };
  const imported: Told = {
    type: 'ResponseGroupsImported',
    data: {
      exportId: 'night-1',
      destination: poolB,
      overwriteOwner: false,
      replaceExistingSettings: false,
      resolveNameConflicts: false,
      objects: [{ kind: 'queue', id: 'sales', name: 'Sales', owner: poolA }],
    },
  };
  const preStaged = (beside: object) => [
    pair,
    created(poolA, 'queue', 'sales', {}, 'Sales'),
    fileWith('night-1', beside),
    imported,
  ];

  it('are outdated by audio of another content under the same name, and by a value that no cmdlet documents', () => {
    const was = { audio: audio('a'.repeat(64)), unknownProperties: { Priority: 1 } };
    expect(after(preStaged(was), fileWith('night-2', was)).found).not.toContain('copy-outdated');
    for (const is of [
      { ...was, audio: audio('b'.repeat(64)) },
      { ...was, unknownProperties: { Priority: 2 } },
      { unknownProperties: { Priority: 1 } },
    ]) {
      expect(after(preStaged(was), fileWith('night-2', is)).found).toContain('copy-outdated');
    }
  });
});

describe('For every code of the reader', () => {
  it('it is decided, with a reason, what readiness makes of it', () => {
    for (const code of Object.keys(findingCodes)) {
      expect(fileFindingDecisions[code]?.reason ?? '').not.toBe('');
    }
  });

  it('what is said somewhere else is said by a finding that exists', () => {
    for (const { tellsAs } of Object.values(fileFindingDecisions)) {
      if (typeof tellsAs === 'string') expect(Object.keys(findingKinds)).toContain(tellsAs);
    }
  });

  it('nothing that was left out or could not be read lets a pool be ready', () => {
    for (const [code, severity] of Object.entries(findingCodes)) {
      if (severity === 'information') continue;
      const telling = tellingOf(noticed(code));
      expect({ code, told: telling === null || findingKinds[telling].severity !== 'info' }).toEqual({
        code,
        told: true,
      });
    }
  });

  it('one of another version counts by its severity', () => {
    expect(tellingOf(noticed('never-heard-of'))).toBe('not-on-record');
    expect(tellingOf(noticed('never-heard-of', { severity: 'information' }))).toBe('file-remarks');
  });
});
