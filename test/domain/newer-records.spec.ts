/** A file whose time nobody gave sets nothing back that is on record as of later. */
import { describe, expect, it } from '@jest/globals';
import type { PoolkeeperEvent } from '../../events/registry.js';
import type { ObjectKind, Properties } from '../../events/vocabulary.js';
import { defaultApplicationSettings } from '../../policy/application-settings.js';
import { defaultsOf, propertyTables } from '../../policy/object-properties/tables.js';
import type { ExportContent, FileCommands } from '../../src/domain/commands.js';
import { given, type Story } from '../support/given.js';
import { firstMoment, type Told } from '../support/recorded.js';
import { modified, paired, poolA, removed } from '../support/story.js';

type FileObject = ExportContent['objects'][number];
type AddExport = FileCommands['add-export'];

const queue = (id: string, properties: Properties = {}): FileObject => ({
  kind: 'queue',
  id,
  name: id,
  owner: poolA,
  properties: { ...defaultsOf(propertyTables.queue), ...properties },
  unknownProperties: {},
});
let files = 0;
const file = (objects: readonly FileObject[], more: Partial<AddExport> = {}): AddExport => ({
  pool: poolA,
  fileName: 'night.zip',
  contentHash: (files += 1).toString(16).padStart(64, '0'),
  bytes: 1_000,
  content: { objects, applicationSettings: null, audio: [], findings: [] },
  ...more,
});
const hour = 3_600;
/** Before and after the first event of a story; events are a second apart. */
const at = (seconds: number): string => new Date(firstMoment + seconds * 1_000).toISOString();
const dated = (seconds: number): Pick<AddExport, 'itsOwnTimes'> => ({
  itsOwnTimes: { entryDates: at(seconds) },
});

const created = (id: string, properties: Properties = {}, kind: ObjectKind = 'queue'): PoolkeeperEvent => ({
  type: 'ObjectCreated',
  data: {
    pool: poolA,
    kind,
    id,
    name: id,
    properties: { ...defaultsOf(propertyTables[kind]), ...properties },
    tool: 'controlPanel',
  },
});
/** An event that happened, by what was reported, at another time. */
const happened = (event: PoolkeeperEvent, seconds: number): Told => ({
  ...event,
  metadata: { occurredAt: at(seconds) },
});

/** Adds a file, and goes on with what came of it. */
function added(story: Story, command: AddExport, id: string): Story {
  const { decision } = story.when('add-export', command, id);
  if (decision.outcome !== 'accepted') throw new Error(JSON.stringify(decision));
  return story.and(...decision.events);
}
const decision = (story: Story, command: AddExport) => story.when('add-export', command, 'new').decision;
const refused = { outcome: 'refused', rule: 'newer-records-stay', allowed: ['occurredAt', 'now'] };
const accepted = { outcome: 'accepted' };

describe('A file that is older than the record, by the dates of its entries', () => {
  const recorded = (): Story =>
    given(paired, happened(created('sales', { timeoutThreshold: 30 }), -hour * 48));
  const old = queue('sales', { timeoutThreshold: 30 });

  it('is refused where it would set back a property that was changed since', () => {
    const story = recorded().and(modified(poolA, 'queue', 'sales', { timeoutThreshold: 60 }));
    const answer = decision(story, file([old], dated(-hour)));
    expect(answer).toMatchObject(refused);
    expect(answer).toMatchObject({
      detail: expect.stringMatching(
        /written at 2025-01-15T02:00:00\.000Z, as the dates of its entries say.*the queue "sales" \(sales\) \(timeoutThreshold\)/,
      ),
    });
  });

  it('is taken where it changes another property only, or has the change', () => {
    const story = recorded().and(modified(poolA, 'queue', 'sales', { timeoutThreshold: 60 }));
    const both = queue('sales', { timeoutThreshold: 60, overflowThreshold: 5 });
    expect(decision(story, file([both], dated(-hour)))).toMatchObject(accepted);
    expect(decision(story, file([queue('sales', { timeoutThreshold: 60 })], dated(-hour)))).toMatchObject(
      accepted,
    );
  });

  it('is refused where it would remove what was put on record since, or bring back what was removed', () => {
    const late = recorded().and(created('late'));
    expect(decision(late, file([old], dated(-hour)))).toMatchObject(refused);
    const gone = recorded().and(created('support'), removed(poolA, 'queue', 'support'));
    expect(decision(gone, file([old, queue('support')], dated(-hour)))).toMatchObject(refused);
    expect(decision(gone, file([old], dated(-hour)))).toMatchObject(accepted);
  });

  it('is refused where it would set back settings that were changed since', () => {
    const settings = (seconds: number, story: Story) =>
      decision(story, {
        ...file([old], dated(seconds)),
        content: { ...file([old]).content, applicationSettings: defaultApplicationSettings },
      });
    const edited: PoolkeeperEvent = {
      type: 'ObjectModified',
      data: {
        pool: poolA,
        kind: 'application-settings',
        id: 'application-settings',
        name: null,
        properties: { agentRingbackGracePeriod: 90 },
        tool: 'managementShell',
      },
    };
    expect(settings(-hour, recorded().and(edited))).toMatchObject(refused);
    expect(settings(-hour, recorded())).toMatchObject(accepted);
  });

  it('is taken where all that it changes is older still, however old it is', () => {
    expect(decision(given(paired), file([old], dated(-hour * 24 * 400)))).toMatchObject(accepted);
    const other = queue('sales', { timeoutThreshold: 45 });
    expect(decision(recorded(), file([other], dated(-hour)))).toMatchObject(accepted);
    // What the file has was there when it was written, whenever somebody put it on record.
    const registeredLate = given(paired, created('sales', { timeoutThreshold: 30 }));
    expect(decision(registeredLate, file([other], dated(-hour)))).toMatchObject(accepted);
  });

  it('is taken where the clocks of the server may account for the difference', () => {
    const story = recorded().and(modified(poolA, 'queue', 'sales', { timeoutThreshold: 60 }));
    expect(decision(story, file([old], dated(-240)))).toMatchObject(accepted);
    expect(decision(story, file([old], dated(-310)))).toMatchObject(refused);
  });

  it('is kept and changes nothing with a time, and is taken as of now on request', () => {
    const story = recorded().and(modified(poolA, 'queue', 'sales', { timeoutThreshold: 60 }));
    const withTime = decision(story, file([old], { ...dated(-hour), writtenAt: at(-hour) }));
    expect(withTime).toMatchObject({
      outcome: 'accepted',
      events: [{ data: { file: { taken: false, writtenAt: at(-hour), writtenAtFrom: 'request' } } }],
      warnings: [{ code: 'older-than-the-record' }],
    });
    const asOfNow = decision(story, file([old], { ...dated(-hour), now: true }));
    expect(asOfNow).toMatchObject({
      outcome: 'accepted',
      events: [
        { data: { file: { taken: true } } },
        { type: 'ObjectModified', data: { properties: { timeoutThreshold: 30 } } },
      ],
    });
    expect(JSON.stringify(asOfNow)).not.toContain('writtenAt');
  });
});

describe('A file that is older than one that was taken', () => {
  const newer = [queue('sales', { timeoutThreshold: 60 }), queue('support')];
  const story = (): Story => added(given(paired), file(newer, dated(-hour)), 'newer');

  it('changes nothing of what that one showed, though it was added later', () => {
    expect(decision(story(), file([queue('sales'), queue('support')], dated(-hour * 24)))).toMatchObject(
      refused,
    );
    expect(
      decision(story(), file([queue('sales', { timeoutThreshold: 60 })], dated(-hour * 24))),
    ).toMatchObject(refused);
    expect(decision(story(), file([...newer, queue('third')], dated(-hour * 24)))).toMatchObject(refused);
    expect(decision(story(), file(newer, dated(-hour * 24)))).toMatchObject(accepted);
  });

  it('may follow one that is older still, which was added after it happened', () => {
    const next = file([queue('sales', { timeoutThreshold: 90 })], dated(-60));
    expect(decision(story(), next)).toMatchObject(accepted);
    // The first file counts as of its own time, so a time between the two is no older one.
    const given = file([queue('sales', { timeoutThreshold: 90 })], { writtenAt: at(-60) });
    expect(decision(story(), given)).toMatchObject({
      events: [{ data: { file: { taken: true } } }, {}, {}],
    });
  });
});

describe('The time of a file', () => {
  const fileOf = (story: Story, command: AddExport) => {
    const answer = decision(story, command);
    if (answer.outcome !== 'accepted' || answer.events[0]?.type !== 'ResponseGroupsExported') return answer;
    const { writtenAt, writtenAtFrom } = answer.events[0].data.file ?? {};
    return [writtenAt, writtenAtFrom];
  };
  const both = { itsOwnTimes: { entryDates: at(-2 * hour), fileTime: at(-hour) } };

  it('is what was said, else the dates of its entries, else its file time', () => {
    const content = [queue('sales')];
    expect(fileOf(given(paired), file(content, { ...both, writtenAt: at(-3 * hour) }))).toEqual([
      at(-3 * hour),
      'request',
    ]);
    expect(fileOf(given(paired), file(content, both))).toEqual([at(-2 * hour), 'entry-dates']);
    const { fileTime } = both.itsOwnTimes;
    expect(fileOf(given(paired), file(content, { itsOwnTimes: { fileTime } }))).toEqual([
      at(-hour),
      'file-time',
    ]);
    expect(fileOf(given(paired), file(content, { itsOwnTimes: {} }))).toEqual([undefined, undefined]);
  });

  it('is not a date that another file of the pool has, unless that is the same export', () => {
    const before = added(given(paired), file([queue('sales')], both), 'before');
    expect(fileOf(before, file([queue('sales')], both))).toEqual([at(-2 * hour), 'entry-dates']);
    expect(fileOf(before, file([queue('support')], both))).toEqual([at(-hour), 'file-time']);
  });
});
