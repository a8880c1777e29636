import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { signIn } from './support/commands.js';
import { eitherPool, Pair, type Stage } from './support/pair.js';
import { Service } from './support/service.js';

let service: Service;
beforeAll(async () => {
  service = await Service.start();
});
afterAll(() => service.stop());

interface Place {
  readonly pair: Pair;
  readonly group: string;
  readonly parent: string;
  readonly statement: string;
}

async function isShown({ pair, group, parent, statement }: Place, displayed: boolean, open: boolean) {
  const copy = await pair.copyIn('visibility', 'agent-group', group, parent);
  expect(copy).toMatchObject({
    agentConsole: { displayed, signIn: open, because: [statement], basis: 'stated' },
    because: expect.arrayContaining([statement]),
  });
  const onConsole = await pair.groupOnConsole(pair.agentOfBackup, group, parent);
  expect(onConsole).toMatchObject({ displayed, signIn: open, because: [statement] });
}

async function agentsCannotSignIn({ pair, group, parent, statement }: Place): Promise<void> {
  for (const agent of [pair.agentOfPrimary, pair.agentOfBackup]) {
    const refusal = await service.when(signIn(agent, parent, group));
    expect(refusal.status).toBe(409);
    expect(refusal.body).toMatchObject({ rule: 'console-closed', because: [statement] });
  }
}

async function agentsCanSignIn({ pair, group, parent, statement }: Place): Promise<void> {
  for (const agent of [pair.agentOfPrimary, pair.agentOfBackup]) {
    const answer = await service.when(signIn(agent, parent, group));
    expect(answer.status).toBe(200);
    expect(answer.body).toMatchObject({ because: [statement], events: [{ type: 'AgentSignedIn' }] });
    expect(await pair.groupOnConsole(agent, group, parent)).toMatchObject({ signedIn: true });
  }
}

describe.each(eitherPool)('The agent console, as the %s pool of the pair fails', (primary) => {
  async function cursorIn(stage: Stage, statement: string, whose: 'primary' | 'backup' | 'imported') {
    const pair = await Pair.withImport(service, primary);
    await pair.reaches(stage);
    const group = whose === 'backup' ? pair.groupOfBackup : pair.ownGroup;
    const parent = whose === 'primary' ? pair.primary : pair.backup;
    return { pair, group, parent, statement };
  }

  async function groupsOfThePrimaryAreShownButClosed(stage: Stage, statement: string): Promise<void> {
    const place = await cursorIn(stage, statement, 'primary');
    await isShown(place, true, false);
    await agentsCannotSignIn(place);
  }
  async function groupsAreOpen(stage: Stage, statement: string, whose: 'primary' | 'backup' | 'imported') {
    const place = await cursorIn(stage, statement, whose);
    await isShown(place, true, true);
    await agentsCanSignIn(place);
  }
  async function importedGroupsAreNotShown(stage: Stage, statement: string): Promise<void> {
    const place = await cursorIn(stage, statement, 'imported');
    await isShown(place, false, false);
    await agentsCannotSignIn(place);
  }

  it('outage/agent-console/1: groups of the primary pool are shown, but agents cannot sign in', () =>
    groupsOfThePrimaryAreShownButClosed('outage', 'outage/agent-console/1'));
  it('outage/agent-console/2: groups of the backup pool are shown, and agents can sign in', () =>
    groupsAreOpen('outage', 'outage/agent-console/2', 'backup'));
  it('outage/agent-console/3: imported groups are not shown', () =>
    importedGroupsAreNotShown('outage', 'outage/agent-console/3'));

  it('failing-over/agent-console/1: groups of the primary pool are shown, but agents cannot sign in', () =>
    groupsOfThePrimaryAreShownButClosed('failing-over', 'failing-over/agent-console/1'));
  it('failing-over/agent-console/2: groups of the backup pool are shown, and agents can sign in', () =>
    groupsAreOpen('failing-over', 'failing-over/agent-console/2', 'backup'));
  it('failing-over/agent-console/3: imported groups are shown, and agents can sign in', () =>
    groupsAreOpen('failing-over', 'failing-over/agent-console/3', 'imported'));

  it('failed-over/agent-console/1: groups of the primary pool are shown, but agents cannot sign in', () =>
    groupsOfThePrimaryAreShownButClosed('failed-over', 'failed-over/agent-console/1'));
  it('failed-over/agent-console/2: groups of the backup pool are shown, and agents can sign in', () =>
    groupsAreOpen('failed-over', 'failed-over/agent-console/2', 'backup'));
  it('failed-over/agent-console/3: imported groups are shown, and agents can sign in', () =>
    groupsAreOpen('failed-over', 'failed-over/agent-console/3', 'imported'));

  it('failing-back/agent-console/1: groups of the primary pool are shown, but agents cannot sign in', () =>
    groupsOfThePrimaryAreShownButClosed('failing-back', 'failing-back/agent-console/1'));
  it('failing-back/agent-console/2: groups of the backup pool are shown, and agents can sign in', () =>
    groupsAreOpen('failing-back', 'failing-back/agent-console/2', 'backup'));
  it('failing-back/agent-console/3: imported groups are shown, and agents can sign in', () =>
    groupsAreOpen('failing-back', 'failing-back/agent-console/3', 'imported'));

  it('failed-back/agent-console/1: groups of the primary pool are shown, and agents can sign in', () =>
    groupsAreOpen('failed-back', 'failed-back/agent-console/1', 'primary'));
  it('failed-back/agent-console/2: groups of the backup pool are shown, and agents can sign in', () =>
    groupsAreOpen('failed-back', 'failed-back/agent-console/2', 'backup'));
  it('failed-back/agent-console/3: imported groups are not shown', () =>
    importedGroupsAreNotShown('failed-back', 'failed-back/agent-console/3'));
});
