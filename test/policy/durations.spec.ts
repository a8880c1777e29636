import { describe, expect, it } from '@jest/globals';
import { durationText, millisecondsOf } from '../../policy/texts/durations.js';
import { fc } from '../support/properties.js';

describe('A length of time', () => {
  it.each([
    ['PT30M', 1_800_000],
    ['pt1h30m', 5_400_000],
    ['P1D', 86_400_000],
    ['P1DT12H', 129_600_000],
    ['PT0.5S', 500],
    ['30m', 1_800_000],
    ['1h30m', 5_400_000],
    ['1d 2h', 93_600_000],
    ['90s', 90_000],
  ])('written %s is %d milliseconds', (text, milliseconds) => {
    expect(millisecondsOf(text)).toBe(milliseconds);
  });

  it.each(['', 'P', 'PT', 'soon', '30', '-5m', '1.5h', 'P1M', 'P1Y', '30m1h', 'none', '9999999d'])(
    'is not "%s"',
    (text) => {
      expect(millisecondsOf(text)).toBeNull();
    },
  );

  it.each([
    [0, '0 s'],
    [999, '999 ms'],
    [1_000, '1 s'],
    [90_000, '1 min 30 s'],
    [1_800_000, '30 min'],
    [3_599_900, '1 h'],
    [11_100_000, '3 h 5 min'],
    [86_399_000, '1 d'],
    [187_200_000, '2 d 4 h'],
  ])('of %d milliseconds is said as "%s"', (milliseconds, text) => {
    expect(durationText(milliseconds)).toBe(text);
  });

  it('is always said in words', () => {
    fc.assert(
      fc.property(fc.nat({ max: 10_000_000_000 }), (milliseconds) => {
        expect(durationText(milliseconds)).toMatch(/^\d+ (ms|s|min|h|d)( \d+ (s|min|h))?$/);
      }),
    );
  });
});
