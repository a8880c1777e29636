/** Texts that are no body of a command, or one with something in it that does not belong there. */
import type { JsonObject } from '../../../../events/envelope.js';
import type { Random } from '../random.js';

const nested = (open: string, close: string, depth: number, inner = '1'): string =>
  open.repeat(depth) + inner + close.repeat(depth);

/** As JSON, for the place of a value. */
const values: readonly string[] = [
  'null',
  'true',
  '-1',
  '0.1',
  '1e400',
  '-1e400',
  '9007199254740993',
  '""',
  '" "',
  '[]',
  '{}',
  '[[]]',
  '[null]',
  '"\\u0000"',
  '"\\ud800"',
  '"a\\udc00b"',
  '"\\u202egro.osotnoc"',
  '"\\u001b[2J"',
  '"../../etc/passwd"',
  '"__proto__"',
  '"constructor"',
  '{"__proto__":{"reason":"x"}}',
  '{"constructor":{"prototype":{"x":1}}}',
  '{"toString":1,"length":-1}',
  `"${'x'.repeat(9_000)}"`,
  `"${'é'.repeat(300)}"`,
  `[${'1,'.repeat(2_000)}1]`,
  `[${'"x",'.repeat(2_000)}"x"]`,
  nested('[', ']', 60),
  nested('{"a":', '}', 60),
  '"2026-02-30T00:00:00Z"',
  '"sip:"',
];

/** Whole bodies. */
const texts: readonly string[] = [
  '',
  ' ',
  'null',
  'true',
  '0',
  '1e400',
  '""',
  '[]',
  '[{}]',
  '{}',
  '{',
  '}',
  '{"pool"',
  "{'pool':'x'}",
  '{"pool":NaN}',
  '{"pool":undefined}',
  '{"pool":01}',
  '{"pool":"x",}',
  '{"pool":"x"}{"pool":"x"}',
  '{"pool":"x"} //',
  '\u{feff}{"pool":"x"}',
  '{"pool":"\u0001"}',
  '{"":""}',
  '{"__proto__":{"pool":"x"}}',
  '{"constructor":{"prototype":{"pool":"x"}}}',
  nested('{"a":', '}', 100_000),
  nested('[', ']', 100_000),
  nested('{"pool":[', ']}', 50_000),
  `{"pool":"${'x'.repeat(1_100_000)}"}`,
  `{${Array.from({ length: 5_000 }, (_, n) => `"f${n}":1`).join()}}`,
];

/** A body in whose place stands what the attacker likes better. */
export function malformedBody(example: JsonObject, random: Random): Buffer {
  const whole = JSON.stringify(example);
  const bytes = Buffer.from(whole);
  const keys = Object.keys(example);
  const key = JSON.stringify(keys.length === 0 ? 'reason' : random.pick(keys));
  const value = random.pick(values);
  const more = (member: string): string => (whole === '{}' ? `{${member}}` : `{${member},${whole.slice(1)}`);
  switch (random.below(8)) {
    case 0:
      return Buffer.from(random.pick(texts));
    case 1: // cut off
      return bytes.subarray(0, random.below(bytes.length));
    case 2: // a byte that need be no UTF-8
      bytes[random.below(bytes.length)] = 128 + random.below(128);
      return bytes;
    case 3: // a field twice
      return Buffer.from(`${whole.slice(0, -1)}${whole === '{}' ? '' : ','}${key}:${value}}`);
    case 4: // a field that there is not
      return Buffer.from(
        more(`${random.pick(['"colour"', '"__proto__"', '"constructor"', '""', '"\\u0000"'])}:${value}`),
      );
    case 5: // a field is missing
      return Buffer.from(JSON.stringify({ ...example, [JSON.parse(key) as string]: undefined }));
    case 6: // all in a list, or one level below
      return Buffer.from(random.below(2) === 0 ? `[${whole}]` : `{${key}:${whole}}`);
    default:
      return Buffer.from(replaced(whole, value, random));
  }
}

/** Some value of a JSON text, at any depth, is another one. */
function replaced(json: string, value: string, random: Random): string {
  const places = [...json.matchAll(/(?<=:|\[|,)("(?:[^"\\]|\\.)*"(?!:)|true|false|null|-?\d[\d.e]*|\[|\{)/g)];
  if (places.length === 0) return value;
  const place = random.pick(places);
  const [found] = place;
  const end = place.index + found.length;
  // Of a list or an object only the beginning is known: what follows makes the text malformed, which is well.
  return json.slice(0, place.index) + value + json.slice(end);
}
