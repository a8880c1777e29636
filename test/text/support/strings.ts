/** Texts that somebody wrote to do harm: every quote, every sign that a shell reads, control and hidden characters. */
import { fc } from '../../support/properties.js';

const signs = [
  ...Array.from('"\'`$(){}[];|&<>#@,%!^~\\/*?=+-. \n\r\t'),
  ...['\u2018', '\u2019', '\u201A', '\u201B', '\u201C', '\u201D', '\u201E'],
  ...['\0', '\u0003', '\u0007', '\b', '\u001B', '\u007F', '\u0085', '\u009B', '\u2028', '\u2029'],
  ...['\u202E', '\u2066', '\u200B', '\u200D', '\uFEFF', '\u{E0041}', '\uD800', '\uFF1D', '\uFF0B', '\u2013'],
];
const parts = [
  '$(whoami)',
  '${env:PATH}',
  '$x',
  '"; Write-Output 1 #',
  "';whoami;#",
  '\u2019;whoami;#',
  '`u{41}',
  '@(1)',
  '<#',
  '#>',
  '--%',
  '-Name',
  '\u001B[2J\u001B]0;pwned\u0007',
  ';=HYPERLINK("x")',
  '\u{1F468}\u200D\u{1F469}\u200D\u{1F467}',
  '\u{1F3F4}\u{E0067}\u{E0062}\u{E0065}\u{E006E}\u{E0067}\u{E007F}',
  'Bu\u0308ro',
  'a',
  '1',
];

export const hostile = fc
  .array(fc.oneof(fc.constantFrom(...signs), fc.constantFrom(...parts), fc.string({ unit: 'binary' })), {
    maxLength: 12,
  })
  .map((pieces) => pieces.join(''));

/** As many as are asked for, the same in every run of a seed. */
export const samples = (count: number): readonly string[] => fc.sample(hostile, { numRuns: count, seed: 13 });

/** What a terminal obeys, or shows as nothing; the joiners of letters and emoji and the tags of flags are not meant. */
export const obeyed =
  /\p{Cc}|\p{Cs}|[\u00AD\u061C\u180E\u200B\u200E\u200F\u2028-\u202E\u2060-\u206F\uFEFF\uFFF9-\uFFFB]/u;
