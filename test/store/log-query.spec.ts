import { describe, expect, test } from '@jest/globals';
import { DatabaseSync } from 'node:sqlite';
import { fc } from '../support/properties.js';
import { logQuery } from '../../src/store/sqlite/log-query.js';

const prefixes = ['call-p1-', 'call-p1-a', 'pair-p1', 'pair-p10', 'agent-sip:ann@a.b', 'agent-', 'nothing-'];
const streams = [
  'call-p1-a',
  'call-p1-ab',
  'call-p10-a',
  'pair-p1',
  'pair-p10',
  'agent-sip:ann@a.b',
  'agent-sip:ann@a.b.example',
  'agent-sip:"o\'hara"@a.b',
];

const log = fc.array(fc.record({ stream: fc.constantFrom(...streams), type: fc.constantFrom('A', 'B') }), {
  maxLength: 40,
});
const chosen = fc.array(fc.record({ prefix: fc.constantFrom(...prefixes), byIndex: fc.boolean() }), {
  maxLength: 5,
});
const selections = fc.record({
  after: fc.nat({ max: 40 }),
  through: fc.nat({ max: 45 }),
  least: fc.nat({ max: 45 }),
  direction: fc.constantFrom('forward' as const, 'backward' as const),
  types: fc.constantFrom<readonly string[] | null>(null, ['A'], ['A', 'B']),
  limit: fc.constantFrom(3, 1_000),
});

describe('The events of streams with some prefixes', () => {
  test('are the same and in the same order, whether a prefix is found by name or looked for', () => {
    fc.assert(
      fc.property(log, chosen, selections, (events, wanted, selection) => {
        const database = new DatabaseSync(':memory:');
        database.exec(
          'create table events (position integer primary key, stream text not null, revision integer, type text, unique (stream, revision)) strict',
        );
        const insertion = database.prepare('insert into events (stream, revision, type) values (?, ?, ?)');
        events.forEach(({ stream, type }, index) => insertion.run(stream, index, type));
        const named = (byIndex: boolean) =>
          wanted.filter((one) => one.byIndex === byIndex).map(({ prefix }) => prefix);
        const ways = { byIndex: named(true), byScan: named(false) };
        const { sql, values } = logQuery('position', selection, ways);
        const found = database.prepare(sql).all(...values);
        database.close();
        const { after, through, least, direction, types, limit } = selection;
        const expected = events
          .map(({ stream, type }, index) => ({ stream, type, position: index + 1 }))
          .filter(({ stream }) => wanted.some(({ prefix }) => stream.startsWith(prefix)))
          .filter(({ type }) => types?.includes(type) ?? true)
          .filter(({ position }) => (direction === 'forward' ? position > after : position < after))
          .filter(({ position }) => position <= through && position >= least)
          .map(({ position }) => position);
        if (direction === 'backward') expected.reverse();
        expect(found.map(({ position }) => position)).toEqual(expected.slice(0, limit));
      }),
    );
  });
});
