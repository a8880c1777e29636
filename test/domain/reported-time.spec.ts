/** The time with which a command is reported: another one makes it no repeat, and an unlikely one is warned of. */
import { describe, expect, it } from '@jest/globals';
import type { PoolkeeperEvent } from '../../events/registry.js';
import type { CommandBodies, FileCommands } from '../../src/domain/commands.js';
import { given, type Outcome, type Story } from '../support/given.js';
import { createdAndImported, createdInFull, exportOf, helpDesk } from '../support/objects.js';
import { firstMoment } from '../support/recorded.js';
import {
  agentGroup,
  ann,
  annIsHomedIn,
  arrived,
  connected,
  databaseReported,
  ended,
  modified,
  paired,
  pairId,
  poolA,
  poolB,
  poolReplaced,
  removed,
  signedIn,
  signedOut,
  until,
  workflow,
} from '../support/story.js';

type Bodies = CommandBodies & FileCommands;
type Name = keyof Bodies;
type Events = readonly (PoolkeeperEvent | readonly PoolkeeperEvent[])[];

const day = 86_400;
const at = (seconds: number): string => new Date(firstMoment + seconds * 1_000).toISOString();
/** With a time, and perhaps a clock. */
function when(
  story: Story,
  [name, body]: readonly [Name, object],
  time: string | null,
  now?: string,
): Outcome {
  story.world.at = time;
  story.world.now = now ?? null;
  return story.when(name, body as never);
}

const tool = 'managementShell';
const pairing: PoolkeeperEvent = { type: 'PoolsPaired', data: { pairId, pools: [poolA, poolB] } };
const sales = { kind: 'queue', id: 'sales', name: 'Sales' } as const;
const zip = {
  pool: poolA,
  fileName: 'night.zip',
  contentHash: 'a'.repeat(64),
  bytes: 1_000,
  content: { objects: [], applicationSettings: null, audio: [], findings: [] },
};
const read: PoolkeeperEvent = {
  type: 'ResponseGroupsExported',
  data: {
    exportId: 'read',
    pool: poolA,
    owner: null,
    fileName: 'night.zip',
    removeExported: false,
    objects: [],
    applicationSettings: {},
    file: {
      contentHash: zip.contentHash,
      bytes: zip.bytes,
      holdsSettings: false,
      taken: true,
      audio: [],
      findings: [],
    },
  },
};
const chosen: PoolkeeperEvent = {
  type: 'ReadingChosen',
  data: { pool: poolA, reading: 'calls-on-live-backup', choice: 'survive' },
};
const formal = { participationPolicy: 'Formal', agentsByUri: [ann] };

/** The command of the last event of each story, once more; events are a second apart, from the first. */
const repeats: readonly (readonly [Events, readonly [Name, object]])[] = [
  [
    [pairing, paired],
    ['register-pair', { pools: [{ fqdn: poolA }, { fqdn: poolB }] }],
  ],
  [
    [paired, chosen],
    ['choose-reading', chosen.data],
  ],
  [
    [paired, annIsHomedIn(poolA)],
    ['register-agent', { agent: ann, homePool: poolA }],
  ],
  [
    [paired, createdInFull(poolA, sales)],
    ['create-object', { pool: poolA, tool, ...sales }],
  ],
  [
    [paired, workflow(poolA, 'desk'), modified(poolA, 'workflow', 'desk', { anonymous: true })],
    ['modify-object', { pool: poolA, tool, kind: 'workflow', id: 'desk', properties: { anonymous: true } }],
  ],
  [
    [paired, workflow(poolA, 'desk'), removed(poolA, 'workflow', 'desk')],
    ['remove-object', { pool: poolA, tool, kind: 'workflow', id: 'desk' }],
  ],
  [
    [paired, exportOf(poolA, [])],
    ['record-export', { pool: poolA }],
  ],
  [
    [paired, read],
    ['add-export', zip],
  ],
  [
    [paired, createdAndImported(poolA, helpDesk)],
    ['import-response-groups', { destination: poolB, exportId: 'export-1' }],
  ],
  [
    [paired, databaseReported(poolA, 'available')],
    ['report-back-end-database', { pool: poolA, state: 'available' }],
  ],
  [
    [paired, until(poolA, 'outage')],
    ['declare-outage', { pool: poolA }],
  ],
  [
    [paired, { type: 'TargetsSet', data: { pool: poolA, recoveryTime: 60_000, recoveryPoint: null } }],
    ['set-targets', { pool: poolA, recoveryTime: 60_000 }],
  ],
  [
    [paired, { type: 'ReplicationSet', data: { pool: poolA, enabled: true, update: true } }],
    ['set-replication', { pool: poolA, enabled: true, update: true }],
  ],
  [
    [paired, until(poolA, 'outage'), inIncident('IncidentAnnotated', { text: 'Alarms' })],
    ['annotate-incident', { pool: poolA, text: 'Alarms' }],
  ],
  [
    [paired, until(poolA, 'outage'), inIncident('StepTicked', { step: 'central-management' })],
    ['tick-step', { pool: poolA, step: 'central-management' }],
  ],
  [
    [paired, annIsHomedIn(poolA), agentGroup(poolA, 'desk', formal), signedIn(ann, poolA, 'desk')],
    ['sign-in-agent', { agent: ann, pool: poolA, agentGroup: 'desk' }],
  ],
  [
    [
      paired,
      annIsHomedIn(poolA),
      agentGroup(poolA, 'desk', formal),
      signedIn(ann, poolA, 'desk'),
      signedOut(ann, poolA, 'desk'),
    ],
    ['sign-out-agent', { agent: ann, pool: poolA, agentGroup: 'desk' }],
  ],
  [
    [paired, workflow(poolA, 'desk'), arrived('c', poolA, 'desk')],
    ['report-call-arrived', { callId: 'c', pool: poolA, responseGroup: 'desk' }],
  ],
  [
    [paired, annIsHomedIn(poolA), workflow(poolA, 'desk'), arrived('c', poolA, 'desk'), connected('c')],
    ['report-call-connected', { callId: 'c', agent: ann }],
  ],
  [
    [paired, workflow(poolA, 'desk'), arrived('c', poolA, 'desk'), ended('c')],
    ['report-call-ended', { callId: 'c' }],
  ],
];

/** Of the first incident. */
function inIncident(type: 'IncidentAnnotated' | 'StepTicked', data: object): PoolkeeperEvent {
  return { type, data: { pool: poolA, incident: `${pairId}-1`, ...data } } as PoolkeeperEvent;
}

describe.each(repeats.map((one) => [one[1][0], ...one] as const))(
  'A repeat of %s',
  (name, events, command) => {
    const story = (): Story => given(...events);
    const recordedAt = at(events.flat().length);

    it('holds without a time, and with the time on record', () => {
      when(story(), command, null).thenHolds();
      when(story(), command, recordedAt).thenHolds();
    });

    it('is a conflict with another time, which says what is on record', () => {
      const { decision } = when(story(), command, at(-day));
      expect(decision).toMatchObject({
        outcome: 'refused',
        rule: 'recorded-otherwise',
        because: ['recorded-otherwise'],
        allowed: [expect.stringMatching(name === 'add-export' ? /^export add$/ : name)],
        detail: expect.stringContaining(`on record as of ${recordedAt}`),
      });
    });
  },
);

describe('A repeat', () => {
  it('with another reason is a conflict', () => {
    const reported: PoolkeeperEvent = {
      type: 'BackEndDatabaseReported',
      data: { pool: poolA, state: 'unavailable', reason: 'SAN' },
    };
    const again = (reason?: string) => ({
      pool: poolA,
      state: 'unavailable' as const,
      ...(reason === undefined ? {} : { reason }),
    });
    const story = (): Story => given(paired, reported);
    story().when('report-back-end-database', again()).thenHolds();
    story().when('report-back-end-database', again('SAN')).thenHolds();
    story()
      .when('report-back-end-database', again('power'))
      .thenRefused({ rule: 'recorded-otherwise', detail: /for the reason "SAN"/ });
  });

  it('of settings of the replication is judged by the latest of those that it names', () => {
    const set = (data: object): PoolkeeperEvent => ({
      type: 'ReplicationSet',
      data: { pool: poolA, ...data },
    });
    const story = (): Story =>
      given(paired, set({ enabled: true, reason: 'July' }), set({ seeded: true }), poolReplaced(poolB));
    const on = (reason?: string) =>
      [
        'set-replication',
        { pool: poolA, enabled: true, ...(reason === undefined ? {} : { reason }) },
      ] as const;
    when(story(), on(), at(2)).thenHolds();
    when(story(), on('July'), at(2)).thenHolds();
    when(story(), on('August'), null).thenRefused({
      rule: 'recorded-otherwise',
      detail: /The replication of .* \(enabled: true\) is on record as of .*, for the reason "July"/,
    });
    when(story(), on(), at(3)).thenRefused({ rule: 'recorded-otherwise' });
    const all = ['set-replication', { pool: poolA, enabled: true, seeded: true }] as const;
    when(story(), all, at(3)).thenHolds();
    when(story(), all, at(2)).thenRefused({
      rule: 'recorded-otherwise',
      detail: /enabled: true, seeded: true/,
    });
  });

  it('of what nobody reported by itself says nothing of its time', () => {
    const database = ['report-back-end-database', { pool: poolA, state: 'unavailable' }] as const;
    when(
      given(paired, until(poolA, 'outage', { backEndDatabase: 'unavailable' })),
      database,
      at(-1),
    ).thenHolds();
    const reading = [
      'choose-reading',
      { pool: poolA, reading: 'calls-on-live-backup', choice: 'literal' },
    ] as const;
    when(given(paired), reading, at(-1)).thenHolds();
  });

  it('of one target is judged by the time of that one, and a note at its own moment is none', () => {
    const aims = (recoveryTime: number, recoveryPoint: number | null): PoolkeeperEvent => ({
      type: 'TargetsSet',
      data: { pool: poolA, recoveryTime, recoveryPoint },
    });
    const story = (): Story => given(paired, aims(60_000, null), aims(60_000, 90_000));
    when(story(), ['set-targets', { pool: poolA, recoveryTime: 60_000 }], at(2)).thenHolds();
    when(story(), ['set-targets', { pool: poolA, recoveryPoint: 90_000 }], at(2)).thenRefused({
      rule: 'recorded-otherwise',
    });
    const note = (more: object = {}) =>
      ['annotate-incident', { pool: poolA, text: 'Alarms', ...more }] as const;
    const noted = (): Story =>
      given(paired, until(poolA, 'outage'), inIncident('IncidentAnnotated', { text: 'Alarms', at: at(1) }));
    when(noted(), note({ at: at(1) }), null).thenHolds();
    when(noted(), note(), null).thenHolds();
    when(noted(), note({ at: at(2) }), null).thenRefused({
      rule: 'recorded-otherwise',
      detail: /Nothing was changed/,
    });
    when(noted(), ['annotate-incident', { pool: poolA, text: 'Quiet' }], at(2)).thenAccepted(
      'IncidentAnnotated',
    );
  });

  it('of a change is judged by the time of what it changes, whatever else was changed since', () => {
    const story = (): Story =>
      given(
        paired,
        workflow(poolA, 'desk'),
        modified(poolA, 'workflow', 'desk', { anonymous: true }),
        modified(poolA, 'workflow', 'desk', { description: 'Any question' }),
      );
    const change = [
      'modify-object',
      { pool: poolA, tool, kind: 'workflow', id: 'desk', properties: { anonymous: true } },
    ] as const;
    when(story(), change, at(3)).thenHolds();
    when(story(), change, at(4)).thenRefused({ rule: 'recorded-otherwise' });
  });
});

describe('A time that may be a slip is warned of', () => {
  const outage = ['declare-outage', { pool: poolA }] as const;
  const creation = ['create-object', { pool: poolA, tool, kind: 'queue', name: 'Sales' }] as const;

  it('before the last change of stage', () => {
    const story = (): Story => given(paired, until(poolA, 'failed-over'));
    const failback = ['failback', { pool: poolA }] as const;
    when(story(), failback, at(2)).warning('before-last-stage-change');
    when(story(), failback, at(4)).warning();
    when(story(), failback, null).warning();
    // The first stage begins with the registration.
    when(given(paired), outage, at(0)).warning('before-registration');
  });

  it('before the registration of the pair', () => {
    when(given(paired), creation, at(0)).warning('before-registration');
    when(given(paired), creation, at(1)).warning();
  });

  it('of more than a month ago', () => {
    when(given(paired), creation, at(10), at(10 + 30 * day)).warning();
    when(given(paired), creation, at(10), at(11 + 30 * day)).warning('long-ago');
    when(given(paired), ['add-export', zip], at(10), at(100 * day)).warning('long-ago');
  });

  it('of an export too, but for what a pool that is down wrote before', () => {
    const reporting = ['record-export', { pool: poolA }] as const;
    when(given(paired), ['add-export', zip], at(0)).warning('before-registration');
    when(given(paired), reporting, at(0)).warning('before-registration');
    const back = given(paired, until(poolA, 'failed-back'));
    when(back, reporting, at(2)).warning('before-last-stage-change');
    const night = ['add-export', { ...zip, writtenAt: at(1) }] as const;
    when(given(paired, until(poolA, 'outage')), night, at(1)).warning();
  });

  const stopped = (service: 'response-group' | 'file-share'): PoolkeeperEvent => ({
    type: 'ServiceReported',
    data: { pool: poolA, service, state: 'stopped' },
  });
  it.each<readonly [string, PoolkeeperEvent, readonly [Name, object]]>([
    [
      'a service',
      stopped('file-share'),
      ['report-service', { pool: poolA, service: 'file-share', state: 'running' }],
    ],
    [
      'the database',
      databaseReported(poolA, 'unavailable'),
      ['report-back-end-database', { pool: poolA, state: 'available' }],
    ],
    [
      'the version',
      { type: 'VersionSet', data: { pool: poolA, version: '2015' } },
      ['set-version', { pool: poolA, version: '2019' }],
    ],
    [
      'the replication',
      { type: 'ReplicationSet', data: { pool: poolA, update: false } },
      ['set-replication', { pool: poolA, update: true }],
    ],
    [
      'a target',
      { type: 'TargetsSet', data: { pool: poolA, recoveryTime: 60, recoveryPoint: null } },
      ['set-targets', { pool: poolA, recoveryTime: 90 }],
    ],
    [
      'a home',
      { type: 'AgentMoved', data: { agent: ann, from: poolA, homePool: poolB } },
      ['move-agent', { agent: ann, homePool: poolA }],
    ],
  ])('before the later fact about %s that it takes the place of', (_, later, command) => {
    const story = (): Story => given(paired, annIsHomedIn(poolA), later);
    when(story(), command, at(2)).warning('before-what-it-replaces');
    when(story(), command, at(3)).warning();
    when(story(), command, null).warning();
    when(given(paired, annIsHomedIn(later.type === 'AgentMoved' ? poolB : poolA)), command, at(3)).warning();
  });

  it('before a later change of the same properties', () => {
    const setting = (properties: object) =>
      ['modify-object', { pool: poolA, tool, kind: 'workflow', id: 'desk', properties }] as const;
    const story = (): Story =>
      given(paired, workflow(poolA, 'desk'), modified(poolA, 'workflow', 'desk', { description: 'B' }));
    when(story(), setting({ description: 'C' }), at(2)).warning('before-what-it-replaces');
    when(story(), setting({ language: 'de-DE' }), at(2)).warning();
  });

  it('and is recorded all the same; a repeat of it is not warned of', () => {
    const outcome = when(given(paired), outage, at(-400 * day), at(10));
    outcome.thenAccepted('OutageDeclared').warning('long-ago', 'before-registration');
    when(given(paired, until(poolA, 'outage')), outage, null, at(400 * day)).thenHolds();
  });
});
