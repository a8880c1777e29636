/** Every command as a verb: its name and its fields, which are those of the body. */
import type { CommandName } from '../../domain/commands.js';
import {
  applicationSettingsKind,
  backEndDatabaseStates,
  objectKinds,
  tools,
} from '../../../events/vocabulary.js';
import {
  members,
  needed,
  occurredAt,
  oneOf,
  optional,
  optionallyOneOf,
  pool,
  pools,
  readings,
  yesOrNo,
  type Field,
} from './fields.js';

export interface CommandVerb {
  readonly summary: string;
  readonly fields: readonly Field[];
}

const verb = (summary: string, ...fields: readonly Field[]): CommandVerb => ({
  summary,
  fields: [...fields, occurredAt],
});

const thePool = pool('pool', 'the pool');
const theParent = pool('pool', 'the pool that hosts the copy');
const reason = optional('reason', 'why, in words for the trail');
const tool = oneOf('tool', 'the tool that is used', tools);
const database = optionallyOneOf('backEndDatabase', 'its back-end database', backEndDatabaseStates);
const agent = needed('agent', 'the agent, such as sip:kim@contoso.com');
const agentGroup = needed('agentGroup', 'the id of the agent group');
const callId = needed('callId', 'the id of the call');
const responseGroup = needed('responseGroup', 'the id of the workflow');
const groupsPool = pool('pool', 'the pool that owns the response group, or hosts a copy of it');
const objectId = needed('id', 'the id of the object');

export const commandVerbs: Readonly<Record<CommandName, CommandVerb>> = {
  'register-pair': verb('register two pools that back each other up', pools, readings),
  'choose-reading': verb(
    'choose how the document is read where it leaves a choice',
    pool('pool', 'either pool of the pair'),
    needed('reading', 'the id of the reading'),
    needed('choice', 'one of its choices'),
  ),
  'register-agent': verb('register an agent with their home pool', agent, pool('homePool', 'the home pool')),
  'create-object': verb(
    'create a workflow, queue, agent group, hours of business or holiday set',
    pool('pool', 'the pool that hosts and owns the object'),
    oneOf('kind', 'the kind of object', objectKinds),
    optional('id', 'the id of the object; made up where absent'),
    needed('name', 'its name'),
    members('properties', "its properties, under the cmdlets' names in camelCase"),
    tool,
  ),
  'modify-object': verb(
    'change an object, or the application settings of a pool',
    theParent,
    oneOf('kind', 'the kind of object', [...objectKinds, applicationSettingsKind]),
    optional('id', 'the id of the object; application settings need none'),
    optional('name', 'the new name, where it changes'),
    members('properties', 'the properties that change; null resets one'),
    tool,
  ),
  'remove-object': verb(
    'remove an object',
    theParent,
    oneOf('kind', 'the kind of object', objectKinds),
    objectId,
    tool,
  ),
  'record-export': verb(
    'record an export of a pool',
    pool('pool', 'the pool that was exported'),
    optional('owner', 'only objects of this owner'),
    optional('fileName', 'the file'),
    yesOrNo('removeExported', 'the exported objects were deleted afterwards'),
  ),
  'import-response-groups': verb(
    'record an import of an export into a pool',
    pool('destination', 'the pool that the file is imported into'),
    needed('exportId', 'the export, as record-export answered it'),
    yesOrNo('overwriteOwner', 'the destination becomes the owner'),
    yesOrNo('replaceExistingSettings', "the destination's application settings are replaced"),
    yesOrNo('resolveNameConflicts', 'incoming objects whose name is taken get a number'),
  ),
  'declare-outage': verb('declare that a pool is down', thePool, database, reason),
  'declare-site-outage': verb(
    'declare that every pool of a site is down',
    needed('site', 'the site'),
    database,
    reason,
  ),
  'report-back-end-database': verb(
    "report whether a pool's back-end database is up",
    thePool,
    oneOf('state', 'its state', backEndDatabaseStates),
  ),
  'end-outage': verb('the pool is back without a failover', thePool),
  'close-incident': verb('the pool is back to normal after failback', thePool),
  'initiate-failover': verb(
    'failover to the backup pool has been invoked',
    thePool,
    yesOrNo('disasterMode', 'whether -DisasterMode was used'),
  ),
  'complete-failover': verb('the backup pool stands in', thePool, reason),
  'fail-failover': verb('the failover did not succeed', thePool, reason),
  failback: verb('failback to the pool has been invoked', thePool),
  'complete-failback': verb('the pool serves again', thePool, reason),
  'fail-failback': verb('the failback did not succeed, or the pool failed again', thePool, reason),
  'sign-in-agent': verb('an agent signs in to a formal agent group', agent, theParent, agentGroup),
  'sign-out-agent': verb('an agent signs out of a formal agent group', agent, theParent, agentGroup),
  'report-call-arrived': verb('a call has arrived', callId, groupsPool, responseGroup),
  'report-call-connected': verb('an agent has answered a call', callId, agent),
  'report-call-ended': verb('a call is over', callId),
  'place-call-on-behalf': verb(
    'an agent calls on behalf of a response group',
    agent,
    groupsPool,
    responseGroup,
    optional('callee', 'whom the agent calls'),
  ),
};
