import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { modifyObject, reportDatabase } from './support/commands.js';
import { eitherPool, Pair, type Stage } from './support/pair.js';
import { Service } from './support/service.js';

let service: Service;
beforeAll(async () => {
  service = await Service.start();
});
afterAll(() => service.stop());

const tools = ['controlPanel', 'configurationTool', 'managementShell'] as const;
const withEachTool = <Value>(value: Value) => ({
  controlPanel: value,
  configurationTool: value,
  managementShell: value,
});
const withTheShellOnly = { controlPanel: false, configurationTool: false, managementShell: true };

interface Group {
  readonly pair: Pair;
  readonly id: string;
  readonly parent: string;
  readonly statement: string;
}

const canBeViewed = async ({ pair, id, parent, statement }: Group, by: object): Promise<void> =>
  expect(await pair.copyIn('visibility', 'workflow', id, parent)).toMatchObject({
    tools: by,
    because: [statement],
    basis: 'stated',
  });

async function canBeModified({ pair, id, parent, statement }: Group, by: Readonly<Record<string, boolean>>) {
  expect(await pair.copyIn('editability', 'workflow', id, parent)).toMatchObject({
    tools: by,
    because: [statement],
    basis: 'stated',
  });
  for (const tool of tools) {
    const description = `Changed with the ${tool}`;
    const answer = await service.when(modifyObject(parent, 'workflow', id, { description }, tool));
    if (by[tool] === true) {
      expect(answer.status).toBe(200);
      expect(answer.body).toMatchObject({ because: [statement], events: [{ type: 'ObjectModified' }] });
    } else {
      expect(answer.status).toBe(409);
      expect(answer.body).toMatchObject({ rule: 'configuration-closed', because: [statement] });
    }
  }
}

describe.each(eitherPool)('Response group configuration, as the %s pool of the pair fails', (primary) => {
  async function groupIn(stage: Stage, statement: string, whose: 'primary' | 'backup' | 'imported') {
    const pair = await Pair.withImport(service, primary);
    await pair.reaches(stage);
    const id = whose === 'backup' ? pair.regularOfBackup : pair.regular;
    return { pair, id, parent: whose === 'primary' ? pair.primary : pair.backup, statement };
  }

  async function groupsOfThePrimaryCanOnlyBeViewed(stage: Stage, statement: string): Promise<void> {
    const group = await groupIn(stage, statement, 'primary');
    await canBeViewed(group, withEachTool('depends'));
    await service.given(reportDatabase(group.parent, 'unavailable'));
    await canBeViewed(group, withEachTool(false));
    await service.given(reportDatabase(group.parent, 'available'));
    await canBeViewed(group, withEachTool(true));
    await canBeModified(group, withEachTool(false));
  }
  async function groupsOfTheBackupCanBeModified(stage: Stage, statement: string): Promise<void> {
    const group = await groupIn(stage, statement, 'backup');
    await canBeViewed(group, withEachTool(true));
    await canBeModified(group, withEachTool(true));
  }
  async function importedGroupsAreForTheShellOnly(stage: Stage, statement: string): Promise<void> {
    const group = await groupIn(stage, statement, 'imported');
    await canBeViewed(group, withTheShellOnly);
    await canBeModified(group, withTheShellOnly);
  }

  it('outage/configuration/1: groups of the primary can be viewed while its back-end database is up, never modified', () =>
    groupsOfThePrimaryCanOnlyBeViewed('outage', 'outage/configuration/1'));
  it('outage/configuration/2: groups of the backup can be viewed and modified', () =>
    groupsOfTheBackupCanBeModified('outage', 'outage/configuration/2'));
  it('outage/configuration/3: imported groups are for the Management Shell only', () =>
    importedGroupsAreForTheShellOnly('outage', 'outage/configuration/3'));

  it('failing-over/configuration/1: groups of the primary can be viewed while its back-end database is up, never modified', () =>
    groupsOfThePrimaryCanOnlyBeViewed('failing-over', 'failing-over/configuration/1'));
  it('failing-over/configuration/2: groups of the backup can be viewed and modified', () =>
    groupsOfTheBackupCanBeModified('failing-over', 'failing-over/configuration/2'));
  it('failing-over/configuration/3: imported groups are for the Management Shell only', () =>
    importedGroupsAreForTheShellOnly('failing-over', 'failing-over/configuration/3'));

  it('failed-over/configuration/1: groups of the primary can be viewed while its back-end database is up, never modified', () =>
    groupsOfThePrimaryCanOnlyBeViewed('failed-over', 'failed-over/configuration/1'));
  it('failed-over/configuration/2: groups of the backup can be viewed and modified', () =>
    groupsOfTheBackupCanBeModified('failed-over', 'failed-over/configuration/2'));
  it('failed-over/configuration/3: imported groups are for the Management Shell only', () =>
    importedGroupsAreForTheShellOnly('failed-over', 'failed-over/configuration/3'));

  it('failing-back/configuration/1: groups of the primary can be viewed while its back-end database is up, never modified', () =>
    groupsOfThePrimaryCanOnlyBeViewed('failing-back', 'failing-back/configuration/1'));
  it('failing-back/configuration/2: groups of the backup can be viewed and modified', () =>
    groupsOfTheBackupCanBeModified('failing-back', 'failing-back/configuration/2'));
  it('failing-back/configuration/3: imported groups are for the Management Shell only', () =>
    importedGroupsAreForTheShellOnly('failing-back', 'failing-back/configuration/3'));

  it('failed-back/configuration/1: groups of the primary can be viewed and modified, whatever its database', async () => {
    const group = await groupIn('failed-back', 'failed-back/configuration/1', 'primary');
    await canBeViewed(group, withEachTool(true));
    await service.given(reportDatabase(group.parent, 'unavailable'));
    await canBeViewed(group, withEachTool(true));
    await canBeModified(group, withEachTool(true));
  });
  it('failed-back/configuration/2: groups of the backup can be viewed and modified', () =>
    groupsOfTheBackupCanBeModified('failed-back', 'failed-back/configuration/2'));
  it('failed-back/configuration/3: imported groups are for the Management Shell only', () =>
    importedGroupsAreForTheShellOnly('failed-back', 'failed-back/configuration/3'));
});
