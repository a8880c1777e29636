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

test('a stream is known not to be there only once the log was read from its start to its end', () => {
  const heads = new StreamHeads(3);
  expect(heads.get('new')).toBeUndefined();
  heads.read(1, [{ stream: 'b', revision: 0 }], 3);
  expect(heads.get('new')).toBeUndefined();
  heads.read(0, [{ stream: 'a', revision: 0 }], 2);
  heads.moved('c', 0, 4);
  expect(heads.get('new')).toBeUndefined();
  heads.read(2, [{ stream: 'b', revision: 0 }], 4);
  expect(heads.get('new')).toBeNull();
  expect(heads.get('a')).toBeUndefined();
  heads.found('a', 0);
  expect(heads.get('a')).toBe(0);
  heads.moved('new', 0, 5);
  expect(heads.get('new')).toBe(0);
  expect(heads.get('newer')).toBeNull();
});

test('in a new log every stream is known', () => {
  const heads = new StreamHeads(0);
  expect(heads.get('s')).toBeNull();
  heads.moved('s', 2, 3);
  expect(heads.get('s')).toBe(2);
  expect(heads.get('t')).toBeNull();
});
