import { describe, expect, test } from '@jest/globals';
import { hasColours, widthOf } from '../../src/cli/io.js';
import { barOn } from '../../src/cli/output/bar.js';
import { table } from '../../src/cli/output/table.js';
import { toned } from '../../src/cli/output/tones.js';

const guid = '1f0b6c1e-9a39-4b8e-8f04-1c9a1b3f7d52';
const plain = (width: number) => ({ width, colours: false });

describe('the width of the screen', () => {
  const tty = (columns: number) => ({ isTTY: true, columns });
  test.each([
    ['what COLUMNS says', widthOf('90', tty(200)), 90],
    ['the terminal', widthOf(undefined, tty(160), tty(80)), 160],
    ['the terminal behind a pager', widthOf(undefined, {}, tty(100)), 100],
    ['usual, where nothing says it', widthOf(undefined, {}, {}), 120],
    ['usual, where COLUMNS is no number', widthOf('wide'), 120],
    ['at least 60', widthOf('20'), 60],
    ['at most 300', widthOf('9999'), 300],
  ])('is %s', (_what, width, expected) => {
    expect(width).toBe(expected);
  });
});

describe('a table', () => {
  const head = ['id', 'name', 'what'];
  const rows = [
    [guid, 'Complaints', 'It was changed on the backup pool after the import, and nobody has exported it'],
  ];

  test.each([60, 80, 100, 160, 300])(
    'is no wider than %s columns, and breaks no id where there is room',
    (width) => {
      const lines = table(head, rows, plain(width)).split('\n');
      for (const line of lines) expect(line.length).toBeLessThanOrEqual(width);
      // An id, a name and a word of the text are wider than sixty columns.
      if (width >= 80) expect(lines.join('\n')).toContain(guid);
    },
  );

  test('of more columns than there is room for is a block for each row', () => {
    const many = Array.from({ length: 8 }, (_, index) => `column${index}`);
    const text = table(many, [many.map(() => 'a value that is long'), many.map(() => 'b')], plain(60));
    expect(text).toMatch(/^column0: a value that is long\n {2}column1: a value/);
    for (const line of text.split('\n')) expect(line.length).toBeLessThanOrEqual(60);
  });

  test('colours states, line by line, and nothing else', () => {
    const colours = { width: 100, colours: true };
    const text = table(
      ['site', 'stage'],
      [
        ['outage', 'outage'],
        ['now', 'normal'],
      ],
      colours,
    );
    expect(text.match(/\u001b\[91m/g)).toHaveLength(1);
    expect(text).toMatch(/\u001b\[32mnormal/);
    expect(table(['site', 'stage'], [['a', 'outage']], plain(100))).not.toContain('\u001b');
    expect(toned({ colours: true }, 'blocked')).not.toBe(toned({ colours: true }, 'done'));
    expect(toned({ colours: true }, 'constructor')).toBe('constructor');
  });
});

describe('colours', () => {
  test.each<[Record<string, string>, boolean, boolean]>([
    [{}, true, true],
    [{}, false, false],
    [{ NO_COLOR: '1' }, true, false],
    [{ NO_COLOR: '' }, true, true],
    [{ FORCE_COLOR: '1' }, false, true],
    [{ FORCE_COLOR: '0' }, true, false],
    [{ FORCE_COLOR: '1', NO_COLOR: '1' }, false, true],
    [{ TERM: 'dumb' }, true, false],
  ])('with %o on a terminal (%s): %s', (environment, isTerminal, expected) => {
    expect(hasColours(environment, isTerminal)).toBe(expected);
  });
});

describe('a bar', () => {
  test('changes nothing of the terminal that would have to be put right, and fits its line', () => {
    const written: string[] = [];
    const bar = barOn({ bar: (text) => written.push(text), width: 60 });
    bar?.reached(0.5, 'so many words that they would not fit into one line of sixty columns');
    bar?.done();
    const all = written.join('');
    expect(all).toContain('50%');
    // Neither a hidden cursor nor a line that is cut at the edge: only "to the beginning" and "erase to the end".
    expect(all.replaceAll('\r\u001b[K', '')).not.toContain('\u001b');
    for (const line of all.split('\r\u001b[K')) expect(line.trimEnd().length).toBeLessThan(60);
    expect(all.endsWith('\n')).toBe(true);
  });

  test('is not there where nobody watches', () => {
    expect(barOn({ width: 60 })).toBeNull();
  });
});
