/**
 * The 64 statements of the three tables, in our own words, each beside its id
 * `<stage>/<row>/<n>`: n counts the statements of the cell from 1 in the document's order.
 */
import { documentedStages, type DocumentedStage } from './stages.js';

export const rows = [
  'connected-calls',
  'in-progress-calls',
  'new-calls',
  'on-behalf-calls',
  'agent-console',
  'configuration',
] as const;
export type Row = (typeof rows)[number];

export type StatementId = `${DocumentedStage}/${Row}/${number}`;

export interface Statement {
  readonly id: StatementId;
  readonly stage: DocumentedStage;
  readonly row: Row;
  readonly text: string;
}

type Column = Readonly<Record<Row, readonly string[]>>;

const regularCallsStay = 'A regular call that an agent has answered goes on.';
const anonymousCallsDrop = 'An anonymous call that an agent has answered is cut off.';
const waitingCallsDrop = 'A call that no agent has answered yet is cut off.';
const nobodyWaits = 'Where the response group was not imported, no call is waiting for an agent.';
const newCallsDrop = 'A new call is cut off.';
const onBehalfIsOff = 'Calling on behalf of a response group is switched off in this stage.';
const primaryGroupsClosed =
  'The console shows agent groups that the primary pool owns, but nobody can sign in to them.';
const primaryGroupsOpen =
  'The console shows agent groups that the primary pool owns, and agents can sign in to them.';
const backupGroupsOpen =
  'The console shows agent groups that the backup pool owns, and agents can sign in to them.';
const importedGroupsOpen = 'The console shows imported agent groups, and agents can sign in to them.';
const importedGroupsHidden = 'The console does not show imported agent groups.';
const primaryReadOnly =
  "Response groups that the primary pool owns can be seen while the primary pool's back-end database is up, and cannot be changed.";
const primaryEditable = 'Response groups that the primary pool owns can be seen and changed.';
const backupEditable = 'Response groups that the backup pool owns can be seen and changed.';
const importedShellOnly =
  'Imported response groups are out of sight of the Control Panel and the Response Group Configuration Tool; the Management Shell cmdlets can configure them.';

const columns: Readonly<Record<DocumentedStage, Column>> = {
  outage: {
    'connected-calls': [regularCallsStay, anonymousCallsDrop],
    'in-progress-calls': [waitingCallsDrop],
    'new-calls': [
      newCallsDrop,
      'Where the response group was imported, a new call reaches the backup pool, where agents homed in the primary pool cannot be reached.',
    ],
    'on-behalf-calls': [onBehalfIsOff],
    'agent-console': [primaryGroupsClosed, backupGroupsOpen, importedGroupsHidden],
    configuration: [primaryReadOnly, backupEditable, importedShellOnly],
  },
  'failing-over': {
    'connected-calls': [regularCallsStay, anonymousCallsDrop],
    'in-progress-calls': [waitingCallsDrop],
    'new-calls': [
      newCallsDrop,
      'Where the response group was imported, a new call reaches the backup pool, where agents homed in the primary pool cannot be reached.',
    ],
    'on-behalf-calls': [onBehalfIsOff],
    'agent-console': [primaryGroupsClosed, backupGroupsOpen, importedGroupsOpen],
    configuration: [primaryReadOnly, backupEditable, importedShellOnly],
  },
  'failed-over': {
    'connected-calls': [
      regularCallsStay,
      'Where the response group was imported, an anonymous call that has reached the backup pool goes on.',
    ],
    'in-progress-calls': [
      nobodyWaits,
      'Where the response group was imported, a waiting call that has reached the backup pool goes on.',
    ],
    'new-calls': [
      'Where the response group was not imported, a new call is cut off.',
      'Where the response group was imported, a new call reaches the backup pool.',
    ],
    'on-behalf-calls': [
      'Where the response group was not imported, a call on its behalf fails.',
      'Where the response group was imported, a call on its behalf succeeds.',
    ],
    'agent-console': [primaryGroupsClosed, backupGroupsOpen, importedGroupsOpen],
    configuration: [primaryReadOnly, backupEditable, importedShellOnly],
  },
  'failing-back': {
    'connected-calls': [
      regularCallsStay,
      'Where the response group was not imported, no anonymous call is connected.',
      'Where the response group was imported, an anonymous call goes on.',
    ],
    'in-progress-calls': [nobodyWaits, 'Where the response group was imported, a waiting call is cut off.'],
    'new-calls': [
      'A new call reaches the primary pool, where agents homed in the primary pool cannot be reached.',
    ],
    'on-behalf-calls': [onBehalfIsOff],
    'agent-console': [primaryGroupsClosed, backupGroupsOpen, importedGroupsOpen],
    configuration: [primaryReadOnly, backupEditable, importedShellOnly],
  },
  'failed-back': {
    'connected-calls': [
      regularCallsStay,
      'Where the response group was not imported, no anonymous call is connected.',
      'Where the response group was imported, an anonymous call goes on.',
    ],
    'in-progress-calls': [nobodyWaits, 'Where the response group was imported, a waiting call is cut off.'],
    'new-calls': ['A new call reaches the primary pool.'],
    'on-behalf-calls': ['A call on behalf of a response group succeeds.'],
    'agent-console': [primaryGroupsOpen, backupGroupsOpen, importedGroupsHidden],
    configuration: [primaryEditable, backupEditable, importedShellOnly],
  },
};

export const statementId = (stage: DocumentedStage, row: Row, n: number): StatementId =>
  `${stage}/${row}/${n}`;

export const statements: readonly Statement[] = documentedStages.flatMap((stage) =>
  rows.flatMap((row) =>
    columns[stage][row].map((text, index) => ({ id: statementId(stage, row, index + 1), stage, row, text })),
  ),
);

const byId = new Map<string, Statement>(statements.map((statement) => [statement.id, statement]));

export const statementOf = (id: string): Statement | undefined => byId.get(id);
