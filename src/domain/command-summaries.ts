/** One line about each command, for the API and the command line. */
import type { CommandName } from './commands.js';

/** The compiler keeps it complete. */
export const commandSummaries: Readonly<Record<CommandName, string>> = {
  'register-pair': 'Registers two pools that back each other up',
  'unregister-pair': 'Takes back the registration of a pair of which nothing else is on record',
  'set-replication':
    'Records whether the backup service replicates response groups, and what it still needs for it',
  'report-replication': 'Reports what the status check says of the replication from a pool to its partner',
  'set-version': 'Sets the version of the product that both pools of a pair run',
  unpair: 'Two pools back each other up no longer, and each goes on in no pair',
  'retire-pool': 'A pool that is in no pair, or was given up, serves no more',
  'choose-reading': 'Chooses how the document is read where it leaves a choice',
  'register-agent': 'Registers an agent with the pool that they are homed in',
  'move-agent': "An agent's user was moved to another home pool",
  'create-object': 'Creates a workflow, queue, agent group, set of business hours or set of holidays',
  'modify-object': 'Changes an object, or the application settings of a pool',
  'remove-object': 'Removes an object',
  'record-export': 'Records an export of a pool with what it holds',
  'import-response-groups': 'Records an import of an export into a pool',
  'declare-outage': 'Declares that a pool is down',
  'declare-site-outage': 'Declares that every pool of a site is down',
  'report-back-end-database': "Reports whether a pool's back-end database is up",
  'report-service':
    'Reports whether a service of a pool runs: the Response Group service, the file share and the like',
  'report-service-stopped': 'The same, of a service that is stopped',
  'end-outage': 'The pool is back without a failover',
  'close-incident': 'The pool is back to normal after failback',
  'initiate-failover': 'Failover to the backup pool has been invoked',
  'complete-failover': 'The backup pool stands in',
  'fail-failover': 'The failover did not succeed',
  failback: 'Failback to the pool has been invoked',
  'complete-failback': 'The pool serves again',
  'fail-failback': 'The failback did not succeed, or the pool failed again',
  'choose-route': 'Chooses the way out of a failover: back to the pool, or to another in its place',
  'replace-pool': 'A pool is lost, and another was built and registered in its place',
  'complete-replacement': 'The pool that takes the place of another serves',
  'set-targets': 'Sets how soon service is to be back, and how old what is lost may be',
  'annotate-incident': 'Notes something on an incident, also after it is over',
  'tick-step': 'Ticks off a step of the runbook that no event completes',
  'sign-in-agent': 'An agent signs in to a formal agent group',
  'sign-out-agent': 'An agent signs out of a formal agent group',
  'report-call-arrived': 'A call has arrived for a response group',
  'report-call-connected': 'An agent has answered a call',
  'report-call-ended': 'A call is over',
  'place-call-on-behalf': 'An agent calls on behalf of a response group',
  retract: 'An event was recorded by mistake: nothing goes by it from now on',
  'correct-time': 'An event happened at another time than was reported',
};

/** The names of all commands. */
export const commandNames = Object.keys(commandSummaries) as readonly CommandName[];
