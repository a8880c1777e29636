import { expect, test } from '@jest/globals';
import { NameFilter } from '../../src/store/name-filter.js';
import { StreamHeads } from '../../src/store/stream-heads.js';

test('the filter forgets no stream, and takes few for streams that may be there', () => {
  const filter = new NameFilter();
  for (let n = 0; n < 100_000; n += 1) filter.add(`call-0123456789ab-${n}`);
  const held = (prefix: string): number =>
    Array.from({ length: 100_000 }, (_, n) => `${prefix}-${n}`).filter((name) => filter.mayHold(name)).length;
  expect(held('call-0123456789ab')).toBe(100_000);
  expect(held('call-ba9876543210')).toBeLessThan(100);
});

test('a stream is known not to be there only once the names of all were read', async () => {
  const heads = new StreamHeads(false);
  expect(heads.get('new')).toBeUndefined();
  const streams = Array.from({ length: 5_000 }, (_, n) => `stream ${String(n).padStart(4, '0')}`);
  const asked: string[] = [];
  await heads.learn((after, limit) => {
    expect(heads.get('new')).toBeUndefined();
    asked.push(after);
    if (asked.length === 1) heads.moved('appended meanwhile', 0);
    return streams.filter((stream) => stream > after).slice(0, limit);
  });
  expect(asked).toEqual(['', 'stream 1999', 'stream 3999']);
  expect(heads.get('new')).toBeNull();
  expect(streams.filter((stream) => heads.get(stream) === null)).toEqual([]);
  expect(heads.get('appended meanwhile')).toBe(0);
  heads.found('stream 0000', 0);
  expect(heads.get('stream 0000')).toBe(0);
});

test('a log that is closed meanwhile ends the reading of names, and nothing is taken for known', async () => {
  const heads = new StreamHeads(false);
  await heads.learn(() => null);
  expect(heads.get('new')).toBeUndefined();
});

test('in a new log every stream is known', () => {
  const heads = new StreamHeads(true);
  expect(heads.get('s')).toBeNull();
  heads.moved('s', 2);
  expect(heads.get('s')).toBe(2);
  expect(heads.get('t')).toBeNull();
});
