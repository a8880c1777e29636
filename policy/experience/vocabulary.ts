/** The vocabulary of the tables: how a line is written, the classes that it applies to, and the outcomes. */
import type { BackEndDatabaseState } from '../../events/vocabulary.js';
import type { Inference } from '../readings.js';
import {
  ownerships,
  type CallOutcome,
  type ConfigurationOutcome,
  type ConnectedCell,
  type ConsoleCell,
  type ConsoleOutcome,
  type InProgressCell,
  type NewCallOutcome,
  type OnBehalfOutcome,
  type ToolOutcome,
  type Visible,
} from './types.js';

interface Decides<When, Outcome> {
  readonly appliesTo: readonly When[];
  readonly outcome: Outcome;
}
/** A bullet of the document, in our own words. */
export interface Stated<When, Outcome> extends Decides<When, Outcome> {
  readonly text: string;
}
/** Classes that the document does not mention. */
export interface Silent<When, Outcome> extends Decides<When, Outcome> {
  readonly inference: Inference;
}
export type Line<When, Outcome> = Stated<When, Outcome> | Silent<When, Outcome>;

export const says = <When, Outcome>(
  text: string,
  appliesTo: readonly When[],
  outcome: Outcome,
): Stated<When, Outcome> => ({ text, appliesTo, outcome });

export const silentFor = <When, Outcome>(
  appliesTo: readonly When[],
  outcome: Outcome,
  inference: Inference,
): Silent<When, Outcome> => ({ appliesTo, outcome, inference });

export type ConfigurationByDatabase = (database: BackEndDatabaseState) => ConfigurationOutcome;

type CallClass = InProgressCell['when'];
type OwnershipClass = ConsoleCell['when'];

/** One column of the tables: the lines of each row. Exactly one line applies to each class of a row. */
export interface StageColumn {
  readonly 'connected-calls': readonly Line<ConnectedCell['when'], CallOutcome>[];
  readonly 'in-progress-calls': readonly Line<CallClass, CallOutcome>[];
  readonly 'new-calls': readonly Line<CallClass, NewCallOutcome>[];
  readonly 'on-behalf-calls': readonly Line<CallClass, OnBehalfOutcome>[];
  readonly 'agent-console': readonly Line<OwnershipClass, ConsoleOutcome>[];
  readonly configuration: readonly Line<OwnershipClass, ConfigurationByDatabase>[];
}

/** Calls that an agent has answered. */
export const answered: readonly ConnectedCell['when'][] = [false, true].flatMap((anonymous) =>
  [false, true].map((imported) => ({ anonymous, imported })),
);
/** Regular calls, whether the response group was imported or not. */
export const regular = answered.filter((call) => !call.anonymous);
export const anonymous = answered.filter((call) => call.anonymous);
export const anonymousNotImported = anonymous.filter((call) => !call.imported);
export const anonymousImported = anonymous.filter((call) => call.imported);

/** Calls of the other rows: waiting for an agent, new, or on behalf of a response group. */
export const everyCall: readonly CallClass[] = [false, true].map((imported) => ({ imported }));
export const notImported = everyCall.filter((call) => !call.imported);
export const imported = everyCall.filter((call) => call.imported);

/** Copies of agent groups and response groups, by who owns and who hosts them. */
export const everyCopy: readonly OwnershipClass[] = ownerships.map((ownership) => ({ ownership }));
const ownedAs = (wanted: OwnershipClass['ownership']): readonly OwnershipClass[] =>
  everyCopy.filter(({ ownership }) => ownership === wanted);
export const primaryOwned = ownedAs('primary');
export const backupOwned = ownedAs('backup');
export const importedCopies = ownedAs('imported');

export const dropped: NewCallOutcome = { call: 'disconnected' };
export const onBackup: NewCallOutcome = { call: 'connected', to: 'backup', primaryHomedAgents: 'reachable' };
export const onBackupWithoutPrimaryAgents: NewCallOutcome = {
  ...onBackup,
  primaryHomedAgents: 'unreachable',
};
export const onPrimary: NewCallOutcome = {
  call: 'connected',
  to: 'primary',
  primaryHomedAgents: 'reachable',
};
export const onPrimaryWithoutPrimaryAgents: NewCallOutcome = {
  ...onPrimary,
  primaryHomedAgents: 'unreachable',
};

export const open: ConsoleOutcome = { displayed: true, signIn: true };
export const closed: ConsoleOutcome = { displayed: true, signIn: false };
export const hidden: ConsoleOutcome = { displayed: false, signIn: false };

const withEveryTool = (outcome: ToolOutcome): ConfigurationOutcome => ({
  controlPanel: outcome,
  configurationTool: outcome,
  managementShell: outcome,
});
const visibleWith = (database: BackEndDatabaseState): Visible =>
  database === 'unknown' ? 'depends' : database === 'available';

/** Seen while the back-end database is up, and not changed. */
export const readOnly: ConfigurationByDatabase = (database) =>
  withEveryTool({ view: visibleWith(database), modify: false });
/** Seen and changed, whatever is known of the back-end database. */
export const editable: ConfigurationByDatabase = () => withEveryTool({ view: true, modify: true });
export const shellOnly: ConfigurationByDatabase = () => ({
  ...withEveryTool({ view: false, modify: false }),
  managementShell: { view: true, modify: true },
});
