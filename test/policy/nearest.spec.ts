import { describe, expect, it } from '@jest/globals';
import { didYouMean, nearestTo } from '../../policy/texts/nearest.js';

const known = ['pool-berlin.contoso.com', 'pool-bern.contoso.com', 'pool-oslo.contoso.com', 'x.fabrikam.com'];

describe('A name that is not known', () => {
  it.each([
    ['pool-berlni.contoso.com', ['pool-berlin.contoso.com', 'pool-bern.contoso.com']],
    ['pool-berlin', ['pool-berlin.contoso.com']],
    ['pool-oslo.fabrikam.com', ['pool-oslo.contoso.com']],
    ['somewhere.else.org', []],
    ['a', []],
  ])('%s has the nearest known ones named, and no other', (name, near) => {
    expect(nearestTo(name, known)).toEqual(near);
  });

  it('is asked about in one sentence, which is empty where there is none like it', () => {
    expect(didYouMean('pool-berlin', known)).toBe(' (did you mean pool-berlin.contoso.com?)');
    expect(didYouMean('nowhere.org', known)).toBe('');
  });

  it('has three names at the most, of the first two thousand that are known', () => {
    const many = Array.from({ length: 100_000 }, (_, n) => `pool-${n}.contoso.com`);
    expect(nearestTo('pool-x.contoso.com', many)).toHaveLength(3);
    expect(nearestTo('pool-99999.contoso.com', many)).not.toContain('pool-99999.contoso.com');
  });
});
