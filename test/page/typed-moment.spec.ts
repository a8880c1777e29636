import { describe, expect, it } from '@jest/globals';
import { typedMoment } from '../../web/src/state/typed-moment.js';

const now = new Date(2026, 10, 17, 12, 0).getTime();
const local = (day: number, hour: number, minute: number, second = 0): string =>
  new Date(2026, 10, day, hour, minute, second).toISOString();

describe('A moment that somebody types', () => {
  it.each([
    ['10:42', local(17, 10, 42)],
    ['today 9:05', local(17, 9, 5)],
    ['10:42:07', local(17, 10, 42, 7)],
    // It is not yet 23:10 today.
    ['23:10', local(16, 23, 10)],
    ['yesterday 10:42', local(16, 10, 42)],
    [' 2026-11-13 07:30 ', local(13, 7, 30)],
    ['2026-11-13T7:30:15', local(13, 7, 30, 15)],
    ['-20m', local(17, 11, 40)],
    ['-2h', local(17, 10, 0)],
  ])('%s is by the clocks of the reader', (typed, moment) => {
    expect(typedMoment(typed, now)).toBe(moment);
  });

  it.each(['', '  ', 'now'])('"%s" is now', (typed) => {
    expect(typedMoment(typed, now)).toBeNull();
  });

  it.each([
    '4711',
    'incident/last/outage+5m',
    '25:10',
    '2026-11-13T07:30:00Z',
    'e2c1f0d4-7c1f-4c55-8a4e-0b6f0a9d1b11',
    '2026-02-31 99:00',
  ])('%s is for the service to read', (typed) => {
    expect(typedMoment(typed, now)).toBe(typed);
  });
});
