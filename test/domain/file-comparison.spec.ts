import { describe, expect, it } from '@jest/globals';
import type { ExportedAudio } from '../../events/export-file.js';
import type { PoolkeeperEvent } from '../../events/registry.js';
import type { ObjectKind, Properties } from '../../events/vocabulary.js';
import { copyOf } from '../../facts/copies.js';
import { defaultsOf, propertyTables } from '../../policy/object-properties/tables.js';
import type { ExportContent } from '../../src/domain/commands.js';
import { given, type Outcome } from '../support/given.js';
import { paired, poolA, poolB } from '../support/story.js';

type FileObject = ExportContent['objects'][number];

const object = (kind: ObjectKind, properties: Properties, more: Partial<FileObject> = {}): FileObject => ({
  kind,
  id: 'guid-1',
  name: 'Orders',
  owner: poolA,
  properties: { ...defaultsOf(propertyTables[kind]), ...properties },
  unknownProperties: {},
  ...more,
});
const workflow = (properties: Properties, more: Partial<FileObject> = {}): FileObject =>
  object('workflow', { primaryUri: 'sip:orders@contoso.com', ...properties }, more);

const night = (number: number, objects: readonly FileObject[], more: Partial<ExportContent> = {}) => ({
  pool: poolA,
  fileName: 'nightly.zip',
  contentHash: String(number).repeat(64),
  bytes: 1_000,
  content: { objects, applicationSettings: null, audio: [], findings: [], ...more },
});
const changes = ({ decision }: Outcome): readonly PoolkeeperEvent[] =>
  decision.outcome === 'accepted' ? decision.events.slice(1) : [];

const twoNights = (
  first: readonly FileObject[],
  second: readonly FileObject[],
  firstMore: Partial<ExportContent> = {},
  secondMore: Partial<ExportContent> = firstMore,
): readonly PoolkeeperEvent[] =>
  changes(
    given(paired)
      .when('add-export', night(1, first, firstMore), 'export-1')
      .next()
      .when('add-export', night(2, second, secondMore), 'export-2'),
  );

const music = (uniqueName: string | null, sha256: string | null): readonly ExportedAudio[] => [
  {
    uniqueName,
    originalFileName: 'waltz.wav',
    bytes: sha256 === null ? null : 9,
    sha256,
    usedBy: [{ kind: 'workflow', id: 'guid-1', property: 'customMusicOnHoldFile' }],
  },
];
const musical = workflow({ customMusicOnHoldFile: 'waltz.wav' });
const withMusic = [musical];

const group = (properties: Properties): readonly FileObject[] => [
  object('agent-group', { participationPolicy: 'Formal', ...properties }),
];
const agents = ['sip:lee@contoso.com', 'sip:mo@contoso.com'];

describe('Between two nights', () => {
  it.each([
    ['addresses', { primaryUri: 'sip:orders@contoso.com' }, { primaryUri: 'SIP:Orders@Contoso.com' }],
    ['the scheme of a number', { lineUri: 'tel:+4930555' }, { lineUri: 'TEL:+4930555' }],
    ['visual separators', { lineUri: 'tel:+49-30-555;ext=7' }, { lineUri: 'tel:+49(30)555;ext=7' }],
    [
      'the order of managers',
      { managersByUri: agents },
      { managersByUri: agents.toReversed().map((uri) => uri.toUpperCase()) },
    ],
    ['the order of holiday sets', { holidaySetIdList: ['a', 'b'] }, { holidaySetIdList: ['b', 'a'] }],
    ['an empty text and none', { description: null }, { description: '' }],
    [
      'a prompt without content and none',
      { defaultAction: { action: 'TransferToQueue', queueId: 'q', prompt: {} } },
      { defaultAction: { action: 'TransferToQueue', queueId: 'q' } },
    ],
  ])('%s of one meaning are no change', (_, before, after) => {
    expect(twoNights([workflow(before)], [workflow(after)])).toEqual([]);
    expect(twoNights([workflow(after)], [workflow(before)])).toEqual([]);
  });

  it.each([
    ['an extension', { lineUri: 'tel:+4930555;ext=7' }, { lineUri: 'tel:+4930555;ext=8' }],
    ['a manager named once more', { managersByUri: agents }, { managersByUri: [...agents, ...agents] }],
  ])('%s is a change', (_, before, after) => {
    expect(twoNights([workflow(before)], [workflow(after)])).toMatchObject([
      { type: 'ObjectModified', data: { properties: after } },
    ]);
  });

  it.each(['Serial', 'RoundRobin'])('the order of agents is one in a %s group', (routingMethod) => {
    const after = group({ routingMethod, agentsByUri: agents.toReversed() });
    expect(twoNights(group({ routingMethod, agentsByUri: agents }), after)).toHaveLength(1);
  });

  it.each(['Parallel', 'LongestIdle', 'Attendant'])('it is none in a %s group', (routingMethod) => {
    const after = group({ routingMethod, agentsByUri: agents.toReversed() });
    expect(twoNights(group({ routingMethod, agentsByUri: agents }), after)).toEqual([]);
  });

  it('the order of agent groups in a queue is a change', () => {
    const queue = (agentGroupIdList: readonly string[]) => [object('queue', { agentGroupIdList })];
    expect(twoNights(queue(['a', 'b']), queue(['b', 'a']))).toHaveLength(1);
  });

  it.each([
    ['uploaded again under its name', music('u-1', 'aa'), music('u-2', 'aa')],
    ['with another content', music('u-1', 'aa'), music('u-1', 'bb')],
    ['that is no longer in the zip', music('u-1', 'aa'), music('u-1', null)],
  ])('an audio file %s is a change of its object', (_, before, after) => {
    const shown = twoNights(withMusic, withMusic, { audio: before }, { audio: after });
    const { uniqueName, sha256 } = after[0] ?? { uniqueName: null, sha256: null };
    expect(shown).toMatchObject([
      {
        type: 'ObjectModified',
        data: {
          id: 'guid-1',
          properties: {},
          audio: { customMusicOnHoldFile: { fileName: 'waltz.wav', uniqueName, sha256 } },
        },
      },
    ]);
    expect(twoNights(withMusic, withMusic, { audio: before })).toEqual([]);
  });

  it('what no cmdlet documents is compared, and may go', () => {
    const extra = (unknownProperties: Properties) => [workflow({}, { unknownProperties })];
    expect(twoNights(extra({ Extra: 1, Other: 2 }), extra({ Extra: 3 }))).toMatchObject([
      { type: 'ObjectModified', data: { properties: {}, unknownProperties: { Extra: 3, Other: null } } },
    ]);
    expect(twoNights(extra({ Extra: 1 }), extra({ Extra: 1 }))).toEqual([]);
  });

  it('another owner is a change', () => {
    const objects = (owner: string) => [workflow({}, { owner }), object('queue', {}, { id: 'guid-2' })];
    expect(twoNights(objects(poolA), objects(poolB))).toMatchObject([
      { type: 'ObjectModified', data: { id: 'guid-1', owner: poolB, properties: {} } },
    ]);
  });

  it('what stands beside the settings is compared as well', () => {
    const settings = { ...defaultsOf(propertyTables['application-settings']) };
    const of = (Extra: number) => ({
      applicationSettings: settings,
      settingsBeside: { unknownProperties: { Extra } },
    });
    expect(twoNights(withMusic, withMusic, of(1), of(2))).toMatchObject([
      { type: 'ObjectModified', data: { kind: 'application-settings', unknownProperties: { Extra: 2 } } },
    ]);
    expect(twoNights(withMusic, withMusic, of(1))).toEqual([]);
  });
});

describe('What a file says of an object', () => {
  it('goes with it to the partner', () => {
    const { world } = given(paired)
      .when(
        'add-export',
        night(1, [workflow({ customMusicOnHoldFile: 'waltz.wav' }, { unknownProperties: { Extra: 1 } })], {
          audio: music('u-1', 'aa'),
        }),
        'export-1',
      )
      .next()
      .when('import-response-groups', { destination: poolB, exportId: 'export-1' })
      .next();
    const pair = world.pair;
    if (pair === null) throw new Error('There is no pair.');
    for (const pool of [poolA, poolB]) {
      expect(copyOf(pair, pool, 'workflow', 'guid-1')).toMatchObject({
        unknownProperties: { Extra: 1 },
        audio: { customMusicOnHoldFile: { uniqueName: 'u-1', sha256: 'aa' } },
      });
    }
  });

  it('is known of a log that has audio files in one list only', () => {
    const { decision } = given(paired, [
      {
        type: 'ResponseGroupsExported',
        data: {
          exportId: 'export-1',
          pool: poolA,
          owner: null,
          fileName: 'nightly.zip',
          removeExported: false,
          objects: [{ ...musical, owner: poolA, unknownProperties: { Extra: 1 } }],
          applicationSettings: {},
          file: {
            contentHash: '1'.repeat(64),
            bytes: 1,
            holdsSettings: false,
            taken: true,
            audio: music('u-1', 'aa'),
            findings: [],
          },
        },
      },
      {
        type: 'ObjectCreated',
        data: {
          pool: poolA,
          kind: 'workflow',
          id: 'guid-1',
          name: 'Orders',
          properties: musical.properties,
          tool: null,
        },
      },
    ]).when(
      'add-export',
      night(2, [workflow({ customMusicOnHoldFile: 'waltz.wav' }, { unknownProperties: { Extra: 2 } })], {
        audio: music('u-2', 'bb'),
      }),
    );
    expect(decision).toMatchObject({
      events: [
        { type: 'ResponseGroupsExported' },
        {
          type: 'ObjectModified',
          data: { unknownProperties: { Extra: 2 }, audio: { customMusicOnHoldFile: { uniqueName: 'u-2' } } },
        },
      ],
    });
  });

  it('includes its agents and managers, and an agent whom its own list does not have is told', () => {
    const { decision } = given(paired).when(
      'add-export',
      night(1, group({ agentsByUri: ['sip:LEE@contoso.com', 'sip:ben@contoso.com'] }), {
        agents,
        managers: [],
      }),
    );
    expect(decision).toMatchObject({
      events: [
        {
          data: {
            file: {
              agents,
              managers: [],
              findings: [
                {
                  code: 'agent-not-listed',
                  id: 'guid-1',
                  property: 'agentsByUri/1',
                  detail: expect.stringContaining('sip:ben@contoso.com') as unknown,
                },
              ],
            },
          },
        },
        {},
      ],
    });
  });
});
