/**
 * The three tables once more, copied by hand from the document and independent of `policy/experience/tables.ts`:
 * the classes that each statement mentions, and their outcomes.
 */
import type { StatementId } from '../../policy/statements.js';

type Said = readonly (readonly [when: object, outcome: unknown])[];

const regular = (outcome: string): Said => [
  [{ anonymous: false, imported: false }, outcome],
  [{ anonymous: false, imported: true }, outcome],
];
const anonymous = (outcome: string): Said => [
  [{ anonymous: true, imported: false }, outcome],
  [{ anonymous: true, imported: true }, outcome],
];
const anonymousNotImported = (outcome: string): Said => [[{ anonymous: true, imported: false }, outcome]];
const anonymousImported = (outcome: string): Said => [[{ anonymous: true, imported: true }, outcome]];
const notImported = (outcome: unknown): Said => [[{ imported: false }, outcome]];
const imported = (outcome: unknown): Said => [[{ imported: true }, outcome]];
const whetherImportedOrNot = (outcome: unknown): Said => [...notImported(outcome), ...imported(outcome)];

const disconnected = { call: 'disconnected' };
const backup = (primaryHomedAgents: string) => ({ call: 'connected', to: 'backup', primaryHomedAgents });
const primary = (primaryHomedAgents: string) => ({ call: 'connected', to: 'primary', primaryHomedAgents });

const groups = (ownership: string, displayed: boolean, signIn: boolean): Said => [
  [{ ownership }, { displayed, signIn }],
];

const everyTool = (view: unknown, modify: boolean) => ({
  controlPanel: { view, modify },
  configurationTool: { view, modify },
  managementShell: { view, modify },
});
const shellOnly = {
  controlPanel: { view: false, modify: false },
  configurationTool: { view: false, modify: false },
  managementShell: { view: true, modify: true },
};
const whateverTheDatabase = (ownership: string, outcome: unknown): Said => [
  [{ ownership, backEndDatabase: 'available' }, outcome],
  [{ ownership, backEndDatabase: 'unavailable' }, outcome],
  [{ ownership, backEndDatabase: 'unknown' }, outcome],
];
const primaryViewableWithDatabaseNotModifiable: Said = [
  [{ ownership: 'primary', backEndDatabase: 'available' }, everyTool(true, false)],
  [{ ownership: 'primary', backEndDatabase: 'unavailable' }, everyTool(false, false)],
  [{ ownership: 'primary', backEndDatabase: 'unknown' }, everyTool('depends', false)],
];
const backupViewableAndModifiable = whateverTheDatabase('backup', everyTool(true, true));
const importedByShellOnly = whateverTheDatabase('imported', shellOnly);

export const theDocument: Readonly<Record<StatementId, Said>> = {
  'outage/connected-calls/1': regular('remain-connected'),
  'outage/connected-calls/2': anonymous('disconnected'),
  'outage/in-progress-calls/1': whetherImportedOrNot('disconnected'),
  'outage/new-calls/1': notImported(disconnected),
  'outage/new-calls/2': imported(backup('unreachable')),
  'outage/on-behalf-calls/1': whetherImportedOrNot('disabled'),
  'outage/agent-console/1': groups('primary', true, false),
  'outage/agent-console/2': groups('backup', true, true),
  'outage/agent-console/3': groups('imported', false, false),
  'outage/configuration/1': primaryViewableWithDatabaseNotModifiable,
  'outage/configuration/2': backupViewableAndModifiable,
  'outage/configuration/3': importedByShellOnly,

  'failing-over/connected-calls/1': regular('remain-connected'),
  'failing-over/connected-calls/2': anonymous('disconnected'),
  'failing-over/in-progress-calls/1': whetherImportedOrNot('disconnected'),
  'failing-over/new-calls/1': notImported(disconnected),
  'failing-over/new-calls/2': imported(backup('unreachable')),
  'failing-over/on-behalf-calls/1': whetherImportedOrNot('disabled'),
  'failing-over/agent-console/1': groups('primary', true, false),
  'failing-over/agent-console/2': groups('backup', true, true),
  'failing-over/agent-console/3': groups('imported', true, true),
  'failing-over/configuration/1': primaryViewableWithDatabaseNotModifiable,
  'failing-over/configuration/2': backupViewableAndModifiable,
  'failing-over/configuration/3': importedByShellOnly,

  'failed-over/connected-calls/1': regular('remain-connected'),
  'failed-over/connected-calls/2': anonymousImported('remain-connected'),
  'failed-over/in-progress-calls/1': notImported('none-in-this-status'),
  'failed-over/in-progress-calls/2': imported('remain-connected'),
  'failed-over/new-calls/1': notImported(disconnected),
  'failed-over/new-calls/2': imported(backup('reachable')),
  'failed-over/on-behalf-calls/1': notImported('fail'),
  'failed-over/on-behalf-calls/2': imported('succeed'),
  'failed-over/agent-console/1': groups('primary', true, false),
  'failed-over/agent-console/2': groups('backup', true, true),
  'failed-over/agent-console/3': groups('imported', true, true),
  'failed-over/configuration/1': primaryViewableWithDatabaseNotModifiable,
  'failed-over/configuration/2': backupViewableAndModifiable,
  'failed-over/configuration/3': importedByShellOnly,

  'failing-back/connected-calls/1': regular('remain-connected'),
  'failing-back/connected-calls/2': anonymousNotImported('none-in-this-status'),
  'failing-back/connected-calls/3': anonymousImported('remain-connected'),
  'failing-back/in-progress-calls/1': notImported('none-in-this-status'),
  'failing-back/in-progress-calls/2': imported('disconnected'),
  'failing-back/new-calls/1': whetherImportedOrNot(primary('unreachable')),
  'failing-back/on-behalf-calls/1': whetherImportedOrNot('disabled'),
  'failing-back/agent-console/1': groups('primary', true, false),
  'failing-back/agent-console/2': groups('backup', true, true),
  'failing-back/agent-console/3': groups('imported', true, true),
  'failing-back/configuration/1': primaryViewableWithDatabaseNotModifiable,
  'failing-back/configuration/2': backupViewableAndModifiable,
  'failing-back/configuration/3': importedByShellOnly,

  'failed-back/connected-calls/1': regular('remain-connected'),
  'failed-back/connected-calls/2': anonymousNotImported('none-in-this-status'),
  'failed-back/connected-calls/3': anonymousImported('remain-connected'),
  'failed-back/in-progress-calls/1': notImported('none-in-this-status'),
  'failed-back/in-progress-calls/2': imported('disconnected'),
  'failed-back/new-calls/1': whetherImportedOrNot(primary('reachable')),
  'failed-back/on-behalf-calls/1': whetherImportedOrNot('succeed'),
  'failed-back/agent-console/1': groups('primary', true, true),
  'failed-back/agent-console/2': groups('backup', true, true),
  'failed-back/agent-console/3': groups('imported', false, false),
  'failed-back/configuration/1': whateverTheDatabase('primary', everyTool(true, true)),
  'failed-back/configuration/2': backupViewableAndModifiable,
  'failed-back/configuration/3': importedByShellOnly,
};
