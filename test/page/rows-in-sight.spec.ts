import { describe, expect, it } from '@jest/globals';
import { atOnce, isSame, towards, type Drawn } from '../../web/src/parts/rows-in-sight.js';
import { fc, runs } from '../support/properties.js';

const anyRows = fc
  .tuple(fc.nat(5_000), fc.nat(80))
  .map(([first, count]): Drawn => ({ first, last: first + count }));

describe('The rows of a long table', () => {
  it('are drawn a few in a frame, until all that are wanted are', () => {
    fc.assert(
      fc.property(anyRows, anyRows, (begin, wanted) => {
        let drawn = begin;
        for (let frame = 0; frame < 100; frame += 1) {
          const next = towards(drawn, wanted);
          const isNew = (row: number): boolean => row < drawn.first || row >= drawn.last;
          let added = 0;
          for (let row = next.first; row < next.last; row += 1) if (isNew(row)) added += 1;
          expect(added).toBeLessThanOrEqual(atOnce);
          if (isSame(next, drawn)) break;
          drawn = next;
        }
        if (wanted.first < wanted.last) expect(drawn).toEqual(wanted);
        else expect(drawn.last - drawn.first).toBe(0);
      }),
      { numRuns: runs(200) },
    );
  });
});
