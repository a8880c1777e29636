/**
 * The three tables of the document, column by column, to be held beside the page: one line for each bullet, in the
 * document's order, with our own words, the classes that it applies to, and what it decides.
 *
 * Statement ids `<stage>/<row>/<n>` follow from this order: n counts the bullets of a cell from 1. Where a cell makes
 * an exception for imported response groups, the line before it applies to those that were not imported.
 */
import type { DocumentedStage } from '../stages.js';
// prettier-ignore
import {
  says, silentFor, type StageColumn,
  regular, anonymous, anonymousImported, anonymousNotImported,
  everyCall, imported, notImported, primaryOwned, backupOwned, importedCopies,
  dropped, onBackup, onBackupWithoutPrimaryAgents, onPrimary, onPrimaryWithoutPrimaryAgents,
  open, closed, hidden, editable, readOnly, shellOnly,
} from './vocabulary.js';

// prettier-ignore
export const tables: Readonly<Record<DocumentedStage, StageColumn>> = {
  outage: {
    'connected-calls': [
      says('A regular call that an agent has answered goes on.', regular, 'remain-connected'),
      says('An anonymous call that an agent has answered is cut off.', anonymous, 'disconnected'),
    ],
    'in-progress-calls': [says('A call that no agent has answered yet is cut off.', everyCall, 'disconnected')],
    'new-calls': [
      says('A new call is cut off.', notImported, dropped),
      says('Where the response group was imported, a new call reaches the backup pool, where agents homed in the primary pool cannot be reached.', imported, onBackupWithoutPrimaryAgents),
    ],
    'on-behalf-calls': [says('Calling on behalf of a response group is switched off in this stage.', everyCall, 'disabled')],
    'agent-console': [
      says('The console shows agent groups that the primary pool owns, but nobody can sign in to them.', primaryOwned, closed),
      says('The console shows agent groups that the backup pool owns, and agents can sign in to them.', backupOwned, open),
      says('The console does not show imported agent groups.', importedCopies, hidden),
    ],
    configuration: [
      says("Response groups that the primary pool owns can be seen while the primary pool's back-end database is up, and cannot be changed.", primaryOwned, readOnly),
      says('Response groups that the backup pool owns can be seen and changed.', backupOwned, editable),
      says('Imported response groups are out of sight of the Control Panel and the Response Group Configuration Tool; the Management Shell cmdlets can configure them.', importedCopies, shellOnly),
    ],
  },
  'failing-over': {
    'connected-calls': [
      says('A regular call that an agent has answered goes on.', regular, 'remain-connected'),
      says('An anonymous call that an agent has answered is cut off.', anonymous, 'disconnected'),
    ],
    'in-progress-calls': [says('A call that no agent has answered yet is cut off.', everyCall, 'disconnected')],
    'new-calls': [
      says('A new call is cut off.', notImported, dropped),
      says('Where the response group was imported, a new call reaches the backup pool, where agents homed in the primary pool cannot be reached.', imported, onBackupWithoutPrimaryAgents),
    ],
    'on-behalf-calls': [says('Calling on behalf of a response group is switched off in this stage.', everyCall, 'disabled')],
    'agent-console': [
      says('The console shows agent groups that the primary pool owns, but nobody can sign in to them.', primaryOwned, closed),
      says('The console shows agent groups that the backup pool owns, and agents can sign in to them.', backupOwned, open),
      says('The console shows imported agent groups, and agents can sign in to them.', importedCopies, open),
    ],
    configuration: [
      says("Response groups that the primary pool owns can be seen while the primary pool's back-end database is up, and cannot be changed.", primaryOwned, readOnly),
      says('Response groups that the backup pool owns can be seen and changed.', backupOwned, editable),
      says('Imported response groups are out of sight of the Control Panel and the Response Group Configuration Tool; the Management Shell cmdlets can configure them.', importedCopies, shellOnly),
    ],
  },
  'failed-over': {
    'connected-calls': [
      says('A regular call that an agent has answered goes on.', regular, 'remain-connected'),
      says('Where the response group was imported, an anonymous call that has reached the backup pool goes on.', anonymousImported, 'remain-connected'),
      silentFor(anonymousNotImported, 'none-in-this-status', 'none-can-exist'), // every such call was dropped before
    ],
    'in-progress-calls': [
      says('Where the response group was not imported, no call is waiting for an agent.', notImported, 'none-in-this-status'),
      says('Where the response group was imported, a waiting call that has reached the backup pool goes on.', imported, 'remain-connected'),
    ],
    'new-calls': [
      says('Where the response group was not imported, a new call is cut off.', notImported, dropped),
      says('Where the response group was imported, a new call reaches the backup pool.', imported, onBackup),
    ],
    'on-behalf-calls': [
      says('Where the response group was not imported, a call on its behalf fails.', notImported, 'fail'),
      says('Where the response group was imported, a call on its behalf succeeds.', imported, 'succeed'),
    ],
    'agent-console': [
      says('The console shows agent groups that the primary pool owns, but nobody can sign in to them.', primaryOwned, closed),
      says('The console shows agent groups that the backup pool owns, and agents can sign in to them.', backupOwned, open),
      says('The console shows imported agent groups, and agents can sign in to them.', importedCopies, open),
    ],
    configuration: [
      says("Response groups that the primary pool owns can be seen while the primary pool's back-end database is up, and cannot be changed.", primaryOwned, readOnly),
      says('Response groups that the backup pool owns can be seen and changed.', backupOwned, editable),
      says('Imported response groups are out of sight of the Control Panel and the Response Group Configuration Tool; the Management Shell cmdlets can configure them.', importedCopies, shellOnly),
    ],
  },
  'failing-back': {
    'connected-calls': [
      says('A regular call that an agent has answered goes on.', regular, 'remain-connected'),
      says('Where the response group was not imported, no anonymous call is connected.', anonymousNotImported, 'none-in-this-status'),
      says('Where the response group was imported, an anonymous call goes on.', anonymousImported, 'remain-connected'),
    ],
    'in-progress-calls': [
      says('Where the response group was not imported, no call is waiting for an agent.', notImported, 'none-in-this-status'),
      says('Where the response group was imported, a waiting call is cut off.', imported, 'disconnected'),
    ],
    'new-calls': [says('A new call reaches the primary pool, where agents homed in the primary pool cannot be reached.', everyCall, onPrimaryWithoutPrimaryAgents)],
    'on-behalf-calls': [says('Calling on behalf of a response group is switched off in this stage.', everyCall, 'disabled')],
    'agent-console': [
      says('The console shows agent groups that the primary pool owns, but nobody can sign in to them.', primaryOwned, closed),
      says('The console shows agent groups that the backup pool owns, and agents can sign in to them.', backupOwned, open),
      says('The console shows imported agent groups, and agents can sign in to them.', importedCopies, open),
    ],
    configuration: [
      says("Response groups that the primary pool owns can be seen while the primary pool's back-end database is up, and cannot be changed.", primaryOwned, readOnly),
      says('Response groups that the backup pool owns can be seen and changed.', backupOwned, editable),
      says('Imported response groups are out of sight of the Control Panel and the Response Group Configuration Tool; the Management Shell cmdlets can configure them.', importedCopies, shellOnly),
    ],
  },
  'failed-back': {
    'connected-calls': [
      says('A regular call that an agent has answered goes on.', regular, 'remain-connected'),
      says('Where the response group was not imported, no anonymous call is connected.', anonymousNotImported, 'none-in-this-status'),
      says('Where the response group was imported, an anonymous call goes on.', anonymousImported, 'remain-connected'),
    ],
    'in-progress-calls': [
      says('Where the response group was not imported, no call is waiting for an agent.', notImported, 'none-in-this-status'),
      says('Where the response group was imported, a waiting call is cut off.', imported, 'disconnected'),
    ],
    'new-calls': [says('A new call reaches the primary pool.', everyCall, onPrimary)],
    'on-behalf-calls': [says('A call on behalf of a response group succeeds.', everyCall, 'succeed')],
    'agent-console': [
      says('The console shows agent groups that the primary pool owns, and agents can sign in to them.', primaryOwned, open),
      says('The console shows agent groups that the backup pool owns, and agents can sign in to them.', backupOwned, open),
      says('The console does not show imported agent groups.', importedCopies, hidden),
    ],
    configuration: [
      says('Response groups that the primary pool owns can be seen and changed.', primaryOwned, editable),
      says('Response groups that the backup pool owns can be seen and changed.', backupOwned, editable),
      says('Imported response groups are out of sight of the Control Panel and the Response Group Configuration Tool; the Management Shell cmdlets can configure them.', importedCopies, shellOnly),
    ],
  },
};
