/** Every command as a verb: its name and its fields, which are those of the body. */
import { routes } from '../../../events/replacement.js';
import { namedServices, serviceNamed } from '../../../policy/services.js';
import { agentAddressOf } from '../../../policy/sip.js';
import type { CommandName } from '../../domain/commands.js';
import {
  applicationSettingsKind,
  backEndDatabaseStates,
  extents,
  objectKinds,
  serviceStates,
  productVersions,
  replicationImportStates,
  replicationStates,
  tools,
} from '../../../events/vocabulary.js';
import { readTime, timeHelp } from '../times/flags.js';
import {
  agents,
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
  readonly fields: readonly Field[];
}

const verb = (...fields: readonly Field[]): CommandVerb => ({ fields: [...fields, occurredAt] });

const thePool = pool('pool', 'the pool');
const theParent = pool('pool', 'the pool that hosts the copy');
const reason = optional('reason', 'why, in words for the trail');
const tool = oneOf('tool', 'the tool that is used', tools);
const database = optionallyOneOf('backEndDatabase', 'its back-end database', backEndDatabaseStates);
const service = needed('service', `the service: ${namedServices.join(', ')}; or as Windows calls it`, {
  read: (text) => serviceNamed(text) ?? text,
});
const frontEnds = optionallyOneOf('frontEnds', 'on how many Front End servers; all, where absent', extents);
const drill = yesOrNo('drill', 'it is a drill that begins, and nothing has failed');
const agent = needed('agent', 'the agent, such as kim@contoso.com', { read: agentAddressOf });
const agentGroup = needed('agentGroup', 'the agent group, by its id or its name');
const callId = needed('callId', 'the id of the call');
const responseGroup = needed('responseGroup', 'the workflow, by its id or its name');
const groupsPool = pool('pool', 'the pool that owns the response group, or hosts a copy of it');
const eventId = needed('eventId', 'the id of the event, as the audit trail has it');
const whyNeeded = needed('reason', 'why, in words for the trail');
const objectId = needed('id', 'the object, by its id or its name');

export const commandVerbs: Readonly<Record<CommandName, CommandVerb>> = {
  'register-pair': verb(pools, readings, {
    ...optionallyOneOf('version', 'the version of the product that both pools run', productVersions),
    flag: 'product-version',
  }),
  'unregister-pair': verb(pool('pool', 'either pool of the pair'), reason),
  'set-replication': verb(
    thePool,
    yesOrNo('enabled', 'the backup service replicates response groups, of both pools'),
    yesOrNo('update', 'the pool has the update that brings it'),
    yesOrNo('seeded', 'what the pool had before was seeded'),
    reason,
  ),
  'report-replication': verb(
    pool('pool', 'the pool that was asked'),
    oneOf('state', 'the state of its export, as the status check has it', replicationStates),
    optionallyOneOf(
      'importState',
      'the state of its import, of what the partner exports',
      replicationImportStates,
    ),
    optional('at', `up to when all is on the partner, ${timeHelp}`, { read: readTime }),
  ),
  'set-version': verb(pool('pool', 'either pool of the pair'), {
    ...oneOf('version', 'the version of the product that both pools run', productVersions),
    flag: 'product-version',
  }),
  unpair: verb(pool('pool', 'either pool of the pair'), reason),
  'retire-pool': verb(thePool, reason),
  'choose-reading': verb(
    pool('pool', 'either pool of the pair'),
    needed('reading', 'the id of the reading'),
    needed('choice', 'one of its choices'),
  ),
  'register-agent': verb(agents, pool('homePool', 'the home pool')),
  'move-agent': verb(
    agents,
    pool('homePool', 'the pool that the agent is homed in from now on'),
    yesOrNo('force', 'whether -Force was used: the pool that the agent leaves takes no part'),
  ),
  'create-object': verb(
    pool('pool', 'the pool that hosts and owns the object'),
    oneOf('kind', 'the kind of object', objectKinds),
    optional('id', 'the id of the object; made up where absent'),
    needed('name', 'its name'),
    members('properties', "its properties, under the cmdlets' names in camelCase"),
    tool,
  ),
  'modify-object': verb(
    theParent,
    oneOf('kind', 'the kind of object', [...objectKinds, applicationSettingsKind]),
    optional('id', 'the object, by its id or its name; application settings need none'),
    optional('name', 'the new name, where it changes'),
    members('properties', 'the properties that change; null resets one'),
    tool,
  ),
  'remove-object': verb(theParent, oneOf('kind', 'the kind of object', objectKinds), objectId, tool),
  'record-export': verb(
    pool('pool', 'the pool that was exported'),
    optional('owner', 'only objects of this owner'),
    optional('fileName', 'the file'),
    yesOrNo('removeExported', 'the exported objects were deleted afterwards'),
  ),
  'import-response-groups': verb(
    pool('destination', 'the pool that the file is imported into'),
    needed('exportId', 'the export, by its id or the name of its file'),
    yesOrNo('overwriteOwner', 'the destination becomes the owner'),
    yesOrNo('replaceExistingSettings', "the destination's application settings are replaced"),
    yesOrNo('resolveNameConflicts', 'incoming objects whose name is taken get a number'),
    yesOrNo(
      'overwriteEdits',
      'what was changed at the destination, and the file does not have, is overwritten',
    ),
  ),
  'declare-outage': verb(thePool, database, drill, reason),
  'declare-site-outage': verb(needed('site', 'the site'), database, drill, reason),
  'report-back-end-database': verb(thePool, oneOf('state', 'its state', backEndDatabaseStates), reason),
  'report-service': verb(thePool, service, oneOf('state', 'its state', serviceStates), frontEnds, reason),
  'report-service-stopped': verb(thePool, service, frontEnds, reason),
  'end-outage': verb(thePool, reason),
  'close-incident': verb(thePool, reason),
  'initiate-failover': verb(
    thePool,
    yesOrNo('disasterMode', 'whether -DisasterMode was used'),
    drill,
    reason,
  ),
  'complete-failover': verb(thePool, reason),
  'fail-failover': verb(thePool, reason),
  failback: verb(thePool, reason),
  'complete-failback': verb(thePool, reason),
  'fail-failback': verb(thePool, reason),
  'choose-route': verb(
    thePool,
    oneOf('route', 'the way out of the failover', routes),
    optional('replacement', 'the pool that is to take its place, where it has a name already'),
    reason,
  ),
  'replace-pool': verb(
    pool('failed', 'the pool that is lost'),
    needed('replacement', 'the pool that was built and registered in its place'),
    optional('site', 'the site of the replacement; that of the lost pool where absent'),
    reason,
  ),
  'complete-replacement': verb(
    pool('pool', 'the pool that takes the place of another, and serves now'),
    reason,
  ),
  'set-targets': verb(
    pool('pool', 'either pool of the pair'),
    optional('recoveryTime', 'how soon service is to be back, such as 30m or PT30M; none takes it back'),
    optional('recoveryPoint', 'how old what is lost may be, such as 24h or P1D; none takes it back'),
  ),
  'annotate-incident': verb(
    thePool,
    needed('text', 'the note'),
    optional('at', `the moment that it speaks of, ${timeHelp}; that of the command where absent`, {
      read: readTime,
    }),
  ),
  'tick-step': verb(
    thePool,
    needed('step', 'the id of the step, as the runbook has it'),
    optional('note', 'what there is to say of it'),
  ),
  'sign-in-agent': verb(
    agents,
    theParent,
    optional(
      'agentGroup',
      'the id of the agent group; each formal group there that lists the agent, where absent',
    ),
  ),
  'sign-out-agent': verb(agent, theParent, agentGroup),
  'report-call-arrived': verb(
    callId,
    groupsPool,
    responseGroup,
    optional('caller', 'who called, where that may be kept: a number or an address'),
  ),
  'report-call-connected': verb(callId, agent),
  'report-call-ended': verb(callId),
  'place-call-on-behalf': verb(agent, groupsPool, responseGroup, optional('callee', 'whom the agent calls')),
  // A correction has no time of its own: what it says counts from when it is recorded.
  retract: { fields: [eventId, whyNeeded] },
  'correct-time': {
    fields: [
      eventId,
      { ...occurredAt, required: true, description: `when the event happened: ${timeHelp}` },
      whyNeeded,
    ],
  },
};
