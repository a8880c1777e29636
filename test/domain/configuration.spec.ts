import { describe, it } from '@jest/globals';
import type { PairCommands } from '../../src/domain/commands.js';
import { completeProperties } from '../../src/domain/properties/properties.js';
import { given } from '../support/given.js';
import { agents, createdAndImported, createdInFull, helpDesk } from '../support/objects.js';
import { paired, poolA, poolB, until } from '../support/story.js';

type Create = PairCommands['create-object'];
const tool = 'managementShell';
const queue = (more: Partial<Create> = {}): Create => ({
  pool: poolA,
  kind: 'queue',
  name: 'Queue',
  tool,
  ...more,
});
const workflow = (more: Partial<Create> = {}): Create => ({
  pool: poolA,
  kind: 'workflow',
  name: 'Help Desk',
  properties: { primaryUri: 'sip:help-desk@contoso.com' },
  tool,
  ...more,
});

describe('Creating an object', () => {
  it('fills in the defaults, and holds when it is said again', () => {
    given(paired)
      .when('create-object', queue({ name: ' Queue ' }), 'queue-1')
      .then({
        type: 'ObjectCreated',
        data: {
          pool: poolA,
          kind: 'queue',
          id: 'queue-1',
          name: 'Queue',
          properties: completeProperties('queue', {}).properties,
          tool,
        },
      })
      .because()
      .again()
      .thenHolds('queue-1');
  });

  it('finds the name in use whatever its case, also by an imported copy', () => {
    given(paired, createdInFull(poolA, helpDesk))
      .when(
        'create-object',
        workflow({ name: 'HELP desk', properties: { primaryUri: 'sip:other@contoso.com' } }),
      )
      .thenRefused({ rule: 'name-in-use' });
    given(paired, createdAndImported(poolA, agents))
      .when('create-object', { pool: poolB, kind: 'agent-group', name: 'agents', tool })
      .thenRefused({ rule: 'name-in-use', detail: new RegExp(poolA) });
  });

  it('takes a name that the partner uses, and warns that an import would clash', () => {
    given(paired, createdInFull(poolB, agents))
      .when('create-object', { pool: poolA, kind: 'agent-group', name: 'Agents', tool })
      .thenAccepted('ObjectCreated')
      .warning('name-also-on-partner');
  });

  it('finds a given id in use unless all is as it is', () => {
    given(paired, createdInFull(poolA, { kind: 'queue', id: 'q', name: 'Queue' }))
      .when('create-object', queue({ id: 'q' }))
      .thenHolds('q')
      .story.when('create-object', queue({ id: 'q', name: 'Other' }))
      .thenRefused({ rule: 'id-in-use', allowed: ['modify-object'] });
  });

  it('wants the primary URI of a workflow to be its own in both pools, whatever its case', () => {
    given(paired, createdInFull(poolB, helpDesk))
      .when(
        'create-object',
        workflow({ name: 'Other', properties: { primaryUri: 'SIP:Help-Desk@contoso.com' } }),
      )
      .thenRefused({ rule: 'primary-uri-in-use' });
  });

  it('frees the primary URI of an object whose owner removed it, though its dead copy remains', () => {
    given(paired, createdAndImported(poolA, helpDesk))
      .and({ type: 'ObjectRemoved', data: { pool: poolA, kind: 'workflow', id: 'help-desk', tool } })
      .when('create-object', workflow())
      .thenAccepted('ObjectCreated')
      .warning('name-also-on-partner');
  });

  it('wants what it refers to on the same pool, however deep the reference is', () => {
    given(paired, createdInFull(poolB, { kind: 'queue', id: 'q' }))
      .when(
        'create-object',
        workflow({
          properties: {
            primaryUri: 'sip:help-desk@contoso.com',
            businessHoursId: 'hours',
            defaultAction: {
              action: 'TransferToQuestion',
              question: {
                prompt: { textToSpeechPrompt: 'Sales or support?' },
                answerList: [{ dtmfResponse: '1', action: { action: 'TransferToQueue', queueId: 'q' } }],
              },
            },
          },
        }),
      )
      .thenRefused({
        rule: 'reference-missing',
        detail:
          /\/properties\/defaultAction\/question\/answerList\/0\/action\/queueId names the queue "q".*\/properties\/businessHoursId/,
      });
  });

  it('warns of an alert time that clients do not stand', () => {
    given(paired)
      .when('create-object', {
        pool: poolA,
        kind: 'agent-group',
        name: 'A',
        properties: { agentAlertTime: 181 },
        tool,
      })
      .thenAccepted('ObjectCreated')
      .warning('agent-alert-time-too-long');
  });

  it.each([
    [workflow({ name: '<Help Desk>' }), '/name'],
    [workflow({ name: 'announcement service' }), '/name'],
    [queue({ name: '  ' }), '/name'],
    [queue({ name: 'x'.repeat(129) }), '/name'],
    [queue({ id: 'two words' }), '/id'],
    [workflow({ properties: {} }), '/properties/primaryUri'],
  ])('points at what is wrong by itself %#', (body, pointer) => {
    given(paired).when('create-object', body).thenInvalid(pointer);
  });
});

describe('Modifying an object', () => {
  const modify = { pool: poolA, kind: 'workflow', id: 'help-desk', tool } as const;

  it('records only what changed, and holds when it is said again', () => {
    given(paired, createdInFull(poolA, helpDesk))
      .when('modify-object', {
        ...modify,
        name: 'Service Desk',
        properties: { anonymous: true, active: false, description: 'x' },
      })
      .then({
        type: 'ObjectModified',
        data: {
          pool: poolA,
          kind: 'workflow',
          id: 'help-desk',
          name: 'Service Desk',
          properties: { anonymous: true, description: 'x' },
          tool,
        },
      })
      .again()
      .thenHolds('help-desk');
  });

  it('goes back to the default with null, but not where there is none', () => {
    given(paired, createdInFull(poolA, { ...agents, properties: { agentAlertTime: 60 } }))
      .when('modify-object', {
        ...modify,
        kind: 'agent-group',
        id: 'agents',
        properties: { agentAlertTime: null },
      })
      .then({
        type: 'ObjectModified',
        data: {
          pool: poolA,
          kind: 'agent-group',
          id: 'agents',
          name: null,
          properties: { agentAlertTime: 20 },
          tool,
        },
      });
    given(paired, createdInFull(poolA, helpDesk))
      .when('modify-object', { ...modify, properties: { primaryUri: null } })
      .thenInvalid('/properties/primaryUri');
  });

  it('does not activate a workflow that has no default action', () => {
    given(paired, createdInFull(poolA, helpDesk))
      .when('modify-object', { ...modify, properties: { active: true } })
      .thenRefused({ rule: 'properties-disagree', detail: /defaultAction/ });
  });

  it('changes the case of a name, and does not take the name of another', () => {
    const story = given(
      paired,
      createdInFull(poolA, helpDesk),
      createdInFull(poolA, { kind: 'workflow', id: 'other', name: 'Other' }),
    );
    story.when('modify-object', { ...modify, name: 'HELP DESK' }).thenAccepted('ObjectModified');
    story.when('modify-object', { ...modify, name: 'other' }).thenRefused({ rule: 'name-in-use' });
  });

  it.each([
    ['pre-staged-copy', 'imported ahead of need', until(poolA, 'normal')],
    ['leftover-copy', 'left over from an incident', until(poolA, 'failed-back')],
  ] as const)('warns with %s of a copy that is %s', (code, _what, since) => {
    given(paired, createdAndImported(poolA, helpDesk), since)
      .when('modify-object', { ...modify, pool: poolB, properties: { anonymous: true } })
      .thenAccepted('ObjectModified')
      .warning(code);
  });

  it('of the application settings keeps to their limits and to their one id', () => {
    const settings = { ...modify, kind: 'application-settings', id: 'application-settings' } as const;
    given(paired)
      .when('modify-object', {
        ...settings,
        properties: { agentRingbackGracePeriod: 30, disableCallContext: false },
      })
      .then({
        type: 'ObjectModified',
        data: {
          pool: poolA,
          kind: 'application-settings',
          id: 'application-settings',
          name: null,
          properties: { agentRingbackGracePeriod: 30 },
          tool,
        },
      })
      .again()
      .thenHolds();
    given(paired)
      .when('modify-object', { ...settings, properties: { agentRingbackGracePeriod: 29 } })
      .thenInvalid('/properties/agentRingbackGracePeriod');
    given(paired)
      .when('modify-object', { ...settings, id: poolA, properties: {} })
      .thenUnknown('/id');
    given(paired)
      .when('modify-object', { ...settings, name: 'x' })
      .thenInvalid('/name');
  });

  it('needs an id, but for the application settings, of which a pool has one set', () => {
    const properties = { disableCallContext: true };
    const kind = 'application-settings';
    given(paired)
      .when('modify-object', { pool: poolA, kind, properties, tool })
      .then({ type: 'ObjectModified', data: { pool: poolA, kind, id: kind, name: null, properties, tool } });
    given(paired)
      .when('modify-object', { pool: poolA, kind: 'queue', properties: {}, tool })
      .thenInvalid('/id');
  });
});

describe('Removing an object', () => {
  it('holds when it is said again, but what never was is unknown', () => {
    given(paired, createdInFull(poolA, agents))
      .when('remove-object', { pool: poolA, kind: 'agent-group', id: 'agents', tool })
      .then({ type: 'ObjectRemoved', data: { pool: poolA, kind: 'agent-group', id: 'agents', tool } })
      .again()
      .thenHolds('agents')
      .story.when('remove-object', { pool: poolB, kind: 'agent-group', id: 'agents', tool })
      .thenUnknown('/id');
  });

  it('warns of those that still refer to it, and of the imported copy that it takes out of service', () => {
    const queueOfAgents = { kind: 'queue', id: 'q', properties: { agentGroupIdList: ['agents'] } } as const;
    given(paired, createdAndImported(poolA, agents, queueOfAgents))
      .when('remove-object', { pool: poolA, kind: 'agent-group', id: 'agents', tool })
      .thenAccepted('ObjectRemoved')
      .warning('still-referenced', 'imported-copy-taken-out-of-service');
  });
});
