import { describe, expect, it } from '@jest/globals';
import type { Decision } from '../../src/domain/decision.js';
import type { PoolkeeperEvent } from '../../events/registry.js';
import { defaultApplicationSettings } from '../../policy/application-settings.js';
import { given } from '../support/given.js';
import { agents, createdAndImported, createdInFull, exportOf, helpDesk } from '../support/objects.js';
import { paired, poolA, poolB, until } from '../support/story.js';

const tool = 'managementShell';
const renamed = (pool: string, name: string): PoolkeeperEvent => ({
  type: 'ObjectModified',
  data: { pool, kind: 'workflow', id: 'help-desk', name, properties: {}, tool },
});

describe('An import into the pool that its file is from', () => {
  it('changes nothing, and is warned of while that pool is down', () => {
    const own = { destination: poolA, exportId: 'export-1' };
    const story = given(paired, createdAndImported(poolA, helpDesk), until(poolA, 'outage'));
    const { decision } = story.when('import-response-groups', own);
    expect(decision).toMatchObject({ events: [], warnings: [{ code: 'import-into-its-own-pool' }] });
    given(paired, createdAndImported(poolA, helpDesk), until(poolA, 'outage'))
      .when('import-response-groups', { ...own, destination: poolB })
      .thenHolds('export-1');
  });
});

describe('An export', () => {
  it('holds what the pool hosts, and holds when it is said again', () => {
    given(paired, createdInFull(poolA, helpDesk), createdInFull(poolB, agents))
      .when('record-export', { pool: poolA, fileName: 'nightly.zip' }, 'export-1')
      .thenAccepted('ResponseGroupsExported')
      .then({
        type: 'ResponseGroupsExported',
        data: {
          ...(exportOf(poolA, [helpDesk]).data as Extract<
            PoolkeeperEvent,
            { type: 'ResponseGroupsExported' }
          >['data']),
          fileName: 'nightly.zip',
        },
      })
      .again()
      .thenHolds('export-1');
  });

  it('holds only what an owner owns, where one is named', () => {
    given(
      paired,
      createdAndImported(poolA, helpDesk),
      createdInFull(poolB, agents),
      until(poolA, 'failed-over'),
    )
      .when('record-export', { pool: poolB, owner: poolA })
      .thenAccepted('ResponseGroupsExported')
      .again()
      .thenHolds();
    given(paired).when('record-export', { pool: poolB, owner: 'third.contoso.com' }).thenInvalid('/owner');
  });

  it('does not write a file again once there is something new', () => {
    given(paired, createdInFull(poolA, helpDesk))
      .when('record-export', { pool: poolA, fileName: 'nightly.zip' })
      .next()
      .and(renamed(poolA, 'Service Desk'))
      .when('record-export', { pool: poolA, fileName: 'NIGHTLY.zip' })
      .thenRefused({ rule: 'file-name-in-use' });
  });

  it('writes a file of the same name into another folder', () => {
    const first = given(paired, createdInFull(poolA, helpDesk))
      .when('record-export', { pool: poolA, fileName: 'E:\\Sets\\Monday\\nightly.zip' })
      .next()
      .and(renamed(poolA, 'Service Desk'));
    first
      .when('record-export', { pool: poolA, fileName: 'e:/sets/monday/Nightly.zip' })
      .thenRefused({ rule: 'file-name-in-use' });
    first
      .when('record-export', { pool: poolA, fileName: 'E:\\Sets\\Tuesday\\nightly.zip' })
      .thenAccepted('ResponseGroupsExported');
    given(paired).when('record-export', { pool: poolA, fileName: 'E:\\Sets\\' }).thenInvalid('/fileName');
  });

  it('without a file name is recorded again once there is something new', () => {
    given(paired, createdInFull(poolA, helpDesk))
      .when('record-export', { pool: poolA })
      .next()
      .and(renamed(poolA, 'Service Desk'))
      .when('record-export', { pool: poolA })
      .thenAccepted('ResponseGroupsExported');
  });

  it.each(['outage', 'failing-over', 'failed-over'] as const)(
    'of a pool in %s needs its back-end database',
    (stage) => {
      for (const state of ['unknown', 'unavailable'] as const) {
        given(paired, createdInFull(poolA, helpDesk), until(poolA, stage, { backEndDatabase: state }))
          .when('record-export', { pool: poolA })
          .thenRefused({ rule: 'source-not-readable' });
      }
      given(paired, createdInFull(poolA, helpDesk), until(poolA, stage, { backEndDatabase: 'available' }))
        .when('record-export', { pool: poolA })
        .thenAccepted('ResponseGroupsExported');
    },
  );

  it('that removes what it exports leaves nothing, and finds nothing the second time', () => {
    given(paired, createdAndImported(poolA, helpDesk), until(poolA, 'failed-back'))
      .when('record-export', { pool: poolB, owner: poolA, fileName: 'cleanup.zip', removeExported: true })
      .thenAccepted('ResponseGroupsExported')
      .because('failed-back/configuration/3')
      .again()
      .thenHolds()
      .story.when('remove-object', { pool: poolB, kind: 'workflow', id: 'help-desk', tool })
      .thenHolds();
  });

  it('does not remove what cannot be changed', () => {
    given(
      paired,
      createdInFull(poolA, helpDesk),
      until(poolA, 'failed-over', { backEndDatabase: 'available' }),
    )
      .when('record-export', { pool: poolA, removeExported: true })
      .thenRefused({ rule: 'configuration-closed', because: ['failed-over/configuration/1'] });
  });
});

describe('An import', () => {
  const toBackup = { destination: poolB, exportId: 'export-1' };

  it('puts the objects beside the partner’s own, still owned by the pool they come from', () => {
    given(paired, createdInFull(poolA, helpDesk), exportOf(poolA, [helpDesk]), until(poolA, 'outage'))
      .when('import-response-groups', toBackup)
      .then({
        type: 'ResponseGroupsImported',
        data: {
          ...toBackup,
          overwriteOwner: false,
          replaceExistingSettings: false,
          resolveNameConflicts: false,
          objects: [{ kind: 'workflow', id: 'help-desk', name: 'Help Desk', owner: poolA }],
        },
      })
      .warning()
      .again()
      .thenHolds('export-1');
  });

  it('brings edits of the stand-in home: the same object is an update and no clash', () => {
    given(paired, createdAndImported(poolA, helpDesk), until(poolA, 'failed-back'))
      .and(renamed(poolB, 'Service Desk'))
      .when('record-export', { pool: poolB, owner: poolA }, 'export-2')
      .next()
      .when('import-response-groups', { destination: poolA, exportId: 'export-2', overwriteOwner: true })
      .thenAccepted('ResponseGroupsImported')
      .warning()
      .again()
      .thenHolds();
  });

  it('into the pool that was exported, when nothing differs, tells nothing new', () => {
    given(paired, createdInFull(poolA, helpDesk), exportOf(poolA, [helpDesk]))
      .when('import-response-groups', { destination: poolA, exportId: 'export-1' })
      .thenHolds();
  });

  it('of an export that nobody recorded is unknown', () => {
    given(paired).when('import-response-groups', toBackup).thenUnknown('/exportId');
  });

  it('needs a destination that is up', () => {
    given(paired, createdInFull(poolA, helpDesk), exportOf(poolA, [helpDesk]), until(poolB, 'outage'))
      .when('import-response-groups', toBackup)
      .thenRefused({ rule: 'destination-must-be-up', allowed: ['end-outage'] });
  });

  describe('with a clash', () => {
    const other = { kind: 'workflow', id: 'other', name: 'HELP DESK' } as const;
    const story = () =>
      given(
        paired,
        createdInFull(poolA, helpDesk),
        createdInFull(poolB, other),
        createdInFull(poolB, { ...agents, id: 'others' }),
      ).and(exportOf(poolA, [helpDesk, agents]));

    it('is refused as a whole, and lists every clash', () => {
      story()
        .when('import-response-groups', toBackup)
        .thenRefused({
          rule: 'name-clash',
          detail: /"Help Desk".*"Agents"/,
          allowed: ['resolveNameConflicts', 'modify-object'],
        });
    });

    it('renames incoming objects on request, in the same way every time', () => {
      story()
        .when('import-response-groups', { ...toBackup, resolveNameConflicts: true })
        .then({
          type: 'ResponseGroupsImported',
          data: {
            ...toBackup,
            overwriteOwner: false,
            replaceExistingSettings: false,
            resolveNameConflicts: true,
            objects: [
              { kind: 'workflow', id: 'help-desk', name: 'Help Desk (2)', owner: poolA },
              { kind: 'agent-group', id: 'agents', name: 'Agents (2)', owner: poolA },
            ],
          },
        })
        .again()
        .thenHolds();
    });

    it('of owners is not resolved by a name, only by overwriting the owner', () => {
      const moved = given(
        paired,
        createdInFull(poolA, helpDesk),
        createdInFull(poolB, helpDesk),
        exportOf(poolA, [helpDesk]),
      );
      moved
        .when('import-response-groups', { ...toBackup, resolveNameConflicts: true })
        .thenRefused({ rule: 'name-clash', allowed: ['overwriteOwner'] });
    });

    it('of primary URIs is refused', () => {
      given(paired, createdInFull(poolA, helpDesk), exportOf(poolA, [helpDesk]))
        .and(
          createdInFull(poolB, {
            ...other,
            name: 'Other',
            properties: { primaryUri: 'sip:help-desk@contoso.com' },
          }),
        )
        .when('import-response-groups', toBackup)
        .thenRefused({ rule: 'primary-uri-in-use' });
    });

    it('with a copy that its owner removed says that it is to be removed', () => {
      given(paired, createdAndImported(poolA, helpDesk))
        .and({ type: 'ObjectRemoved', data: { pool: poolA, kind: 'workflow', id: 'help-desk', tool } })
        .and(exportOf(poolA, [{ ...helpDesk, id: 'redeployed' }], 'export-2'))
        .when('import-response-groups', { destination: poolB, exportId: 'export-2' })
        .thenRefused({ rule: 'name-clash', allowed: ['resolveNameConflicts', 'remove-object'] });
    });
  });

  it('with overwriteOwner into a pool that does not own the objects is a move, and warned of', () => {
    given(paired, createdInFull(poolA, helpDesk), exportOf(poolA, [helpDesk]))
      .when('import-response-groups', { ...toBackup, overwriteOwner: true })
      .thenAccepted('ResponseGroupsImported')
      .warning('overwrite-owner-is-a-move');
  });

  it('into a pool that was rebuilt needs overwriteOwner', () => {
    given(paired, createdAndImported(poolA, helpDesk), until(poolA, 'failed-back'))
      .and(exportOf(poolB, [{ ...helpDesk, owner: poolA }], 'export-2'))
      .and({ type: 'ObjectRemoved', data: { pool: poolA, kind: 'workflow', id: 'help-desk', tool } })
      .when('import-response-groups', { destination: poolA, exportId: 'export-2' })
      .thenRefused({ rule: 'rebuilt-destination-needs-overwrite-owner', allowed: ['overwriteOwner'] })
      .story.when('import-response-groups', {
        destination: poolA,
        exportId: 'export-2',
        overwriteOwner: true,
      })
      .thenAccepted('ResponseGroupsImported');
  });

  it('revives nothing that its owner has removed', () => {
    given(paired, createdInFull(poolA, helpDesk), exportOf(poolA, [helpDesk]))
      .and({ type: 'ObjectRemoved', data: { pool: poolA, kind: 'workflow', id: 'help-desk', tool } })
      .when('import-response-groups', toBackup)
      .thenAccepted('ResponseGroupsImported')
      .warning('removed-by-owner')
      .again()
      .thenHolds();
  });

  it('carries the application settings only where that is asked for', () => {
    const settings: PoolkeeperEvent = {
      type: 'ObjectModified',
      data: {
        pool: poolA,
        kind: 'application-settings',
        id: 'application-settings',
        name: null,
        properties: { ...defaultApplicationSettings, disableCallContext: true },
        tool,
      },
    };
    const story = () =>
      given(paired, createdInFull(poolA, helpDesk), settings)
        .when('record-export', { pool: poolA }, 'export-1')
        .next();
    story()
      .when('import-response-groups', toBackup)
      .thenAccepted('ResponseGroupsImported')
      .warning('settings-not-carried');
    story()
      .when('import-response-groups', { ...toBackup, replaceExistingSettings: true })
      .thenAccepted('ResponseGroupsImported')
      .warning('settings-overwritten')
      .again()
      .thenHolds();
  });

  it('home is not warned of settings that stay behind: they are those of the partner, unless it ran under the own ones', () => {
    const settings = (pool: string, properties: object): PoolkeeperEvent => ({
      type: 'ObjectModified',
      data: {
        pool,
        kind: 'application-settings',
        id: 'application-settings',
        name: null,
        properties: { ...defaultApplicationSettings, ...properties },
        tool,
      },
    });
    const home = (replaceExistingSettings: boolean) =>
      given(
        paired,
        createdInFull(poolA, helpDesk),
        settings(poolA, { disableCallContext: true }),
        settings(poolB, { agentRingbackGracePeriod: 120 }),
      )
        .when('record-export', { pool: poolA }, 'export-1')
        .next()
        .and(until(poolA, 'outage'))
        .when('import-response-groups', { ...toBackup, replaceExistingSettings })
        .next()
        .and(until(poolA, 'failed-back', { after: 'outage' }))
        .and(
          {
            type: 'ObjectModified',
            data: { pool: poolB, kind: 'workflow', id: 'help-desk', name: 'Desk', properties: {}, tool },
          },
          ...(replaceExistingSettings ? [settings(poolB, { agentRingbackGracePeriod: 30 })] : []),
        )
        .when('record-export', { pool: poolB, owner: poolA }, 'export-2')
        .next()
        .when('import-response-groups', { destination: poolA, exportId: 'export-2', overwriteOwner: true })
        .thenAccepted('ResponseGroupsImported');
    expect(warningsOf(home(false).decision)).not.toContain('settings-not-carried');
    expect(warningsOf(home(true).decision)).toContain('settings-not-carried');
  });
});

const warningsOf = (decision: Decision): readonly string[] =>
  decision.outcome === 'accepted' ? decision.warnings.map(({ code }) => code) : [];
