import { describe, expect, it } from '@jest/globals';
import { fileGiven, isFileName, pathOf, printedFile, samePath } from '../../policy/files.js';

const night = {
  fileName: 'Nightly.zip',
  exportId: 'export-1',
  writtenAt: '2026-02-03T01:00:00.000Z',
  contentHash: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
};

describe('A file of an export', () => {
  it('is printed with what tells it from others of its name', () => {
    expect(printedFile(night)).toBe('Nightly.zip (written 2026-02-03 01:00:00Z, SHA-256 9f86d081…)');
    expect(printedFile({ ...night, contentHash: null })).toBe('Nightly.zip (written 2026-02-03 01:00:00Z)');
    expect(printedFile({ ...night, writtenAt: null, addedAt: '2026-02-04T07:00:00.000Z' })).toBe(
      'Nightly.zip (uploaded 2026-02-04 07:00:00Z, SHA-256 9f86d081…)',
    );
    expect(printedFile({ ...night, fileName: null, contentHash: null })).toBe(
      'the file of export export-1 (written 2026-02-03 01:00:00Z)',
    );
    // Earlier versions recorded a path as the name.
    expect(printedFile({ ...night, fileName: 'E:\\Sets\\Nightly.zip' })).toBe(printedFile(night));
  });

  it.each([
    ['Nightly.zip', { fileName: 'Nightly.zip' }],
    ['E:\\Sets\\Nightly.zip', { fileName: 'Nightly.zip', filePath: 'E:\\Sets\\Nightly.zip' }],
    ['\\\\nas\\sets\\Nightly.zip', { fileName: 'Nightly.zip', filePath: '\\\\nas\\sets\\Nightly.zip' }],
    ['/mnt/sets/Nightly.zip', { fileName: 'Nightly.zip', filePath: '/mnt/sets/Nightly.zip' }],
  ])('may be given with its path: %s', (given, parts) => {
    expect(fileGiven(given)).toEqual(parts);
    expect(pathOf(fileGiven(given))).toBe(given);
  });

  it('has a name, which is no folder', () => {
    expect(['', '.', '..', 'a/b', 'x'.repeat(256)].filter(isFileName)).toEqual([]);
    expect(isFileName('Nightly.zip')).toBe(true);
  });

  it('is the same under the same path of Windows', () => {
    expect(samePath('E:\\Sets\\Nightly.zip', 'e:/sets/NIGHTLY.zip')).toBe(true);
    expect(samePath('E:\\Sets\\Nightly.zip', 'E:\\Other\\Nightly.zip')).toBe(false);
    expect(samePath('E:\\Sets\\Nightly.zip', 'Nightly.zip')).toBe(false);
  });
});
