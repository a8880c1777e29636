/** What PowerShell is asked with -Owner, and with names of lost pools: the product keeps names that the record has under others. */
import { describe, expect, it } from '@jest/globals';
import {
  agentRegistered,
  ann,
  imported,
  incidentClosed,
  paired,
  poolA,
  poolB,
  poolC,
  poolReplaced,
  replacementCompleted,
  until,
  workflow,
} from '../../support/story.js';
import type { Told } from '../../support/recorded.js';
import { after } from './asking.js';

const poolD = 'pool-d.contoso.com';
const bob = 'sip:bob@contoso.com';
const help = { kind: 'workflow', id: 'help', properties: { anonymous: false } } as const;

const lost = [
  paired,
  agentRegistered(ann, poolA),
  agentRegistered(bob, poolA),
  workflow(poolA, 'help'),
  imported(poolA, [help]),
  until(poolA, 'failed-over'),
  poolReplaced(),
] as const;
const broughtTo = (destination: string): Told => ({
  type: 'ResponseGroupsImported',
  data: {
    exportId: `export-${poolA}`,
    destination,
    overwriteOwner: true,
    replaceExistingSettings: false,
    resolveNameConflicts: false,
    objects: [{ kind: 'workflow', id: 'help', name: 'help', owner: destination }],
  },
});
const served = [...lost, broughtTo(poolC), replacementCompleted()] as const;
const chained = [
  ...lost,
  { type: 'AgentMoved', data: { agent: bob, from: poolA, homePool: poolC, force: true } },
  poolReplaced(poolC, poolD),
] as const satisfies readonly unknown[];

/** The owners that lines of one pool ask for. */
const ownersIn = (lines: readonly string[], pool: string): readonly string[] => [
  ...new Set(
    lines
      .filter((line) => line.includes(`ApplicationServer:${pool}" -Owner`))
      .map((line) => /-Owner "service:ApplicationServer:([^"]+)"/.exec(line)?.[1] ?? ''),
  ),
];

describe('The copies of a lost pool on the one that stood in', () => {
  it('are removed under its name, and looked for under its name and that of the new pool', () => {
    const { powershell, verify } = after(...served)
      .from(poolC)
      .step('remove-copies');
    expect(ownersIn(powershell, poolB)).toEqual([poolA]);
    expect(ownersIn(verify.powershell, poolB)).toEqual([poolA, poolC]);
  });

  it('are so also once the incident is over', () => {
    const left = after(...served, incidentClosed(poolC)).from(poolC);
    expect(ownersIn(left.step('remove-copies').powershell, poolB)).toEqual([poolA]);
    expect(ownersIn(left.step('remove-copies').verify.powershell, poolB)).toEqual([poolA, poolC]);
  });

  it('belong to the new pool once a file of it was imported there', () => {
    const [file] = imported(poolC, [help], 'file-of-c');
    if (file === undefined) throw new Error('There is no file.');
    const [, again] = imported(poolA, [help], 'file-of-c');
    if (again === undefined) throw new Error('There is no import.');
    const { powershell } = after(...served, incidentClosed(poolC), file, again, until(poolC, 'failed-back'))
      .from(poolC)
      .step('remove-copies');
    expect(ownersIn(powershell, poolB)).toEqual([poolC]);
  });

  it('keep the name of the first where the pool in its place is replaced in its turn', () => {
    const pool = after(...chained).from(poolD);
    expect(ownersIn(pool.step('export-homeward').powershell, poolB)).toEqual([poolA]);
    expect(ownersIn(pool.finding('not-on-new-pool').action.powershell, poolB)).toEqual([poolA]);
  });
});

describe('Where the pool in the place of a lost one is replaced in its turn', () => {
  it('users are moved from both, and both are deleted', () => {
    const pool = after(...chained).from(poolD);
    const { powershell, verify, note } = pool.step('rehome-users');
    for (const name of [poolA, poolC]) {
      expect(powershell).toContainEqual(
        expect.stringContaining(`{RegistrarPool -eq "${name}"} | Move-CsUser -Target "${poolD}"`),
      );
      expect(verify.powershell).toContain(`Get-CsUser -Filter {RegistrarPool -eq "${name}"}`);
      expect(note).toContain(name);
    }
    expect(pool.step('remove-lost-pool').powershell.join()).toContain(
      `associate ${poolB} with ${poolD} instead of ${poolA}, delete ${poolA}, ${poolC}, and publish`,
    );
  });
});

describe('An import that makes the backup pool the owner', () => {
  it('is looked for with that owner', () => {
    const ofB = { ...help, id: 'desk' };
    const file: Told = {
      type: 'ResponseGroupsExported',
      data: {
        exportId: 'both',
        pool: poolA,
        owner: null,
        fileName: 'both.zip',
        removeExported: false,
        objects: [
          { ...help, name: 'help', owner: poolA },
          { ...ofB, name: 'desk', owner: poolB },
        ],
        applicationSettings: {},
      },
    };
    const { powershell, verify } = after(paired, workflow(poolA, 'help'), file, until(poolA, 'outage')).step(
      'import-to-backup',
    );
    expect(powershell.join()).toContain('-OverwriteOwner');
    expect(ownersIn(verify.powershell, poolB)).toEqual([poolB]);
  });
});
