import { describe, expect, it } from '@jest/globals';
import { pair } from '../../projections/pair/fold.js';
import { editabilityView } from '../../projections/editability/view.js';
import { visibilityView } from '../../projections/visibility/view.js';
import {
  databaseReported,
  importedWorkflow,
  pairRegistered,
  poolA,
  poolB,
  until,
  workflow,
  type DisasterStage,
} from '../support/story.js';
import type { BackEndDatabaseState } from '../../events/vocabulary.js';
import { given, stated } from './folding.js';

type Group = 'primary' | 'backup' | 'imported';
const copies = {
  primary: { id: 'of-primary', parent: poolA },
  backup: { id: 'of-backup', parent: poolB },
  imported: { id: 'of-primary', parent: poolB },
} as const;

function toolsFor(stage: DisasterStage, group: Group, database: BackEndDatabaseState = 'unknown') {
  const events = [
    pairRegistered(),
    workflow(poolA, 'of-primary'),
    workflow(poolB, 'of-backup'),
    ...importedWorkflow(poolA, 'of-primary'),
    ...until(poolA, stage),
    databaseReported(poolA, database),
  ];
  const isMeant = ({ id, parent }: { id: string; parent: string }): boolean =>
    id === copies[group].id && parent === copies[group].parent;
  return {
    seen: visibilityView(given(pair, ...events), poolA)?.objects.find(isMeant),
    changed: editabilityView(given(pair, ...events), poolA)?.objects.find(isMeant),
  };
}

const all = <Answer>(answer: Answer) => ({
  controlPanel: answer,
  configurationTool: answer,
  managementShell: answer,
});
const shellOnly = { controlPanel: false, configurationTool: false, managementShell: true };

describe('response group configuration', () => {
  for (const [stage, first] of [
    ['outage', 'outage/configuration/1'],
    ['failing-over', 'failing-over/configuration/1'],
    ['failed-over', 'failed-over/configuration/1'],
    ['failing-back', 'failing-back/configuration/1'],
  ] as const) {
    it(`${first}: what the primary pool owns is seen as its back-end database allows, and never changed`, () => {
      for (const [database, visible] of [
        ['available', true],
        ['unavailable', false],
        ['unknown', 'depends'],
      ] as const) {
        const { seen, changed } = toolsFor(stage, 'primary', database);
        expect(seen).toMatchObject({ ownership: 'primary', tools: all(visible), ...stated(first) });
        expect(changed).toMatchObject({ ownership: 'primary', tools: all(false), ...stated(first) });
      }
    });
  }

  it('failed-back/configuration/1: what the primary pool owns is seen and changed again', () => {
    for (const database of ['available', 'unavailable', 'unknown'] as const) {
      const { seen, changed } = toolsFor('failed-back', 'primary', database);
      expect(seen).toMatchObject({ tools: all(true), ...stated('failed-back/configuration/1') });
      expect(changed).toMatchObject({ tools: all(true), ...stated('failed-back/configuration/1') });
    }
  });

  for (const [stage, second] of [
    ['outage', 'outage/configuration/2'],
    ['failing-over', 'failing-over/configuration/2'],
    ['failed-over', 'failed-over/configuration/2'],
    ['failing-back', 'failing-back/configuration/2'],
    ['failed-back', 'failed-back/configuration/2'],
  ] as const) {
    it(`${second}: what the backup pool owns is seen and changed`, () => {
      const { seen, changed } = toolsFor(stage, 'backup');
      expect(seen).toMatchObject({ ownership: 'backup', tools: all(true), ...stated(second) });
      expect(changed).toMatchObject({ ownership: 'backup', tools: all(true), ...stated(second) });
    });
  }

  for (const [stage, third] of [
    ['outage', 'outage/configuration/3'],
    ['failing-over', 'failing-over/configuration/3'],
    ['failed-over', 'failed-over/configuration/3'],
    ['failing-back', 'failing-back/configuration/3'],
    ['failed-back', 'failed-back/configuration/3'],
  ] as const) {
    it(`${third}: imported groups are out of sight but for the Management Shell, which can change them`, () => {
      const { seen, changed } = toolsFor(stage, 'imported');
      expect(seen).toMatchObject({ ownership: 'imported', tools: shellOnly, ...stated(third) });
      expect(changed).toMatchObject({ ownership: 'imported', tools: shellOnly, ...stated(third) });
    });
  }
});
