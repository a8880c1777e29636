import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { refuseOldNode } from '../src/node-version.js';

const said: string[] = [];
beforeEach(() => {
  said.length = 0;
  jest.spyOn(process.stderr, 'write').mockImplementation((text) => {
    said.push(String(text));
    return true;
  });
});
afterEach(() => {
  jest.restoreAllMocks();
});

describe('The version of Node', () => {
  it.each(['18.20.4', '20.20.2', '22.23.3', '24.8.9'])(
    '%s is too old, and one line says what to do',
    (version) => {
      expect(refuseOldNode(version)).toBe(true);
      expect(said).toEqual([expect.stringMatching(/^Poolkeeper needs Node 24\.9 or newer.*npm start.*\n$/)]);
      expect(said[0]).toContain(version);
    },
  );

  it.each(['24.9.0', '24.21.0', '25.0.0', '26.10.0'])('%s will do, without a word', (version) => {
    expect(refuseOldNode(version)).toBe(false);
    expect(said).toEqual([]);
  });

  it('is that of this process where none is named', () => {
    expect(refuseOldNode()).toBe(false);
  });
});
