import { describe, expect, it } from '@jest/globals';
import { parse } from 'csv-parse/sync';
import { parse as parseHtml, type DefaultTreeAdapterTypes } from 'parse5';
import { csvRow, jsonCell } from '../../text/csv.js';
import { htmlText, markup, page } from '../../text/html.js';
import { json } from '../../text/json.js';
import { logLine } from '../../text/log.js';
import { fenced, inline, oneLine } from '../../text/markdown.js';
import { styledLines, terminal, terminalLines, terminalValue } from '../../text/terminal.js';
import { fc, runs } from '../support/properties.js';
import { hostile, obeyed } from './support/strings.js';

const numRuns = runs(800);
const always = (check: (text: string) => void): void => fc.assert(fc.property(hostile, check), { numRuns });

describe('A text on a terminal', () => {
  it('holds nothing that is obeyed or hidden, and shows it as an escape', () => {
    expect(terminal('\u001B[2J\u001B]0;pwned\u0007')).toBe(String.raw`\u{1B}[2J\u{1B}]0;pwned\u{7}`);
    expect(terminal('a\u202Eb\nc\u{E0041}\uD800')).toBe(String.raw`a\u{202E}b\u{A}c\u{E0041}\u{D800}`);
    always((text) => {
      expect(terminal(text)).not.toMatch(obeyed);
      expect(terminalLines(text).replaceAll('\n', '')).not.toMatch(obeyed);
      expect(JSON.stringify(terminalValue({ [text]: [text, { text }] }))).not.toMatch(obeyed);
    });
  });

  it('stays as it is where its joiners and marks belong to what is read', () => {
    const readable = [
      '\u{1F468}\u200D\u{1F469}\u200D\u{1F467}',
      '\u{1F3F4}\u{E0067}\u{E0062}\u{E0065}\u{E006E}\u{E0067}\u{E007F}',
      '\u2764\uFE0F',
      'Bu\u0308ro',
      '\u0645\u06CC\u200C\u062E\u0648\u0627\u0647\u0645',
      'C:\\Zip “Köln”',
    ];
    expect(readable.map(terminal)).toEqual(readable);
    expect(terminal('\u200Dx \u200C')).toBe(String.raw`\u{200D}x \u{200C}`);
  });

  it('may be in colours, and nothing more', () => {
    expect(styledLines('\u001B[1mbold\u001B[22m\u001B[2J')).toBe('\u001B[1mbold\u001B[22m\\u{1B}[2J');
  });
});

describe('JSON on a terminal and in the log', () => {
  it('is the same value, with nothing that is obeyed or hidden', () => {
    const meant = (value: unknown): unknown => JSON.parse(JSON.stringify(value));
    always((text) => {
      const line = JSON.stringify({ [text]: text });
      for (const written of [json.readable(line), logLine(line), json.ascii({ [text]: text })]) {
        expect(written).not.toMatch(obeyed);
        expect(JSON.parse(written)).toEqual(meant({ [text]: text }));
      }
      expect(json.ascii(text)).toMatch(/^[\x20-\x26\x28-\x7E]*$/);
    });
    expect(json.readable('{\n\t"a": 1\r\n}\n')).toBe('{\n\t"a": 1\r\n}\n');
  });
});

describe('A text in Markdown', () => {
  it('is one line without hidden characters, and ends no fence', () => {
    expect(inline('*a* <b> [c](d) & `e`\n# f')).toBe(String.raw`\*a\* \<b\> \[c\](d) \& \`e\`\\u{A}\# f`);
    always((text) => {
      expect(oneLine(text) + inline(text)).not.toMatch(obeyed);
      const [first = '', ...rest] = fenced('sh', [text]);
      const fence = first.slice(0, -'sh'.length);
      expect(rest).toEqual([oneLine(text), fence]);
      expect(oneLine(text)).not.toContain(fence);
    });
  });
});

describe('A text in HTML', () => {
  type Node = DefaultTreeAdapterTypes.Node;
  const within = (node: Node): readonly Node[] => [
    node,
    ...('childNodes' in node ? node.childNodes.flatMap(within) : []),
  ];

  it('is the text of one element and the value of one attribute for a parser, without hidden characters', () => {
    expect(htmlText('<b title=\'x\'>&amp; "y"\u202E')).toBe(
      '&lt;b title=&#39;x&#39;&gt;&amp;amp; &quot;y&quot;\\u{202E}',
    );
    always((text) => {
      const read = parseHtml(
        page({ title: text, style: '', body: markup`<p id="${text}" class='${text}'>${[text, text]}</p>` }),
      );
      const nodes = within(read);
      const names = nodes.map(({ nodeName }) => nodeName).filter((name) => !name.startsWith('#'));
      expect(names).toEqual(['html', 'head', 'meta', 'meta', 'meta', 'title', 'style', 'body', 'p']);
      const paragraph = nodes.find(({ nodeName }) => nodeName === 'p');
      const shown = parseHtml(`<p>${htmlText(text)}`);
      const textOf = (node: Node | undefined): string =>
        node === undefined
          ? ''
          : within(node)
              .map((one) => ('value' in one ? one.value : ''))
              .join('');
      expect(textOf(paragraph)).toBe(textOf(shown).repeat(2));
      expect(textOf(shown).replaceAll('\n', '')).not.toMatch(obeyed);
      const values = paragraph !== undefined && 'attrs' in paragraph ? paragraph.attrs : [];
      expect(values.map(({ name, value }) => [name, value])).toEqual([
        ['id', textOf(shown)],
        ['class', textOf(shown)],
      ]);
    });
  });
});

describe('A text in CSV', () => {
  const formula = /^["\s]*[=+\-@\uFF1D\uFF0B\uFF0D\uFF20]|^[\t\r]/;
  const read = (text: string, delimiter: string): readonly (readonly string[])[] =>
    parse(text, { delimiter, relax_quotes: true, relax_column_count: true, skip_empty_lines: false });

  it('is the recorded one for a reader, with an apostrophe where it would run', () => {
    const row = (cell: string): string => csvRow([cell]);
    expect(row('=1+1')).toBe("'=1+1\r\n");
    expect(row('x;=HYPERLINK("y")')).toBe(`"x;'=HYPERLINK(""y"")"\r\n`);
    expect(row('x; \uFF1D1')).toBe('"x;\' \uFF1D1"\r\n');
    expect(row('one - two; three')).toBe('"one - two; three"\r\n');
    expect(row(jsonCell({ a: 'x;=1' }))).toBe(`"{""a"":""x\\u003B=1""}"\r\n`);
  });

  it('begins no cell like a formula, whether a reader separates by commas, semicolons or tabs', () => {
    fc.assert(
      fc.property(fc.array(hostile, { minLength: 1, maxLength: 4 }), (texts) => {
        // UTF-8 has no halves of characters.
        const cells = texts.map((text) => text.toWellFormed());
        const written = csvRow(cells) + csvRow(cells.map(jsonCell)) + csvRow(['end']);
        const rows = read(written, ',');
        expect(rows).toHaveLength(3);
        expect(rows[1]?.map((cell) => JSON.parse(cell.replace(/^'/, '')) as unknown)).toEqual(
          cells.map((cell) => JSON.parse(JSON.stringify(cell)) as unknown),
        );
        rows[0]?.forEach((cell, column) => {
          expect(cell.replaceAll("'", '')).toBe(cells[column]?.replaceAll("'", ''));
        });
        for (const cell of [',', ';'].flatMap((delimiter) => read(written, delimiter).flat())) {
          expect(cell).not.toMatch(formula);
        }
        // A reader that knows no quotes at all.
        for (const line of written.split(/\r\n|\n|\r/))
          for (const cell of line.split(/[;\t]/)) expect(cell).not.toMatch(/^["\s]*[=+\-@]/);
      }),
      { numRuns },
    );
  });
});
