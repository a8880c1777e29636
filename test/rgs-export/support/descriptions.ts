/** Arbitrary exports: random objects with properties that the cmdlets would accept, in any dialect. */
import fc from 'fast-check';
import type { JsonValue } from '../../../events/envelope.js';
import { objectKinds, type EditableKind, type Properties } from '../../../events/vocabulary.js';
import type {
  DescribedExport,
  DescribedObject,
  Style,
} from '../../../examples/generator/export-file/export-file.js';
import { fieldsOfCallAction } from '../../../policy/object-properties/call-actions.js';
import {
  audioFile,
  date,
  lineUri,
  sipUri,
  timeOfDay,
  title,
  transferUri,
  type PropertyTable,
  type PropertyType,
  type TextType,
} from '../../../policy/object-properties/schema.js';
import { barredCharacterIn } from '../../../policy/texts/characters.js';
import { defaultsOf, propertyTables } from '../../../policy/object-properties/tables.js';

/** Without the characters that are a finding in a text. */
const honest = (text: string): string =>
  Array.from(text)
    .filter((character) => barredCharacterIn(character) === null)
    .join('');

/** Ordinary text, with characters that XML and CLIXML must escape. */
const words = (maximum: number): fc.Arbitrary<string> =>
  fc
    .array(
      fc.oneof(
        fc.constantFrom(
          'Help Desk',
          '<b>',
          '&amp;',
          '_x000A_',
          '_x',
          '"',
          "'",
          '\n',
          '\t',
          'é',
          '漢字',
          '😀',
          ']]>',
          ' ',
        ),
        fc.string({ unit: 'grapheme', maxLength: 6 }).map(honest),
      ),
      { maxLength: 4 },
    )
    .map((parts) => parts.join('').slice(0, maximum).toWellFormed());

const host = fc.stringMatching(/^[a-z]{1,10}$/);
const clockTime = fc
  .tuple(fc.nat(23), fc.nat(59), fc.nat(59))
  .map((parts) =>
    parts
      .map((part) => String(part).padStart(2, '0'))
      .join(':')
      .replace(/:00$/, ''),
  )
  .map((text) => (text.length < 5 ? `${text}:00` : text));

const formed: ReadonlyMap<TextType, fc.Arbitrary<string>> = new Map([
  [title, words(120).map((text) => `x${text}`)],
  [sipUri, host.map((name) => `sip:${name}@contoso.com`)],
  [
    transferUri,
    fc.oneof(
      host.map((name) => `sip:${name}@contoso.com`),
      fc.nat().map((number) => `tel:+${number}`),
    ),
  ],
  [lineUri, fc.nat().map((number) => `TEL:+${number}`)],
  [audioFile, fc.tuple(host, fc.constantFrom('wav', 'WMA')).map(([name, end]) => `${name} 1.${end}`)],
  [timeOfDay, clockTime],
  [date, fc.integer({ min: 2013, max: 2030 }).map((year) => `${year}-02-28`)],
]);

function text(type: TextType): fc.Arbitrary<string> {
  if (type.form === undefined) return words(type.maximum);
  return formed.get(type) ?? host;
}

function valueOf(type: PropertyType, depth: number): fc.Arbitrary<JsonValue> {
  switch (type.is) {
    case 'boolean':
      return fc.boolean();
    case 'integer':
      return fc.integer({ min: type.minimum, max: type.maximum });
    case 'choice':
      return fc.constantFrom(...type.of);
    case 'text':
      return text(type);
    case 'reference':
      return fc.uuid();
    case 'list':
      return fc.array(valueOf(type.of, depth + 1), { minLength: type.minimum, maxLength: 3 });
    case 'record':
      return record(type.fields(), depth).map((fields) =>
        type.agreement === undefined || type.agreement.holds(fields) ? fields : agreed(fields),
      );
    case 'call-action': {
      const shallow = type.actions.filter((action) => action !== 'TransferToQuestion');
      return fc
        .constantFrom(...(depth > 6 ? shallow : type.actions))
        .chain((action) => record(fieldsOfCallAction(action), depth + 1));
    }
  }
}

/** The three agreements between fields: a prompt has content, an answer can be given, a holiday ends. */
function agreed(fields: Properties): Properties {
  if ('startDate' in fields) return { ...fields, startDate: '2012-02-28' };
  return 'action' in fields ? { ...fields, dtmfResponse: '1' } : { ...fields, textToSpeechPrompt: 'Welcome' };
}

/** All required fields and a random choice of the others. */
function record(table: PropertyTable, depth: number): fc.Arbitrary<Properties> {
  const fields = Object.entries(table).map(([name, { type, required }]) =>
    (required
      ? valueOf(type, depth + 1)
      : fc.option(valueOf(type, depth + 1), { freq: depth > 2 ? 1 : 3 })
    ).map((value): [string, JsonValue][] => (value === null ? [] : [[name, value]])),
  );
  return fc.tuple(...fields).map((parts) => Object.fromEntries(parts.flat()));
}

const complete = (kind: EditableKind): fc.Arbitrary<Properties> =>
  record(propertyTables[kind], 0).map((properties) => ({
    ...defaultsOf(propertyTables[kind]),
    ...properties,
  }));

const unknownValue = fc.letrec<{ value: JsonValue }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 2 },
    words(40),
    fc.integer(),
    fc.double({ noNaN: true, noDefaultInfinity: true }).map((number) => number + 0),
    fc.boolean(),
    fc.constant(null),
    fc.array(tie('value'), { minLength: 2, maxLength: 3 }),
    fc.dictionary(fc.stringMatching(/^Field[a-z]{0,5}$/), tie('value'), {
      maxKeys: 3,
      noNullPrototype: true,
    }),
  ),
})).value;

const described: fc.Arbitrary<DescribedObject> = fc.constantFrom(...objectKinds).chain((kind) =>
  fc.record({
    kind: fc.constant(kind),
    id: fc.uuid(),
    name: words(100).map((name) => `n${name.replaceAll(/[\p{Cc}<>]/gu, ' ')}`.normalize('NFC').trim()),
    owner: fc.option(host.map((name) => `${name}.contoso.com`)),
    properties: complete(kind),
    unknownProperties: fc.dictionary(fc.stringMatching(/^Extra[a-z]{1,5}$/), unknownValue, {
      maxKeys: 2,
      noNullPrototype: true,
    }),
  }),
);

export const anyExport: fc.Arbitrary<DescribedExport> = fc.record({
  pool: fc.constant('pool-a.contoso.com'),
  objects: fc.uniqueArray(described, { maxLength: 5, selector: ({ kind, id }) => `${kind}|${id}` }),
  applicationSettings: fc.option(complete('application-settings')),
  agents: fc.uniqueArray(
    host.map((name) => `sip:${name}@contoso.com`),
    { maxLength: 3 },
  ),
  managers: fc.uniqueArray(
    host.map((name) => `sip:${name}@contoso.com`),
    { maxLength: 2 },
  ),
});

const inAnyCase: readonly Style['fileName'][] = [
  (name) => name,
  (name) => name.toLowerCase(),
  (name) => name.toUpperCase(),
];

export const anyStyle: fc.Arbitrary<Style> = fc.record({
  dialect: fc.record({
    enumerationsAsObjects: fc.boolean(),
    identitiesAsObjects: fc.boolean(),
    references: fc.boolean(),
    unwrapsSingleItems: fc.boolean(),
    oneListPerFile: fc.boolean(),
  }),
  encoding: fc.constantFrom('utf-16le' as const, 'utf-8' as const),
  fileName: fc.constantFrom(...inAnyCase),
});
