import { describe, expect, it } from '@jest/globals';
import { commonPointer, into, stepsOf } from '../../policy/json-pointer.js';

describe('A JSON pointer', () => {
  it.each([
    ['plain', '/properties/plain'],
    ['a/b', '/properties/a~1b'],
    ['m~n', '/properties/m~0n'],
    ['~1', '/properties/~01'],
    ['', '/properties/'],
    [0, '/properties/0'],
  ])('escapes the step %j and reads it back', (step, pointer) => {
    expect(into('/properties', step)).toBe(pointer);
    expect(stepsOf(pointer)).toEqual(['properties', String(step)]);
  });

  it('to the whole has no steps', () => {
    expect(stepsOf('')).toEqual([]);
  });
});

describe('What several pointers have in common', () => {
  it.each([
    [['/properties/a', '/properties/b/c'], '/properties'],
    [['/properties/a/0', '/properties/a/1'], '/properties/a'],
    [['/a', '/b'], ''],
    [['/a/b'], '/a/b'],
    [['/a', '/a/b'], '/a'],
    [['', '/a'], ''],
    [[], ''],
  ])('%j is in %j', (pointers, common) => {
    expect(commonPointer(pointers)).toBe(common);
  });
});
