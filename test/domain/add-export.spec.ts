import { describe, expect, it } from '@jest/globals';
import type { PoolkeeperEvent } from '../../events/registry.js';
import type { ObjectKind, Properties } from '../../events/vocabulary.js';
import { defaultApplicationSettings } from '../../policy/application-settings.js';
import { defaultsOf, propertyTables } from '../../policy/object-properties/tables.js';
import type { ExportContent, FileCommands } from '../../src/domain/commands.js';
import { given, type Outcome } from '../support/given.js';
import { firstMoment } from '../support/recorded.js';
import { agents, createdAndImported, createdInFull, helpDesk } from '../support/objects.js';
import { paired, poolA, poolB, until } from '../support/story.js';

type FileObject = ExportContent['objects'][number];

const complete = (kind: ObjectKind, properties: Properties): Properties => ({
  ...defaultsOf(propertyTables[kind]),
  ...properties,
});
const object = (
  kind: ObjectKind,
  id: string,
  name: string,
  properties: Properties = {},
  owner: string | null = poolA,
): FileObject => ({ kind, id, name, owner, properties: complete(kind, properties), unknownProperties: {} });

const sales = object('queue', 'guid-sales', 'Sales', { timeoutThreshold: 30 });
const file = (objects: readonly FileObject[], more: Partial<FileCommands['add-export']> = {}) => ({
  pool: poolA,
  fileName: 'pool-p.zip',
  contentHash: 'a'.repeat(64),
  bytes: 1_000,
  content: { objects, applicationSettings: null, audio: [], findings: [] },
  ...more,
});

const createdQueue = (id: string, name: string, properties: Properties = {}): PoolkeeperEvent => ({
  type: 'ObjectCreated',
  data: {
    pool: poolA,
    kind: 'queue',
    id,
    name,
    properties: complete('queue', properties),
    tool: 'controlPanel',
  },
});
const moment = (seconds: number): string => new Date(firstMoment + seconds * 1_000).toISOString();

const changes = ({ decision }: Outcome): readonly PoolkeeperEvent[] =>
  decision.outcome === 'accepted' ? decision.events.slice(1) : [];

describe('The file of an export', () => {
  it('brings what nobody had put on record, with its settings, and the same file again changes nothing', () => {
    const settings = { ...defaultApplicationSettings, agentRingbackGracePeriod: 90 };
    const outcome = given(paired).when(
      'add-export',
      file([sales], { content: { ...file([sales]).content, applicationSettings: settings } }),
      'export-1',
    );
    expect(changes(outcome)).toEqual([
      {
        type: 'ObjectCreated',
        data: {
          pool: poolA,
          kind: 'queue',
          id: 'guid-sales',
          name: 'Sales',
          properties: sales.properties,
          tool: null,
        },
      },
      {
        type: 'ObjectModified',
        data: {
          pool: poolA,
          kind: 'application-settings',
          id: 'application-settings',
          name: null,
          properties: { agentRingbackGracePeriod: 90 },
          tool: null,
        },
      },
    ]);
    outcome.again().thenHolds('export-1');
  });

  it('under another name is still the same file', () => {
    given(paired)
      .when('add-export', file([sales]), 'export-1')
      .next()
      .when('add-export', file([sales], { fileName: 'copy.zip' }))
      .thenHolds('export-1');
  });

  it('shows changes and only those, renamed objects and removed objects', () => {
    const outcome = given(
      paired,
      createdQueue('guid-sales', 'Sales', { timeoutThreshold: 60, overflowThreshold: 5 }),
      createdQueue('guid-old', 'Old'),
      createdQueue('guid-same', 'Same'),
    ).when(
      'add-export',
      file([
        object('queue', 'guid-sales', 'Sales and Orders', { timeoutThreshold: 30, overflowThreshold: 5 }),
        object('queue', 'guid-same', 'Same'),
      ]),
    );
    expect(changes(outcome)).toEqual([
      {
        type: 'ObjectModified',
        data: {
          pool: poolA,
          kind: 'queue',
          id: 'guid-sales',
          name: 'Sales and Orders',
          properties: { timeoutThreshold: 30 },
          tool: null,
        },
      },
      { type: 'ObjectRemoved', data: { pool: poolA, kind: 'queue', id: 'guid-old', tool: null } },
    ]);
  });

  it('causes what it shows', () => {
    const { decision } = given(paired).when('add-export', file([sales]));
    expect(decision).toMatchObject({ outcome: 'accepted', firstCausesRest: true });
  });

  it('is recognised by kind and name where objects were put on record by hand, and afterwards by its ids', () => {
    const queue = object('queue', 'guid-1', 'SALES', { agentGroupIdList: ['guid-2'] });
    const group = object('agent-group', 'guid-2', 'Agents', { participationPolicy: 'Formal' }, null);
    const byHand = given(
      paired,
      createdInFull(poolA, agents),
      createdQueue('sales', 'Sales', { agentGroupIdList: ['agents'] }),
    );
    const first = byHand.when('add-export', file([queue, group]));
    expect(changes(first)).toMatchObject([
      { type: 'ObjectModified', data: { id: 'sales', name: 'SALES', properties: {} } },
    ]);
    const renamed = { ...queue, name: 'Orders' };
    const second = first.next().when('add-export', file([renamed, group], { contentHash: 'b'.repeat(64) }));
    expect(changes(second)).toMatchObject([
      { type: 'ObjectModified', data: { id: 'sales', name: 'Orders' } },
    ]);
    expect(changes(second)).toHaveLength(1);
  });

  it('shows an object that was created again under its old name as another one', () => {
    const first = given(paired).when('add-export', file([sales]));
    const anew = object('queue', 'guid-anew', 'Sales');
    const second = first.next().when('add-export', file([anew], { contentHash: 'b'.repeat(64) }));
    expect(changes(second)).toMatchObject([
      { type: 'ObjectCreated', data: { id: 'guid-anew' } },
      { type: 'ObjectRemoved', data: { id: 'guid-sales' } },
    ]);
  });

  it('that was written before a change on record is kept and changes nothing', () => {
    const outcome = given(paired, createdQueue('guid-sales', 'Sales', { timeoutThreshold: 60 })).when(
      'add-export',
      file([sales], { writtenAt: moment(-3_600) }),
    );
    outcome.thenAccepted('ResponseGroupsExported').warning('older-than-the-record');
    expect(outcome.decision).toMatchObject({ events: [{ data: { file: { taken: false } } }] });
  });

  it('that was written after the last change on record is taken', () => {
    given(paired, createdQueue('guid-sales', 'Sales', { timeoutThreshold: 60 }))
      .when('add-export', file([sales], { writtenAt: moment(3_600) }))
      .thenAccepted('ResponseGroupsExported', 'ObjectModified')
      .warning();
  });

  it('of a pool that is down is taken, with a warning where nobody says when it was written', () => {
    given(paired, until(poolA, 'outage'))
      .when('add-export', file([sales]))
      .thenAccepted('ResponseGroupsExported', 'ObjectCreated')
      .warning('written-before-the-outage');
    given(paired, until(poolA, 'outage'))
      .when('add-export', file([sales], { writtenAt: moment(-3_600) }))
      .thenAccepted('ResponseGroupsExported', 'ObjectCreated')
      .warning();
  });

  it('that holds nothing of the pool is refused, or the record would be emptied', () => {
    const ofPartner = object('queue', 'guid-1', 'Sales', {}, poolB);
    given(paired)
      .when('add-export', file([ofPartner]))
      .thenRefused({ rule: 'export-is-of-this-pool' });
    given(paired, createdQueue('q', 'Sales'))
      .when('add-export', file([]))
      .thenRefused({ rule: 'export-is-of-this-pool' });
    given(paired).when('add-export', file([])).thenAccepted('ResponseGroupsExported');
  });

  describe('of a pool whose identities it names', () => {
    const of = (parent: string, objects: readonly FileObject[], more: Partial<ExportContent> = {}) =>
      file(objects, { content: { ...file(objects).content, parents: [parent], ...more } });
    const theirs = object('queue', 'guid-theirs', 'Theirs', {}, poolB);
    const owning = () => given(paired, createdQueue('guid-sales', 'Sales'));

    it('is taken where it holds only copies of its partner, whether their import is on record or not', () => {
      given(paired)
        .when('add-export', of(poolA, [theirs]))
        .thenAccepted('ResponseGroupsExported', 'ReplicaShown')
        .warning('copies-without-import');
      const agentsOnly = object('agent-group', agents.id, 'Agents', { participationPolicy: 'Formal' }, poolB);
      given(paired, createdAndImported(poolB, agents))
        .when('add-export', of(poolA, [agentsOnly]))
        .thenAccepted('ResponseGroupsExported')
        .warning();
      given(paired, createdAndImported(poolB, agents))
        .when('add-export', file([agentsOnly]))
        .thenAccepted('ResponseGroupsExported');
    });

    it('is taken where the pool was emptied since, and says what goes', () => {
      const outcome = owning().when('add-export', of(poolA, []));
      outcome.thenAccepted('ResponseGroupsExported', 'ObjectRemoved').warning('pool-emptied');
      outcome
        .next()
        .when('add-export', of(poolA, [], { audio: [] }))
        .thenHolds();
    });

    it('is taken where its last group has another owner by now', () => {
      const handedOver = object('queue', 'guid-sales', 'Sales', {}, poolB);
      owning()
        .when('add-export', of(poolA, [handedOver]))
        .thenAccepted('ResponseGroupsExported', 'ObjectModified')
        .warning('owner-changed');
    });

    it('is refused where it may be restricted, and taken once somebody says which it is', () => {
      const restricted = of(poolA, [theirs]);
      owning()
        .when('add-export', restricted)
        .thenRefused({ rule: 'export-is-of-this-pool', allowed: ['owner', 'emptied'] });
      owning()
        .when('add-export', { ...restricted, owner: poolB })
        .thenAccepted('ResponseGroupsExported', 'ReplicaShown');
      owning()
        .when('add-export', { ...restricted, emptied: true })
        .thenAccepted('ResponseGroupsExported', 'ObjectRemoved', 'ReplicaShown')
        .warning('pool-emptied', 'copies-without-import');
    });

    it('is no proof of an empty pool where a part of it could not be read', () => {
      const finding = {
        code: 'object-without-identity',
        severity: 'error' as const,
        detail: 'It has no InstanceId.',
        entry: null,
        line: null,
        kind: null,
        id: null,
        property: null,
      };
      owning()
        .when('add-export', of(poolA, [], { findings: [finding] }))
        .thenRefused({ rule: 'export-is-of-this-pool' });
    });

    it('is refused for the partner, also where it holds something that the partner owns', () => {
      const both = [sales, theirs];
      for (const story of [given(paired), owning(), given(paired, createdAndImported(poolB, agents))]) {
        story
          .when('add-export', of(poolB, both))
          .thenRefused({ rule: 'export-is-of-this-pool', allowed: [`export add --pool ${poolB}`] });
      }
      given(paired)
        .when('add-export', of('third.contoso.com', both))
        .thenRefused({ rule: 'export-is-of-this-pool', detail: /third\.contoso\.com/ });
    });

    it('is taken after everything was removed with the export', () => {
      owning()
        .when('record-export', { pool: poolA, removeExported: true })
        .next()
        .when('add-export', of(poolA, []))
        .thenAccepted('ResponseGroupsExported')
        .warning();
    });
  });

  it('that was restricted to an owner shows nothing of what the pool itself owns', () => {
    const copy = object('workflow', 'help-desk', 'Help Desk', {
      primaryUri: 'sip:help-desk@contoso.com',
      anonymous: true,
    });
    const outcome = given(
      paired,
      createdAndImported(poolA, helpDesk),
      createdInFull(poolB, agents),
      until(poolA, 'failed-over'),
    ).when('add-export', file([copy], { pool: poolB, owner: poolA }));
    expect(changes(outcome)).toMatchObject([
      { type: 'ObjectModified', data: { pool: poolB, properties: { anonymous: true } } },
    ]);
  });

  it('must hold the objects of the owner it names, a pool of the pair', () => {
    given(paired)
      .when('add-export', file([sales], { owner: 'third.contoso.com' }))
      .thenInvalid('/owner');
    given(paired)
      .when('add-export', file([sales], { owner: poolB }))
      .thenInvalid('/owner');
  });

  it('leaves out what belongs to a pool of another pair, and says so', () => {
    const foreign = object('queue', 'guid-9', 'Foreign', {}, 'third.contoso.com');
    const outcome = given(paired).when('add-export', file([sales, foreign]));
    outcome.thenAccepted('ResponseGroupsExported', 'ObjectCreated').warning('file-has-errors');
    expect(outcome.decision).toMatchObject({
      events: [
        {
          data: {
            objects: [{ id: 'guid-sales' }],
            file: { findings: [{ code: 'owner-elsewhere', id: 'guid-9' }] },
          },
        },
        {},
      ],
    });
  });

  describe('with copies of what the partner owns, which no import on record brought,', () => {
    const theirs = (timeoutThreshold: number) =>
      object('queue', 'guid-1', 'Theirs', { timeoutThreshold }, poolB);
    const shown = () => given(paired).when('add-export', file([sales, theirs(30)]), 'export-1');
    const later = (more: object) => file([sales, theirs(45)], { contentHash: 'b'.repeat(64), ...more });

    it('puts them on record as they are, and says so', () => {
      shown().thenAccepted('ResponseGroupsExported', 'ObjectCreated', 'ReplicaShown');
      shown().warning('copies-without-import');
      expect(changes(shown()).at(-1)).toEqual({
        type: 'ReplicaShown',
        data: {
          exportId: 'export-1',
          pool: poolA,
          objects: [{ kind: 'queue', id: 'guid-1', name: 'Theirs', owner: poolB }],
        },
      });
    });

    it('shows later that they have followed their owner: nobody has changed them there', () => {
      shown()
        .next()
        .when('add-export', later({}), 'export-2')
        .thenAccepted('ResponseGroupsExported', 'ReplicaShown')
        .warning();
      shown()
        .next()
        .when('add-export', file([sales, theirs(30)], { contentHash: 'c'.repeat(64) }), 'export-2')
        .thenAccepted('ResponseGroupsExported')
        .warning();
    });

    it('shows what was changed there while they stood in', () => {
      shown()
        .next()
        .and(until(poolB, 'failed-over'))
        .when('add-export', later({}), 'export-2')
        .thenAccepted('ResponseGroupsExported', 'ObjectModified');
    });

    it('shows that they are gone', () => {
      shown()
        .next()
        .when('add-export', file([sales], { contentHash: 'd'.repeat(64) }), 'export-2')
        .thenAccepted('ResponseGroupsExported', 'ObjectRemoved');
    });

    it('does not set back what a newer file showed', () => {
      const itsOwnTimes = { entryDates: moment(-86_400) };
      shown()
        .next()
        .when('add-export', later({ itsOwnTimes }), 'export-2')
        .thenRefused({ rule: 'newer-records-stay' });
    });

    it('is no change there that an import of what its owner has would overwrite', () => {
      shown()
        .next()
        .and(
          createdInFull(poolB, {
            kind: 'queue',
            id: 'guid-1',
            name: 'Theirs',
            properties: { timeoutThreshold: 60 },
          }),
        )
        .when('record-export', { pool: poolB }, 'export-2')
        .next()
        .when('import-response-groups', { destination: poolA, exportId: 'export-2' })
        .thenAccepted('ResponseGroupsImported');
    });
  });

  it('warns where it shows that the owner removed what stands in for it', () => {
    given(paired, createdAndImported(poolA, helpDesk))
      .when('add-export', file([sales]))
      .thenAccepted('ResponseGroupsExported', 'ObjectCreated', 'ObjectRemoved')
      .warning('imported-copy-taken-out-of-service');
  });
});

describe('An import of a file', () => {
  const settings = { ...defaultApplicationSettings, agentRingbackGracePeriod: 90 };
  const added = (applicationSettings: Properties | null) =>
    given(paired)
      .when(
        'add-export',
        file([sales], { content: { ...file([sales]).content, applicationSettings } }),
        'export-1',
      )
      .next();

  it('replaces the settings by those of the file', () => {
    const { world } = added(settings)
      .when('import-response-groups', {
        destination: poolB,
        exportId: 'export-1',
        replaceExistingSettings: true,
      })
      .warning('settings-overwritten')
      .next();
    expect(world.pair?.pools[1].applicationSettings).toEqual(settings);
  });

  it('replaces nothing where the file has no settings', () => {
    const { world } = added(null)
      .and({
        type: 'ObjectModified',
        data: {
          pool: poolB,
          kind: 'application-settings',
          id: 'application-settings',
          name: null,
          properties: settings,
          tool: null,
        },
      })
      .when('import-response-groups', {
        destination: poolB,
        exportId: 'export-1',
        replaceExistingSettings: true,
      })
      .warning('settings-not-in-file')
      .next();
    expect(world.pair?.pools[1].applicationSettings).toEqual(settings);
  });
});
