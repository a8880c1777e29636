import { describe, expect, it } from '@jest/globals';
import { digestOf, idOf, isKeyOf, newKey, stateOf, type KeyEntry } from '../../src/access/keys/key.js';
import { keysIn, lineOf } from '../../src/access/keys/key-lines.js';

const whole: KeyEntry = {
  id: 'desk-b',
  sha256: 'ab'.repeat(32),
  role: 'operator',
  actor: 'Desk B',
  pools: ['pool-b.contoso.com'],
  created: '2026-11-26T02:00:00.000Z',
  expires: '2027-11-26T02:00:00Z',
  revoked: '2027-01-01T00:00:00+01:00',
  note: 'the desk of pool B',
};

describe('A line of the file of keys', () => {
  it('is read as it was written, and names of pools in lower case', () => {
    const { id, sha256, role, actor } = whole;
    const text = `${lineOf(whole)}\r\n\n${lineOf({ id, sha256, role, actor })}\n`;
    expect(keysIn(text)).toEqual([whole, { id, sha256, role, actor }]);
    expect(keysIn(lineOf({ ...whole, pools: ['POOL-B.Contoso.com'] }))).toEqual([whole]);
    expect(keysIn('')).toEqual([]);
  });

  it.each<[string, object | string]>([
    ['line 2 is not a JSON object', '{ "id": '],
    ['line 2 is not a JSON object', '["pk"]'],
    ['line 2: the field "pool" is none of: ', { ...whole, pool: 'pool-b.contoso.com' }],
    ['line 2: "id" must be 1 to 64', { ...whole, id: 'a.b' }],
    ['line 2: "sha256" must be the SHA-256', { ...whole, sha256: 'abc' }],
    ['line 2: "sha256" is missing; it must', { ...whole, sha256: undefined }],
    ['line 2: "role" must be one of: viewer, operator, auditor, administrator', { ...whole, role: 'root' }],
    ['line 2: "actor" must be 1 to 256', { ...whole, actor: ' ' }],
    ['line 2: "actor" must be 1 to 256', { ...whole, actor: 'a\u202Eb' }],
    ['line 2: "pools" must be a list of 1', { ...whole, pools: [] }],
    ['line 2: "pools" must be a list of 1', { ...whole, pools: null }],
    ['line 2: "pools" must be a list of 1', { ...whole, pools: ['*'] }],
    ['line 2: "expires" must be an RFC 3339 time', { ...whole, expires: 'tomorrow' }],
    ['line 2: "revoked" must be an RFC 3339 time', { ...whole, revoked: true }],
    ['line 2: "note" must be at most', { ...whole, note: 7 }],
  ])('that is wrong is named, with its field: %s', (sentence, line) => {
    const text = typeof line === 'string' ? line : JSON.stringify(line);
    expect(() => keysIn(`${lineOf(whole)}\n${text}\n`)).toThrow(sentence);
  });
});

describe('A key', () => {
  it('has its id before the dot and 32 random bytes behind it', () => {
    const key = newKey('desk-b');
    expect(key).toMatch(/^pk_desk-b\.[\w-]{43}$/);
    expect(idOf(key)).toBe('desk-b');
    expect(newKey('desk-b')).not.toBe(key);
    const entry = { ...whole, sha256: digestOf(key).toString('hex').toUpperCase() };
    expect([isKeyOf(digestOf(key), entry), isKeyOf(digestOf(`${key}x`), entry)]).toEqual([true, false]);
  });

  it('has none where it has not the form of a key', () => {
    for (const text of [
      '',
      'pk_',
      'pk_a',
      'pk_.secretsecretsecret',
      'pk_a.short',
      `pk_a.${'x'.repeat(600)}`,
      'pk_a.with space in it ....',
      `pk_${'a'.repeat(65)}.${'x'.repeat(43)}`,
    ]) {
      expect(idOf(text)).toBeNull();
    }
  });

  it('holds until it expires or is revoked', () => {
    const at = (time: string): number => Date.parse(time);
    expect(stateOf(whole, at('2026-12-31T22:59:59Z'))).toBe('valid');
    expect(stateOf(whole, at('2026-12-31T23:00:00Z'))).toBe('revoked');
    const { revoked: _, ...expiring } = whole;
    expect(stateOf(expiring, at('2027-11-26T01:59:59Z'))).toBe('valid');
    expect(stateOf(expiring, at('2027-11-26T02:00:00Z'))).toBe('expired');
  });
});
