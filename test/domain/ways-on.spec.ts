/** Every refusal names a way on, and every way on that is named works in the very situation in which it is named. */
import { describe, expect, it } from '@jest/globals';
import type { PoolkeeperEvent } from '../../events/registry.js';
import type { ProductVersion } from '../../events/vocabulary.js';
import { commandNames } from '../../src/domain/command-summaries.js';
import type { CommandBodies, FileCommands } from '../../src/domain/commands.js';
import type { Decision } from '../../src/domain/decision.js';
import { stepsByHand } from '../../policy/runbook/steps.js';
import { rules, type RuleName } from '../../src/domain/rules.js';
import { given, type Story } from '../support/given.js';
import { agents, createdAndImported, createdInFull, exportOf, helpDesk } from '../support/objects.js';
import { momentOf } from '../support/recorded.js';
import {
  ann,
  annIsHomedIn,
  arrived,
  databaseReported,
  ended,
  modified,
  outage,
  paired,
  pairId,
  outageEnded,
  placedOnBehalf,
  poolA,
  poolB,
  poolC,
  poolReplaced,
  removed,
  unpaired,
  until,
} from '../support/story.js';

type Bodies = CommandBodies & FileCommands;
type Name = keyof Bodies;
type Body = Readonly<Record<string, unknown>>;
/** A command, with its fields filled. */
type Step = readonly [Name, Body];

interface Situation {
  readonly events: readonly (PoolkeeperEvent | readonly PoolkeeperEvent[])[];
  readonly command: Step;
  readonly allowed: readonly string[];
  /** Each in the very situation; a body alone gives the refused command again with these fields. */
  readonly ways: readonly (readonly (Step | Body)[])[];
}

const bob = 'sip:bob@contoso.com';
const bobInB: PoolkeeperEvent = { type: 'AgentRegistered', data: { agent: bob, homePool: poolB } };
const bobElsewhere: PoolkeeperEvent = {
  type: 'AgentRegistered',
  data: { agent: bob, homePool: 'pool-z.contoso.com' },
};
const night: PoolkeeperEvent = { type: 'PoolsPaired', data: { pairId, pools: [poolA, poolB] } };
const other = { kind: 'workflow', id: 'other', name: 'Other' } as const;
const newDesk = { pool: poolA, kind: 'workflow', id: 'new', tool: 'managementShell' } as const;
const property = { primaryUri: 'sip:new@contoso.com' };
const informal = { ...agents, properties: { participationPolicy: 'Informal' } };
const listsBob = { ...agents, properties: { agentsByUri: [bob] } };
const shell = { tool: 'managementShell' } as const;
const versionSet = (version: ProductVersion): PoolkeeperEvent => ({
  type: 'VersionSet',
  data: { pool: poolA, version },
});
const replicating: PoolkeeperEvent = { type: 'ReplicationSet', data: { pool: poolA, enabled: true } };
const again: Body = {};
const step = (name: Name, pool: string): Step => [name, { pool }];
const file = {
  pool: poolA,
  fileName: 'night.zip',
  contentHash: 'a'.repeat(64),
  bytes: 1_000,
  content: { objects: [], applicationSettings: null, audio: [], findings: [] },
};
/** By the dates of its entries it was written before everything in these situations. */
const older = '2024-12-01T01:00:00.000Z';
const copyOfA = { kind: 'queue', id: 'ours', name: 'Ours', owner: poolA, properties: {} };
const copyOfB = { kind: 'queue', id: 'theirs', name: 'Theirs', owner: poolB, properties: {} };
/** All of pool A was moved to pool B, which stands in for it. */
const ownsNothing: readonly PoolkeeperEvent[] = [
  ...createdAndImported(poolA, agents),
  ...until(poolA, 'failed-over'),
  {
    type: 'ResponseGroupsImported',
    data: {
      exportId: 'export-1',
      destination: poolB,
      overwriteOwner: true,
      replaceExistingSettings: false,
      resolveNameConflicts: false,
      objects: [{ kind: agents.kind, id: agents.id, name: agents.id, owner: poolB }],
    },
  },
];
const givenUp: readonly PoolkeeperEvent[] = [
  ...ownsNothing,
  { type: 'PoolsUnpaired', data: { pairId, pools: [poolA, poolB] } },
  { type: 'PairEnded', data: { pairId, pools: [poolA, poolB], givenUp: poolA } },
];
const signIn: Step = ['sign-in-agent', { agent: ann, pool: poolA, agentGroup: 'agents' }];
const onBehalf: Step = ['place-call-on-behalf', { agent: ann, pool: poolA, responseGroup: 'help-desk' }];
const replacing: Step = ['replace-pool', { failed: poolA, replacement: poolC }];
const replacingAgain: Step = ['replace-pool', { failed: poolC, replacement: 'pool-d.contoso.com' }];
const importing: Step = ['import-response-groups', { destination: poolB, exportId: 'export-1' }];

const reason = 'A mistake';
const ofOutage = { eventId: 'event-2', eventType: 'OutageDeclared', revision: '1', reason } as const;
const retracted: PoolkeeperEvent = { type: 'EventRetracted', data: ofOutage };
const retimed: PoolkeeperEvent = {
  type: 'EventTimeCorrected',
  data: { ...ofOutage, occurredAt: momentOf(1.5), before: momentOf(2) },
};
const refusal: PoolkeeperEvent = {
  type: 'CommandRefused',
  data: { command: 'failback', body: {}, rule: 'stage-change', because: [], detail: '', allowed: [] },
};

const situations: Readonly<Record<RuleName, readonly Situation[]>> = {
  'pairing-is-one-to-one': [
    {
      events: [night, paired],
      command: ['register-pair', { pools: [{ fqdn: poolA }, { fqdn: 'third.contoso.com' }] }],
      allowed: [`register-pair ${poolA} ${poolB}`, `unpair ${poolA}`],
      ways: [
        [['register-pair', { pools: [{ fqdn: poolA }, { fqdn: poolB }] }]],
        [step('unpair', poolA), again],
      ],
    },
  ],
  'pair-is-registered': [
    {
      events: [night, paired],
      command: ['register-pair', { pools: [{ fqdn: poolA, site: 'Oslo' }, { fqdn: poolB }] }],
      allowed: [`register-pair ${poolA} ${poolB}`],
      ways: [[['register-pair', { pools: [{ fqdn: poolA }, { fqdn: poolB }] }]]],
    },
    {
      events: [night, paired],
      command: [
        'register-pair',
        { pools: [{ fqdn: poolA }, { fqdn: poolB }], readings: { 'calls-on-live-backup': 'survive' } },
      ],
      allowed: ['choose-reading'],
      ways: [
        [['choose-reading', { pool: poolA, reading: 'calls-on-live-backup', choice: 'survive' }], again],
      ],
    },
    {
      events: [night, paired],
      command: ['register-pair', { pools: [{ fqdn: poolA }, { fqdn: poolB }], version: '2015' }],
      allowed: ['set-version'],
      ways: [[['set-version', { pool: poolB, version: '2015' }], again]],
    },
  ],
  'pair-has-history': [
    {
      events: [night, paired, createdInFull(poolA, helpDesk)],
      command: step('unregister-pair', poolA),
      allowed: ['register-pair', `unpair ${poolA}`],
      ways: [
        [['register-pair', { pools: [{ fqdn: 'pool-c.contoso.com' }, { fqdn: 'pool-d.contoso.com' }] }]],
        [step('unpair', poolA)],
      ],
    },
  ],
  'unpaired-outside-incidents': [
    {
      events: [night, paired, outage(poolA)],
      command: step('unpair', poolB),
      allowed: [`end-outage ${poolA}`],
      ways: [[step('end-outage', poolA), again]],
    },
    {
      events: [night, paired, createdInFull(poolA, helpDesk), until(poolA, 'failed-over')],
      command: step('unpair', poolB),
      allowed: [
        `failback ${poolA}`,
        `complete-failback ${poolA}`,
        `close-incident ${poolA}`,
        `replace-pool ${poolA}`,
      ],
      ways: [
        [step('failback', poolA), step('complete-failback', poolA), step('close-incident', poolA), again],
        [replacing],
      ],
    },
  ],
  'paired-outside-incidents': [
    {
      events: [night, paired, unpaired, outage(poolA), night],
      command: ['register-pair', { pools: [{ fqdn: poolA }, { fqdn: poolB }] }],
      allowed: [`end-outage ${poolA}`, `retire-pool ${poolA}`],
      ways: [
        [step('end-outage', poolA), again],
        [step('retire-pool', poolA), again],
      ],
    },
  ],
  'left-for-another-pair': [
    {
      events: [
        night,
        paired,
        unpaired,
        { type: 'PoolLeft', data: { pool: poolB, pairId: 'other', partner: 'pool-c.contoso.com' } },
      ],
      command: step('declare-outage', poolB),
      allowed: [`register-pair ${poolB} pool-c.contoso.com`],
      ways: [[['register-pair', { pools: [{ fqdn: poolB }, { fqdn: 'pool-c.contoso.com' }] }]]],
    },
  ],
  'pool-retired': [
    {
      events: [night, paired, unpaired, { type: 'PoolRetired', data: { pool: poolA } }],
      command: step('declare-outage', poolA),
      allowed: [`register-pair ${poolA}`],
      ways: [[['register-pair', { pools: [{ fqdn: poolA }, { fqdn: poolB }] }]]],
    },
  ],
  'pool-in-use': [
    {
      events: [night, paired],
      command: step('retire-pool', poolA),
      allowed: [`unpair ${poolA}`],
      ways: [[step('unpair', poolA), again]],
    },
    {
      events: [night, paired, unpaired, outage(poolA), annIsHomedIn(poolA)],
      command: step('retire-pool', poolA),
      allowed: [`move-agent ${ann} force`],
      ways: [[['move-agent', { agent: ann, homePool: poolB, force: true }], again]],
    },
    {
      events: [night, paired, unpaired, createdInFull(poolA, helpDesk)],
      command: step('retire-pool', poolA),
      allowed: [`record-export ${poolA} removeExported`],
      ways: [[['record-export', { pool: poolA, removeExported: true }], again]],
    },
    {
      events: [night, paired, unpaired, annIsHomedIn(poolA)],
      command: step('retire-pool', poolA),
      allowed: [`move-agent ${ann}`],
      ways: [[['move-agent', { agent: ann, homePool: poolB }], again]],
    },
    {
      events: [night, paired, unpaired, arrived('call-1', poolA, 'help')],
      command: step('retire-pool', poolA),
      allowed: ['report-call-ended call-1'],
      ways: [[['report-call-ended', { callId: 'call-1' }], again]],
    },
  ],
  'in-a-pair': [
    {
      events: [night, paired, unpaired],
      command: step('initiate-failover', poolA),
      allowed: [`register-pair ${poolA}`],
      ways: [[['register-pair', { pools: [{ fqdn: poolA }, { fqdn: 'third.contoso.com' }] }]]],
    },
    {
      events: [night, paired, unpaired, outage(poolA)],
      command: step('initiate-failover', poolA),
      allowed: ['end-outage', 'retire-pool'],
      ways: [[step('end-outage', poolA)], [step('retire-pool', poolA)]],
    },
    {
      events: [night, paired, unpaired, outage(poolA)],
      command: replacing,
      allowed: ['end-outage', 'retire-pool'],
      ways: [[step('end-outage', poolA)], [step('retire-pool', poolA)]],
    },
    {
      events: [night, paired, unpaired, createdInFull(poolA, helpDesk), outage(poolA)],
      command: ['choose-route', { pool: poolA, route: 'replacement' }],
      allowed: ['end-outage', 'retire-pool'],
      ways: [[step('end-outage', poolA)], [step('retire-pool', poolA)]],
    },
    {
      events: [night, paired, replicating, unpaired],
      command: ['report-replication', { pool: poolA, state: 'SteadyState' }],
      allowed: [`register-pair ${poolA}`],
      ways: [[['register-pair', { pools: [{ fqdn: poolA }, { fqdn: 'third.contoso.com' }] }]]],
    },
    {
      events: [night, paired, unpaired],
      command: ['set-replication', { pool: poolA, enabled: true }],
      allowed: [`register-pair ${poolA}`],
      ways: [[['register-pair', { pools: [{ fqdn: poolA }, { fqdn: 'third.contoso.com' }] }]]],
    },
    {
      events: [night, paired, replicating, ...givenUp],
      command: ['report-replication', { pool: poolA, state: 'SteadyState', at: '2025-01-01T00:00:00.000Z' }],
      allowed: ['close-incident'],
      ways: [[step('close-incident', poolA)]],
    },
    {
      events: [night, paired, ...givenUp],
      command: step('failback', poolA),
      allowed: ['close-incident'],
      ways: [[step('close-incident', poolA)]],
    },
    ...(['end-outage', 'declare-outage', 'failback', 'complete-failback'] as const).map((name) => ({
      events: [night, paired, ...givenUp, { type: 'PoolGivenUp' as const, data: { pool: poolA } }],
      command: step(name, poolA),
      allowed: [`retire-pool ${poolA}`],
      ways: [[step('retire-pool', poolA)]],
    })),
  ],
  'stage-change': [
    ...(['end-outage', 'declare-outage', 'complete-failback'] as const).map((name) => ({
      events: [night, paired, ...givenUp],
      command: step(name, poolA),
      allowed: ['close-incident'],
      ways: [[step('close-incident', poolA)]],
    })),
    {
      events: [night, paired, ...ownsNothing],
      command: step('close-incident', poolA),
      allowed: ['unpair', 'failback'],
      ways: [[step('unpair', poolA), again], [step('failback', poolA)]],
    },
    {
      events: [night, paired, unpaired, outage(poolA)],
      command: step('close-incident', poolA),
      allowed: ['end-outage', 'retire-pool'],
      ways: [[step('end-outage', poolA)], [step('retire-pool', poolA)]],
    },
    {
      events: [paired],
      command: step('failback', poolA),
      allowed: ['declare-outage', 'initiate-failover'],
      ways: [[step('declare-outage', poolA)], [step('initiate-failover', poolA)]],
    },
    {
      events: [paired, until(poolB, 'outage')],
      command: step('failback', poolA),
      allowed: ['declare-outage'],
      ways: [[step('declare-outage', poolA)]],
    },
    {
      events: [paired, until(poolA, 'failing-back')],
      command: step('declare-outage', poolA),
      allowed: ['complete-failback', 'fail-failback'],
      ways: [[step('complete-failback', poolA)], [step('fail-failback', poolA)]],
    },
    {
      events: [paired, until(poolA, 'failed-over'), poolReplaced()],
      command: step('declare-outage', poolC),
      allowed: ['complete-replacement', 'replace-pool'],
      ways: [[step('complete-replacement', poolC), again], [replacingAgain]],
    },
  ],
  'recorded-otherwise': [
    {
      events: [paired, until(poolA, 'outage')],
      command: ['declare-outage', { pool: poolA, reason: 'Another storm' }],
      allowed: [`declare-outage ${poolA}`],
      ways: [[step('declare-outage', poolA)]],
    },
    {
      events: [paired, until(poolA, 'failing-over')],
      command: ['initiate-failover', { pool: poolA, disasterMode: false }],
      allowed: [`initiate-failover ${poolA}`],
      ways: [[step('initiate-failover', poolA)]],
    },
    {
      events: [
        paired,
        { type: 'BackEndDatabaseReported', data: { pool: poolA, state: 'available', reason: 'A test' } },
      ],
      command: ['report-back-end-database', { pool: poolA, state: 'available', reason: 'Repaired' }],
      allowed: ['report-back-end-database'],
      ways: [[['report-back-end-database', { pool: poolA, state: 'available' }]]],
    },
  ],
  'drill-from-the-first': [
    {
      events: [paired, until(poolA, 'outage')],
      command: ['initiate-failover', { pool: poolA, drill: true }],
      allowed: [`initiate-failover ${poolA}`],
      ways: [[step('initiate-failover', poolA)]],
    },
    {
      events: [paired, until(poolA, 'outage')],
      command: ['declare-outage', { pool: poolA, drill: true }],
      allowed: [`declare-outage ${poolA}`],
      ways: [[step('declare-outage', poolA)]],
    },
  ],
  'no-incident': [
    {
      events: [night, paired, ...givenUp, { type: 'PoolGivenUp', data: { pool: poolA } }],
      command: ['tick-step', { pool: poolA, step: 'central-management' }],
      allowed: [`retire-pool ${poolA}`],
      ways: [[step('retire-pool', poolA)]],
    },
    {
      events: [night, paired, unpaired],
      command: ['annotate-incident', { pool: poolA, text: 'The vendor was called' }],
      allowed: [`declare-outage ${poolA}`],
      ways: [[step('declare-outage', poolA), again]],
    },
    {
      events: [paired],
      command: ['annotate-incident', { pool: poolA, text: 'The vendor was called' }],
      allowed: [`declare-outage ${poolA}`, `initiate-failover ${poolA}`],
      ways: [
        [step('declare-outage', poolA), again],
        [step('initiate-failover', poolA), again],
      ],
    },
    {
      events: [paired, until(poolA, 'outage'), outageEnded(poolA)],
      command: ['tick-step', { pool: poolA, step: 'central-management' }],
      allowed: [`declare-outage ${poolA}`, `initiate-failover ${poolA}`],
      ways: [
        [step('declare-outage', poolA), again],
        [step('initiate-failover', poolA), again],
      ],
    },
  ],
  'step-not-by-hand': [
    {
      events: [paired, until(poolA, 'outage')],
      command: ['tick-step', { pool: poolA, step: 'declare-outage' }],
      allowed: stepsByHand.map((id) => `tick-step --step ${id}`),
      ways: stepsByHand.map((id) => [{ step: id }]),
    },
  ],
  'route-is-open': [
    {
      events: [paired, until(poolA, 'failing-back')],
      command: ['choose-route', { pool: poolA, route: 'replacement' }],
      allowed: ['fail-failback'],
      ways: [[step('fail-failback', poolA), again]],
    },
    {
      events: [paired, until(poolA, 'failed-over'), poolReplaced()],
      command: ['choose-route', { pool: poolC, route: 'failback' }],
      allowed: ['complete-replacement'],
      ways: [[step('complete-replacement', poolC)]],
    },
    {
      events: [paired],
      command: ['choose-route', { pool: poolA, route: 'replacement' }],
      allowed: ['declare-outage', 'initiate-failover'],
      ways: [
        [step('declare-outage', poolA), again],
        [step('initiate-failover', poolA), again],
      ],
    },
  ],
  'replaced-once-failed-over': [
    {
      events: [paired, until(poolA, 'outage')],
      command: replacing,
      allowed: [`initiate-failover ${poolA}`, `complete-failover ${poolA}`],
      ways: [[step('initiate-failover', poolA), step('complete-failover', poolA), again]],
    },
    {
      events: [paired, until(poolA, 'failing-back')],
      command: replacing,
      allowed: [`fail-failback ${poolA}`],
      ways: [[step('fail-failback', poolA), again]],
    },
  ],
  'replacement-is-a-new-pool': [
    {
      events: [paired, until(poolA, 'failed-over')],
      command: ['replace-pool', { failed: poolA, replacement: poolB }],
      allowed: [`replace-pool ${poolA}`],
      ways: [[replacing]],
    },
    {
      events: [paired, until(poolA, 'failed-over')],
      command: ['choose-route', { pool: poolA, route: 'replacement', replacement: poolB }],
      allowed: [`choose-route ${poolA}`],
      ways: [[['choose-route', { pool: poolA, route: 'replacement' }]]],
    },
    {
      events: [paired, until(poolA, 'failed-over')],
      command: ['replace-pool', { failed: poolA, replacement: poolA }],
      allowed: [`failback ${poolA}`, `replace-pool ${poolA}`],
      ways: [[step('failback', poolA)], [replacing]],
    },
  ],
  'replacement-hosts-its-groups': [
    {
      events: [paired, createdAndImported(poolA, agents), until(poolA, 'failed-over'), poolReplaced()],
      command: ['complete-replacement', { pool: poolC }],
      allowed: [
        `record-export ${poolB}`,
        `import-response-groups ${poolC} overwriteOwner`,
        `remove-object ${poolB}`,
      ],
      ways: [
        [
          ['record-export', { pool: poolB, owner: poolA, fileName: 'home.zip' }],
          ['import-response-groups', { destination: poolC, exportId: 'export-1', overwriteOwner: true }],
          again,
        ],
        [['remove-object', { pool: poolB, kind: agents.kind, id: agents.id, ...shell }], again],
      ],
    },
  ],
  'route-of-the-pool': [
    {
      events: [paired, until(poolA, 'failed-over'), poolReplaced()],
      command: ['failback', { pool: poolC }],
      allowed: ['complete-replacement'],
      ways: [[step('complete-replacement', poolC)]],
    },
    {
      events: [paired, until(poolA, 'failed-over')],
      command: ['complete-replacement', { pool: poolA }],
      allowed: ['failback', 'replace-pool'],
      ways: [[step('failback', poolA)], [replacing, step('complete-replacement', poolC)]],
    },
  ],
  'pool-was-replaced': [
    {
      events: [paired, until(poolA, 'failed-over'), poolReplaced()],
      command: ['complete-replacement', { pool: poolA }],
      allowed: [`complete-replacement ${poolC}`],
      ways: [[step('complete-replacement', poolC)]],
    },
  ],
  'stand-in-edits-go-along': [
    {
      events: [
        paired,
        createdAndImported(poolA, agents),
        until(poolA, 'failed-over'),
        modified(poolB, 'agent-group', agents.id, { agentAlertTime: 30 }),
        poolReplaced(),
      ],
      command: ['import-response-groups', { destination: poolC, exportId: 'export-1', overwriteOwner: true }],
      allowed: [`record-export ${poolB} --owner ${poolC}`, 'overwriteEdits'],
      ways: [
        [['record-export', { pool: poolB, owner: poolC, fileName: 'home.zip' }]],
        [{ overwriteEdits: true }],
      ],
    },
  ],
  'backup-pool-must-be-up': [
    {
      events: [paired, until(poolA, 'outage'), until(poolB, 'outage')],
      command: step('initiate-failover', poolA),
      allowed: [`end-outage ${poolB}`],
      ways: [[step('end-outage', poolB), again]],
    },
  ],
  'configuration-closed': [
    {
      events: [night, paired, ...givenUp],
      command: ['modify-object', { pool: poolA, kind: agents.kind, id: agents.id, name: 'Other', ...shell }],
      allowed: ['pool'],
      ways: [[{ pool: poolB }]],
    },
    {
      events: [paired, createdAndImported(poolA, helpDesk)],
      command: [
        'modify-object',
        { pool: poolB, kind: 'workflow', id: 'help-desk', name: 'Desk', tool: 'controlPanel' },
      ],
      allowed: ['managementShell'],
      ways: [[{ tool: 'managementShell' }]],
    },
    {
      events: [paired, createdInFull(poolA, helpDesk), until(poolA, 'outage')],
      command: ['remove-object', { pool: poolA, kind: 'workflow', id: 'help-desk', ...shell }],
      allowed: ['end-outage'],
      ways: [[step('end-outage', poolA), again]],
    },
    {
      events: [paired, createdInFull(poolA, helpDesk), until(poolA, 'failed-over')],
      command: ['remove-object', { pool: poolA, kind: 'workflow', id: 'help-desk', ...shell }],
      allowed: ['failback', 'complete-failback'],
      ways: [[step('failback', poolA), step('complete-failback', poolA), again]],
    },
  ],
  'name-in-use': [
    {
      events: [paired, createdInFull(poolA, helpDesk)],
      command: ['create-object', { ...newDesk, name: 'help desk', properties: property }],
      allowed: ['name', 'modify-object', 'remove-object'],
      ways: [
        [{ name: 'New Desk' }],
        [['modify-object', { pool: poolA, kind: 'workflow', id: 'help-desk', name: 'Old', ...shell }], again],
        [['remove-object', { pool: poolA, kind: 'workflow', id: 'help-desk', ...shell }], again],
      ],
    },
  ],
  'id-in-use': [
    {
      events: [paired, createdInFull(poolA, helpDesk)],
      command: ['create-object', { ...newDesk, id: 'help-desk', name: 'New', properties: property }],
      allowed: ['modify-object'],
      ways: [[['modify-object', { ...newDesk, id: 'help-desk', name: 'New', properties: property }]]],
    },
  ],
  'primary-uri-in-use': [
    {
      events: [paired, createdInFull(poolA, helpDesk)],
      command: [
        'create-object',
        { ...newDesk, name: 'New', properties: { primaryUri: 'sip:help-desk@contoso.com' } },
      ],
      allowed: ['modify-object', 'remove-object'],
      ways: [
        [['modify-object', { ...newDesk, id: 'help-desk', properties: property }], again],
        [['remove-object', { pool: poolA, kind: 'workflow', id: 'help-desk', ...shell }], again],
      ],
    },
    {
      events: [
        paired,
        createdInFull(poolB, { ...other, properties: { primaryUri: 'sip:help-desk@contoso.com' } }),
        exportOf(poolA, [helpDesk]),
      ],
      command: importing,
      allowed: ['modify-object', 'remove-object'],
      ways: [
        [['modify-object', { ...newDesk, pool: poolB, id: 'other', properties: property }], again],
        [['remove-object', { pool: poolB, kind: 'workflow', id: 'other', ...shell }], again],
      ],
    },
  ],
  'reference-missing': [
    {
      events: [paired],
      command: [
        'create-object',
        { ...newDesk, kind: 'queue', name: 'Q', properties: { agentGroupIdList: ['agents'] } },
      ],
      allowed: ['create-object'],
      ways: [
        [
          [
            'create-object',
            {
              ...newDesk,
              kind: 'agent-group',
              id: 'agents',
              name: 'Agents',
              properties: { participationPolicy: 'Formal' },
            },
          ],
          again,
        ],
      ],
    },
  ],
  'properties-disagree': [
    {
      events: [paired, createdInFull(poolA, { ...agents, properties: { agentsByUri: [ann] } })],
      command: [
        'modify-object',
        {
          pool: poolA,
          kind: 'agent-group',
          id: 'agents',
          properties: { distributionGroupAddress: 'all@contoso.com' },
          ...shell,
        },
      ],
      allowed: ['properties'],
      ways: [[{ properties: { distributionGroupAddress: 'all@contoso.com', agentsByUri: [] } }]],
    },
  ],
  'source-not-readable': [
    {
      events: [paired, createdInFull(poolA, helpDesk), until(poolA, 'outage')],
      command: step('record-export', poolA),
      allowed: ['report-back-end-database', 'end-outage'],
      ways: [
        [['report-back-end-database', { pool: poolA, state: 'available' }], again],
        [step('end-outage', poolA), again],
      ],
    },
  ],
  'file-name-in-use': [
    {
      events: [
        paired,
        {
          type: 'ResponseGroupsExported',
          data: {
            exportId: 'e',
            pool: poolA,
            owner: null,
            fileName: 'night.zip',
            removeExported: false,
            objects: [],
            applicationSettings: {},
          },
        },
        createdInFull(poolA, helpDesk),
      ],
      command: ['record-export', { pool: poolA, fileName: 'night.zip' }],
      allowed: ['fileName'],
      ways: [[{ fileName: 'night-2.zip' }]],
    },
  ],
  'export-is-of-this-pool': [
    {
      events: [paired, createdInFull(poolA, helpDesk)],
      command: ['add-export', file],
      allowed: ['emptied', 'remove-object'],
      ways: [
        [{ emptied: true }],
        [['remove-object', { pool: poolA, kind: 'workflow', id: 'help-desk', ...shell }], again],
      ],
    },
    {
      events: [paired, createdInFull(poolA, helpDesk)],
      command: ['add-export', { ...file, content: { ...file.content, objects: [copyOfB] } }],
      allowed: ['owner', `export add --pool ${poolB}`],
      ways: [[{ owner: poolB }], [{ pool: poolB }]],
    },
    {
      events: [paired, createdInFull(poolA, helpDesk)],
      command: [
        'add-export',
        { ...file, content: { ...file.content, objects: [copyOfB], parents: [poolA] } },
      ],
      allowed: ['owner', 'emptied'],
      ways: [[{ owner: poolB }], [{ emptied: true }]],
    },
    {
      events: [paired],
      command: ['add-export', { ...file, content: { ...file.content, parents: [poolB] } }],
      allowed: [`export add --pool ${poolB}`],
      ways: [[{ pool: poolB }]],
    },
  ],
  'newer-records-stay': [
    {
      events: [paired, createdInFull(poolA, helpDesk)],
      command: [
        'add-export',
        { ...file, itsOwnTimes: { entryDates: older }, content: { ...file.content, objects: [copyOfA] } },
      ],
      allowed: ['occurredAt', 'now'],
      ways: [
        // The service hands on what is given as the time of the file.
        [{ occurredAt: older, writtenAt: older }],
        [{ now: true }],
      ],
    },
  ],
  'version-replicates': [
    {
      events: [paired, versionSet('2015')],
      command: ['set-replication', { pool: poolA, enabled: true }],
      allowed: ['set-version'],
      ways: [[['set-version', { pool: poolA, version: '2019' }], again]],
    },
    {
      events: [paired, replicating],
      command: ['set-version', { pool: poolA, version: '2013' }],
      allowed: ['set-replication'],
      ways: [[['set-replication', { pool: poolB, enabled: false }], again]],
    },
  ],
  'replication-is-on': [
    {
      events: [paired],
      command: ['report-replication', { pool: poolA, state: 'NotInitialized' }],
      allowed: ['set-replication'],
      ways: [[['set-replication', { pool: poolA, enabled: true }], again]],
    },
  ],
  'replication-needs-the-update': [
    {
      events: [paired, replicating, { type: 'ReplicationSet', data: { pool: poolB, update: false } }],
      command: ['report-replication', { pool: poolA, state: 'SteadyState' }],
      allowed: ['set-replication'],
      ways: [[['set-replication', { pool: poolB, update: true }], again]],
    },
  ],
  'replication-needs-both-pools': [
    {
      events: [paired, replicating, outage(poolA)],
      command: ['report-replication', { pool: poolA, state: 'SteadyState' }],
      allowed: ['at'],
      ways: [[{ at: momentOf(1) }]],
    },
  ],
  'destination-must-be-up': [
    {
      events: [paired, exportOf(poolA, [helpDesk]), until(poolB, 'outage')],
      command: importing,
      allowed: ['end-outage'],
      ways: [[step('end-outage', poolB), again]],
    },
  ],
  'name-clash': [
    {
      events: [paired, exportOf(poolA, [helpDesk]), createdInFull(poolB, { ...other, name: 'Help Desk' })],
      command: importing,
      allowed: ['resolveNameConflicts', 'modify-object'],
      ways: [
        [{ resolveNameConflicts: true }],
        [['modify-object', { ...newDesk, pool: poolB, id: 'other', name: 'Other' }], again],
      ],
    },
  ],
  'edits-would-be-overwritten': [
    {
      events: [
        paired,
        createdAndImported(poolA, helpDesk),
        until(poolA, 'failed-over'),
        modified(poolB, 'workflow', 'help-desk', { anonymous: true }),
      ],
      command: importing,
      allowed: ['overwriteEdits', `record-export ${poolB}`],
      // The export keeps the changes, and is what is imported instead.
      ways: [[{ overwriteEdits: true }], [step('record-export', poolB)]],
    },
  ],
  'rebuilt-destination-needs-overwrite-owner': [
    {
      events: [paired, exportOf(poolA, [helpDesk])],
      command: ['import-response-groups', { destination: poolA, exportId: 'export-1' }],
      allowed: ['overwriteOwner'],
      ways: [[{ overwriteOwner: true }]],
    },
  ],
  'home-pool-is-constant': [
    {
      events: [paired, annIsHomedIn(poolA)],
      command: ['register-agent', { agent: ann, homePool: poolB }],
      allowed: [
        `move-agent --agent ${ann} --home-pool ${poolB}`,
        `register-agent --agent ${ann} --home-pool ${poolA}`,
      ],
      ways: [
        [['move-agent', { agent: ann, homePool: poolB }]],
        [['register-agent', { agent: ann, homePool: poolA }]],
      ],
    },
  ],
  'move-needs-force': [
    {
      events: [paired, annIsHomedIn(poolA), until(poolA, 'outage')],
      command: ['move-agent', { agent: ann, homePool: poolB }],
      allowed: ['force', `end-outage ${poolA}`],
      ways: [[{ force: true }], [step('end-outage', poolA), again]],
    },
    {
      events: [paired, annIsHomedIn(poolA), until(poolA, 'failed-over')],
      command: ['move-agent', { agent: ann, homePool: poolB }],
      allowed: ['force', `failback ${poolA}`],
      ways: [[{ force: true }], [step('failback', poolA), again]],
    },
  ],
  'move-target-must-be-up': [
    {
      events: [paired, annIsHomedIn(poolB), until(poolA, 'outage')],
      command: ['move-agent', { agent: ann, homePool: poolA, force: true }],
      allowed: ['homePool', `end-outage ${poolA}`],
      ways: [[{ homePool: poolB }], [step('end-outage', poolA), again]],
    },
  ],
  'home-pool-serves': [
    {
      events: [night, paired, unpaired, { type: 'PoolRetired', data: { pool: poolA } }, annIsHomedIn(poolB)],
      command: ['move-agent', { agent: ann, homePool: poolA }],
      allowed: ['homePool'],
      ways: [[{ homePool: poolB }]],
    },
    {
      events: [night, paired, until(poolA, 'failed-over'), unpaired],
      command: ['register-agent', { agent: bob, homePool: poolA }],
      allowed: ['homePool'],
      ways: [[{ homePool: poolB }]],
    },
  ],
  'informal-groups-have-no-sign-in': [
    {
      events: [paired, annIsHomedIn(poolA), createdInFull(poolA, informal)],
      command: signIn,
      allowed: ['modify-object'],
      ways: [
        [
          [
            'modify-object',
            {
              ...newDesk,
              kind: 'agent-group',
              id: 'agents',
              properties: { participationPolicy: 'Formal' },
            },
          ],
          again,
        ],
      ],
    },
  ],
  'not-a-member': [
    {
      events: [paired, annIsHomedIn(poolA), createdInFull(poolA, listsBob)],
      command: signIn,
      allowed: ['modify-object'],
      ways: [
        [
          [
            'modify-object',
            { ...newDesk, kind: 'agent-group', id: 'agents', properties: { agentsByUri: [bob, ann] } },
          ],
          again,
        ],
      ],
    },
  ],
  'console-closed': [
    {
      events: [paired, annIsHomedIn(poolA), createdAndImported(poolA, agents), until(poolA, 'failed-over')],
      command: signIn,
      allowed: [`sign-in-agent ${poolB}`],
      ways: [[{ pool: poolB }]],
    },
    {
      events: [paired, annIsHomedIn(poolA), createdInFull(poolA, agents), until(poolA, 'outage')],
      command: signIn,
      allowed: ['end-outage'],
      ways: [[step('end-outage', poolA), again]],
    },
    {
      events: [paired, annIsHomedIn(poolA), createdAndImported(poolA, agents), until(poolA, 'outage')],
      command: ['sign-in-agent', { agent: ann, pool: poolB, agentGroup: 'agents' }],
      allowed: ['initiate-failover'],
      ways: [[step('initiate-failover', poolA), again]],
    },
  ],
  'call-id-in-use': [
    {
      events: [
        paired,
        createdInFull(poolA, helpDesk),
        createdInFull(poolA, other),
        arrived('c', poolA, 'help-desk'),
      ],
      command: ['report-call-arrived', { callId: 'c', pool: poolA, responseGroup: 'other' }],
      allowed: ['callId'],
      ways: [[{ callId: 'd' }]],
    },
  ],
  'call-is-over': [
    {
      events: [
        paired,
        annIsHomedIn(poolA),
        createdInFull(poolA, helpDesk),
        arrived('c', poolA, 'help-desk'),
        ended('c'),
      ],
      command: ['report-call-connected', { callId: 'c', agent: ann }],
      allowed: ['report-call-arrived'],
      ways: [
        [['report-call-arrived', { callId: 'd', pool: poolA, responseGroup: 'help-desk' }], { callId: 'd' }],
      ],
    },
  ],
  'call-is-outbound': [
    {
      events: [
        paired,
        annIsHomedIn(poolA),
        createdInFull(poolA, helpDesk),
        placedOnBehalf('out', poolA, 'help-desk'),
      ],
      command: ['report-call-connected', { callId: 'out', agent: ann }],
      allowed: ['report-call-ended'],
      ways: [[['report-call-ended', { callId: 'out' }]]],
    },
  ],
  'agent-unreachable': [
    {
      events: [
        paired,
        annIsHomedIn(poolA),
        bobInB,
        createdAndImported(poolA, helpDesk),
        until(poolA, 'outage'),
        arrived('c', poolA, 'help-desk'),
      ],
      command: ['report-call-connected', { callId: 'c', agent: ann }],
      allowed: ['agent', `end-outage ${poolA}`],
      ways: [[{ agent: bob }], [step('end-outage', poolA), again]],
    },
    {
      events: [
        paired,
        annIsHomedIn(poolA),
        bobElsewhere,
        createdAndImported(poolA, helpDesk),
        until(poolA, 'failed-over'),
        arrived('c', poolA, 'help-desk'),
        { type: 'CallConnected', data: { callId: 'c', agent: bob } },
        outage(poolB),
      ],
      command: ['report-call-connected', { callId: 'c', agent: ann }],
      allowed: ['agent', `end-outage ${poolB}`],
      ways: [[{ agent: bob }], [step('end-outage', poolB), again]],
    },
  ],
  'on-behalf-disabled': [
    {
      events: [paired, annIsHomedIn(poolA), createdInFull(poolA, helpDesk), until(poolA, 'outage')],
      command: onBehalf,
      allowed: ['end-outage'],
      ways: [[step('end-outage', poolA), again]],
    },
  ],
  'on-behalf-fails': [
    {
      events: [
        paired,
        annIsHomedIn(poolA),
        createdInFull(poolA, helpDesk),
        exportOf(poolA, [helpDesk]),
        until(poolA, 'failed-over'),
      ],
      command: onBehalf,
      allowed: ['import-response-groups'],
      ways: [[importing, again]],
    },
    {
      events: [
        paired,
        annIsHomedIn(poolA),
        createdAndImported(poolA, helpDesk),
        removed(poolA, 'workflow', 'help-desk'),
      ],
      command: onBehalf,
      allowed: ['create-object'],
      ways: [
        [['create-object', { ...newDesk, id: 'help-desk', name: 'Help Desk', properties: property }], again],
      ],
    },
    {
      events: [
        paired,
        annIsHomedIn(poolA),
        createdAndImported(poolA, helpDesk),
        until(poolA, 'failed-over'),
        until(poolB, 'outage'),
      ],
      command: onBehalf,
      allowed: ['failback', 'complete-failback'],
      ways: [[step('failback', poolA), step('complete-failback', poolA), again]],
    },
  ],
  'only-facts-are-corrected': [
    {
      events: [paired, refusal, outage(poolA)],
      command: ['retract', { eventId: 'event-2', reason }],
      allowed: ['eventId'],
      ways: [[{ eventId: 'event-3' }]],
    },
  ],
  'corrections-stay': [
    {
      events: [paired, outage(poolA), retracted],
      command: ['retract', { eventId: 'event-3', reason }],
      allowed: ['declare-outage'],
      ways: [[step('declare-outage', poolA)]],
    },
    {
      events: [paired, outage(poolA), retimed],
      command: ['retract', { eventId: 'event-3', reason }],
      allowed: ['correct-time event-2'],
      ways: [[['correct-time', { eventId: 'event-2', reason, occurredAt: momentOf(2) }]]],
    },
  ],
  'registration-stays': [
    {
      events: [night, paired],
      command: ['retract', { eventId: 'event-2', reason }],
      allowed: ['unregister-pair'],
      ways: [[step('unregister-pair', poolA)]],
    },
  ],
  'already-retracted': [
    {
      events: [paired, outage(poolA), retracted, databaseReported(poolA, 'available')],
      command: ['retract', { eventId: 'event-2', reason }],
      allowed: ['eventId'],
      ways: [[{ eventId: 'event-4' }]],
    },
  ],
  'later-facts-need-it': [
    {
      events: [paired, until(poolA, 'failed-over')],
      command: ['retract', { eventId: 'event-2', reason }],
      allowed: ['retract event-4', 'retract event-3'],
      ways: [
        [['retract', { eventId: 'event-4', reason }], ['retract', { eventId: 'event-3', reason }], again],
      ],
    },
  ],
  'recorded-once-it-happened': [
    {
      events: [paired, outage(poolA)],
      command: ['correct-time', { eventId: 'event-2', occurredAt: momentOf(60), reason }],
      allowed: ['retract event-2'],
      ways: [[['retract', { eventId: 'event-2', reason }]]],
    },
  ],
  'later-facts-need-its-time': [
    {
      events: [paired, until(poolA, 'failing-over')],
      command: ['correct-time', { eventId: 'event-3', occurredAt: momentOf(1.5), reason }],
      allowed: ['occurredAt', 'correct-time event-2'],
      ways: [
        [{ occurredAt: momentOf(2.5) }],
        [['correct-time', { eventId: 'event-2', occurredAt: momentOf(1.2), reason }], again],
      ],
    },
  ],
};

const decided = (story: Story, [name, body]: Step): Decision => story.when(name, body as never).decision;

const isStep = (one: Step | Body): one is Step => Array.isArray(one);

/** Gives one command after the other; each must be accepted. */
function follow(situation: Situation, way: Situation['ways'][number]): void {
  const story = given(...situation.events);
  for (const one of way) {
    const [name, body] = situation.command;
    const next: Step = isStep(one) ? one : [name, { ...body, ...one }];
    const decision = decided(story, next);
    expect({ next, decision }).toMatchObject({ decision: { outcome: 'accepted' } });
    if (decision.outcome === 'accepted') story.and(...decision.events);
  }
}

/** A way tries an entry: its command, with the pools that it names; or the parameter, or the value of one. */
function tries(entry: string, way: Situation['ways'][number]): boolean {
  const [first = '', ...rest] = entry.split(' ');
  const command = commandNames.find((name) => name === first);
  const names = rest.filter((word) => !word.startsWith('--') && word !== 'add');
  return way.some((one) => {
    const text = JSON.stringify(one);
    if (!names.every((name) => text.includes(name))) return false;
    if (isStep(one)) return one[0] === command;
    const fields = one;
    return command !== undefined || first === 'export'
      ? names.length > 0
      : first in fields || Object.values(fields).includes(first);
  });
}

describe.each(Object.keys(rules) as RuleName[])('A refusal by %s', (rule) => {
  it('names ways on, each of which works where it is named', () => {
    expect(situations[rule].length).toBeGreaterThan(0);
    for (const situation of situations[rule]) {
      const decision = decided(given(...situation.events), situation.command);
      expect(decision).toMatchObject({ outcome: 'refused', rule, allowed: situation.allowed });
      expect(situation.allowed.length).toBeGreaterThan(0);
      for (const entry of situation.allowed) {
        expect({ entry, tried: situation.ways.some((way) => tries(entry, way)) }).toEqual({
          entry,
          tried: true,
        });
      }
      for (const way of situation.ways) follow(situation, way);
    }
  });
});
