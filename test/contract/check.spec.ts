import { describe, expect, it } from '@jest/globals';
import { firstMisfit, fits } from '../../src/contract/check.js';
import {
  choice,
  integer,
  list,
  literal,
  nullable,
  object,
  record,
  text,
  union,
} from '../../src/contract/schema.js';

const call = object(
  { id: text, status: choice('open', 'over'), agent: nullable(text), tags: list(integer) },
  { byCause: record(integer) },
);
const open = { id: 'c1', status: 'open', agent: null, tags: [1, 2] };

describe('A value fits its schema', () => {
  it('with and without what may be absent, and with members that the schema does not know', () => {
    expect(fits(call, open)).toBe(true);
    expect(fits(call, { ...open, byCause: { stage: 2 } })).toBe(true);
    expect(fits(call, { ...open, addedLater: true })).toBe(true);
  });

  it.each([
    ['what is missing', { ...open, tags: undefined }, '/tags', 'there'],
    ['another type', { ...open, agent: 7 }, '/agent', 'string or null'],
    ['another word', { ...open, status: 'lost' }, '/status', 'one of "open", "over"'],
    ['an item of a list', { ...open, tags: [1, 'two'] }, '/tags/1', 'integer'],
    ['a member of a record', { ...open, byCause: { stage: null } }, '/byCause/stage', 'integer'],
    ['no object at all', 'c1', '', 'object'],
  ])('or not, and the misfit points to %s', (_, value, pointer, expected) => {
    expect(firstMisfit(call, value)).toEqual({ pointer, expected });
  });

  it('in one of several forms, and of the form that fits furthest the misfit is shown', () => {
    const either = union(object({ stage: literal('none') }), object({ stage: text, calls: list(call) }));
    expect(fits(either, { stage: 'none' })).toBe(true);
    expect(fits(either, { stage: 'outage', calls: [open] })).toBe(true);
    expect(firstMisfit(either, { stage: 'outage', calls: [{ ...open, id: 1 }] })).toEqual({
      pointer: '/calls/0/id',
      expected: 'string',
    });
  });
});
