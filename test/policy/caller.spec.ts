import { describe, expect, test } from '@jest/globals';
import { callerKey } from '../../policy/caller.js';

describe('Callers are the same', () => {
  test.each([
    ['tel:+49301234567', '+49 (30) 123-45.67'],
    ['TEL:+49301234567;ext=12', '+49/30/1234567'],
    ['sip:+49301234567@gateway.contoso.com;user=phone', 'tel:+49-30-1234567'],
    ['sip:Eva@Fabrikam.com', 'eva@fabrikam.com'],
  ])('as %s and %s', (one, other) => {
    expect(callerKey(one)).toBe(callerKey(other));
  });

  test.each([
    ['tel:+49301234567', 'tel:+49301234568'],
    ['eva@fabrikam.com', 'eva@contoso.com'],
    ['j.smith@fabrikam.com', 'jsmith@fabrikam.com'],
  ])('and not as %s and %s', (one, other) => {
    expect(callerKey(one)).not.toBe(callerKey(other));
  });
});
