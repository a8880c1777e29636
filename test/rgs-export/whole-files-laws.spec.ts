/** Whole files with anything odd in them, through add-export, comparison and readiness. */
import { describe, expect, it } from '@jest/globals';
import type { FileFinding } from '../../events/export-file.js';
import type { PoolkeeperEvent } from '../../events/registry.js';
import {
  entriesOf,
  usualStyle,
  type DescribedExport,
} from '../../examples/generator/export-file/export-file.js';
import { zipOf, type ZipEntry } from '../../examples/generator/export-file/zip.js';
import { tellingOf } from '../../policy/readiness/file-findings.js';
import { comparisonOf, NoSuchSide, sideOf } from '../../projections/differences/sides.js';
import { contentFor, readExport } from '../../src/rgs-export/read-export.js';
import { fc, runs } from '../support/properties.js';
import { given, type Story } from '../support/given.js';
import { after } from '../projections/readiness/asking.js';
import { paired, poolA, poolB } from '../support/story.js';
import { anyExport, anyStyle } from './support/descriptions.js';
import { anyOddity, withOddity } from './support/oddities.js';

/** Of the pair, most of its objects owned by the pool itself. */
const anyFileOfThePair: fc.Arbitrary<DescribedExport> = fc
  .tuple(anyExport, fc.array(fc.constantFrom(poolA, poolA, poolB, null), { minLength: 5, maxLength: 5 }))
  .map(([described, owners]) => ({
    ...described,
    pool: poolA,
    objects: described.objects.map((object, index) => ({ ...object, owner: owners[index] ?? null })),
  }));

const entriesIn = (described: DescribedExport, style = usualStyle): readonly ZipEntry[] =>
  entriesOf(described, style);

/** What the oddity alone brought about. */
const news = (before: readonly FileFinding[], after: readonly FileFinding[]): readonly FileFinding[] => {
  const known = new Set(before.map((finding) => JSON.stringify(finding)));
  return after.filter((finding) => !known.has(JSON.stringify(finding)));
};

/** The story after the file was added; null where the file is refused, which says so and stores nothing. */
async function added(story: Story, entries: readonly ZipEntry[], id: string): Promise<Story | null> {
  const content = contentFor(await readExport(zipOf([...entries])));
  const file = {
    pool: poolA,
    fileName: `${id}.zip`,
    contentHash: id.padEnd(64, '0'),
    bytes: 1_000,
    now: true,
  };
  const outcome = story.when('add-export', { ...file, content }, id);
  if (outcome.decision.outcome !== 'accepted') return null;
  return outcome.next();
}

const begun = (): Story => given(paired);

const eventsOf = (story: Story): readonly PoolkeeperEvent[] => story.world.log;

const findingsIn = (events: readonly PoolkeeperEvent[]): readonly FileFinding[] =>
  events.flatMap((event) =>
    event.type === 'ResponseGroupsExported' ? (event.data.file?.findings ?? []) : [],
  );

/** Of the record: what the export holds, without what was only noticed in it. */
const recordIn = (events: readonly PoolkeeperEvent[]): string =>
  JSON.stringify(
    events.map((event) =>
      event.type === 'ResponseGroupsExported'
        ? { ...event.data, file: { ...event.data.file, findings: [] } }
        : event.data,
    ),
  );

const between = ({ world: { pair } }: Story, from: string, to: string) => {
  if (pair === null) throw new Error('There is no pair.');
  const [one, other] = [sideOf(pair, poolA, from), sideOf(pair, poolA, to)];
  if (one instanceof NoSuchSide || other instanceof NoSuchSide) throw new Error('There is no such export.');
  return comparisonOf(poolA, one, other);
};

const tooLong = 600_000;

describe('Of a whole file with anything odd in it', () => {
  it(
    'every leaf is on record, or in a finding that readiness shows',
    async () => {
      await fc.assert(
        fc.asyncProperty(anyFileOfThePair, anyStyle, anyOddity, async (described, style, oddity) => {
          const entries = entriesIn(described, style);
          const odd = withOddity(entries, oddity, 'odd-4711');
          fc.pre(odd !== null);
          const [sound, story] = [
            await added(begun(), entries, 'sound'),
            await added(begun(), odd.entries, 'odd'),
          ];
          if (story === null || sound === null) return;
          const events = eventsOf(story);
          if (recordIn(events).includes('odd-4711')) return;
          const told = news(findingsIn(eventsOf(sound)), findingsIn(events)).flatMap(
            (finding) => tellingOf(finding) ?? [],
          );
          const shown = after(events).readiness.findings.map(({ id }) => id);
          expect([odd.told, told.length > 0, told.filter((id) => !shown.includes(id))]).toEqual([
            odd.told,
            true,
            [],
          ]);
        }),
        { numRuns: runs(60) },
      );
    },
    tooLong,
  );

  it(
    'another leaf is a difference, and the same leaves are none',
    async () => {
      await fc.assert(
        fc.asyncProperty(anyFileOfThePair, anyStyle, anyOddity, async (described, style, oddity) => {
          const entries = entriesIn(described, style);
          const [one, other] = ['odd-4711', 'odd-0815'].map((marker) => withOddity(entries, oddity, marker));
          fc.pre(one != null && other != null);
          const first = await added(begun(), one.entries, 'first');
          const again = first === null ? null : await added(first, one.entries, 'again');
          const third = again === null ? null : await added(again, other.entries, 'other');
          if (third === null) return;
          expect([one.told, between(third, 'first', 'again')]).toMatchObject([
            one.told,
            { created: 0, modified: 0, removed: 0, objects: [], besides: [] },
          ]);
          const { objects, besides } = between(third, 'first', 'other');
          expect([one.told, objects.length + besides.length > 0]).toEqual([one.told, true]);
        }),
        { numRuns: runs(60) },
      );
    },
    tooLong,
  );
});
