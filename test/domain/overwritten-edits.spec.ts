import { describe, it } from '@jest/globals';
import type { PoolkeeperEvent } from '../../events/registry.js';
import type { Properties } from '../../events/vocabulary.js';
import type { Told } from '../support/recorded.js';
import { given } from '../support/given.js';
import { agents, createdAndImported, createdInFull, exportOf, helpDesk } from '../support/objects.js';
import { paired, poolA, poolB, removed, until } from '../support/story.js';

const edited = (pool: string, properties: Properties, name: string | null = null): PoolkeeperEvent => ({
  type: 'ObjectModified',
  data: { pool, kind: 'workflow', id: 'help-desk', name, properties, tool: 'managementShell' },
});
const rule = 'edits-would-be-overwritten';
const toBackup = { destination: poolB, exportId: 'export-1' };
const failedOver = () =>
  given(paired, createdAndImported(poolA, helpDesk, agents), until(poolA, 'failed-over'));
const night = (objects: Parameters<typeof exportOf>[1], exportId: string): PoolkeeperEvent =>
  exportOf(poolA, objects, exportId);

describe('An import over what was changed at its destination', () => {
  it('is refused with the names of the copies and of what was changed, and goes through on request', () => {
    failedOver()
      .and(edited(poolB, { anonymous: true, description: 'by night' }, 'Night Desk'))
      .when('import-response-groups', { ...toBackup, replaceExistingSettings: true })
      .thenRefused({
        rule,
        detail:
          /^The workflow "Night Desk" \(help-desk\) on pool-b\.contoso\.com was changed there at \S+Z by admin@contoso\.com, which the file does not have: Name: Night Desk → Help Desk; Description: by night → none; Anonymous: true → false\.$/,
        allowed: ['overwriteEdits', `record-export ${poolB}`],
      })
      .story.when('import-response-groups', { ...toBackup, overwriteEdits: true })
      .then({
        type: 'ResponseGroupsImported',
        data: {
          ...toBackup,
          overwriteOwner: false,
          replaceExistingSettings: false,
          resolveNameConflicts: false,
          overwriteEdits: true,
          objects: [
            { kind: 'workflow', id: 'help-desk', name: 'Help Desk', owner: poolA },
            { kind: 'agent-group', id: 'agents', name: 'Agents', owner: poolA },
          ],
        },
      })
      .warning('edits-overwritten')
      .again()
      .thenHolds();
  });

  it('is refused also with a file that is newer than the change, for the pool that wrote it never had it', () => {
    failedOver()
      .and(edited(poolB, { anonymous: true }), until(poolA, 'failed-back', { after: 'failed-over' }))
      .and(night([helpDesk, agents, { kind: 'queue', id: 'new' }], 'export-2'))
      .when('import-response-groups', { ...toBackup, exportId: 'export-2' })
      .thenRefused({ rule });
  });

  it('needs no request once the change is home, and the file was written after that', () => {
    const changed = { ...helpDesk, properties: { anonymous: true } };
    failedOver()
      .and(edited(poolB, { anonymous: true }), until(poolA, 'failed-back', { after: 'failed-over' }))
      .when('record-export', { pool: poolB, owner: poolA }, 'homeward')
      .next()
      .when('import-response-groups', { destination: poolA, exportId: 'homeward', overwriteOwner: true })
      .thenAccepted('ResponseGroupsImported')
      .warning()
      .next()
      .and(edited(poolA, { description: 'at home' }))
      .and(
        night([{ ...changed, properties: { anonymous: true, description: 'at home' } }, agents], 'export-2'),
      )
      .when('import-response-groups', { ...toBackup, exportId: 'export-2' })
      .thenAccepted('ResponseGroupsImported')
      .warning();
  });

  it('is refused at home, where the pool was changed while its partner still had the earlier state', () => {
    failedOver()
      .and(edited(poolB, { anonymous: true }), until(poolA, 'failed-back', { after: 'failed-over' }))
      .and(edited(poolA, { description: 'at home' }))
      .when('record-export', { pool: poolB, owner: poolA }, 'homeward')
      .next()
      .when('import-response-groups', { destination: poolA, exportId: 'homeward', overwriteOwner: true })
      .thenRefused({
        rule,
        detail:
          /on pool-a\.contoso\.com was changed there .*: Description: at home → none; Anonymous: false → true\.$/,
      });
  });

  it('is refused where it would bring back what was removed there', () => {
    failedOver()
      .and(removed(poolB, 'workflow', 'help-desk'))
      .when('import-response-groups', toBackup)
      .thenRefused({
        rule,
        detail: /"Help Desk" \(help-desk\) was removed from pool-b\.contoso\.com at .* would come back/,
      });
    given(paired, createdAndImported(poolA, helpDesk, agents), until(poolA, 'failed-back'))
      .and(removed(poolA, 'workflow', 'help-desk'))
      .when('record-export', { pool: poolB, owner: poolA }, 'homeward')
      .next()
      .when('import-response-groups', { destination: poolA, exportId: 'homeward', overwriteOwner: true })
      .thenRefused({ rule, detail: /was removed from pool-a/ });
  });

  it('brings back what an export removed from the partner: that was the end of a stand-in', () => {
    given(paired, createdAndImported(poolA, helpDesk, agents), until(poolA, 'failed-back'))
      .and(createdInFull(poolB, { kind: 'queue', id: 'of-b' }))
      .when('record-export', { pool: poolB, owner: poolA, removeExported: true }, 'clean-up')
      .next()
      .when('import-response-groups', toBackup)
      .thenAccepted('ResponseGroupsImported');
  });

  it('is refused with an older file over what a newer one brought', () => {
    given(paired, createdInFull(poolA, helpDesk), night([helpDesk], 'export-1'))
      .and(edited(poolA, { anonymous: true }))
      .when('record-export', { pool: poolA }, 'export-2')
      .next()
      .when('import-response-groups', { ...toBackup, exportId: 'export-2' })
      .next()
      .when('import-response-groups', toBackup)
      .thenRefused({ rule, detail: /was imported there at .*: Anonymous: true → false\.$/ });
  });

  it('is refused with the pool’s own file of before the change', () => {
    given(
      paired,
      createdInFull(poolA, helpDesk),
      night([helpDesk], 'export-1'),
      edited(poolA, { anonymous: true }),
    )
      .when('import-response-groups', { destination: poolA, exportId: 'export-1' })
      .thenRefused({ rule });
  });

  it('goes by when a file was written, not by when it was added', () => {
    const addedLate: Told = {
      ...night([{ ...helpDesk, properties: { description: 'then' } }], 'late'),
      metadata: { occurredAt: '2025-01-15T01:00:00.000Z' },
    };
    given(paired, createdInFull(poolA, helpDesk), edited(poolA, { anonymous: true }), addedLate)
      .when('import-response-groups', { destination: poolA, exportId: 'late' })
      .thenRefused({ rule });
  });

  it('overwrites copies that nobody changed without being asked', () => {
    given(paired, createdAndImported(poolA, helpDesk), edited(poolA, { anonymous: true }))
      .when('record-export', { pool: poolA }, 'export-2')
      .next()
      .when('import-response-groups', { ...toBackup, exportId: 'export-2' })
      .thenAccepted('ResponseGroupsImported')
      .warning();
  });
});
