/** What may be absent from an event is read from existing logs as well: each such field stands in a golden line. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import type { JsonObject, JsonValue } from '../../events/envelope.js';
import { eventData } from '../../src/contract/event-data.js';
import type { JsonSchema } from '../../src/contract/schema.js';
import { isList, isRecord } from '../../policy/object-properties/schema.js';

interface Line {
  readonly type: string;
  readonly data: JsonObject;
}

const linesOf = (file: string): readonly Line[] =>
  readFileSync(join(import.meta.dirname, file), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Line);

const lines = [
  'golden.ndjson',
  'golden-optional.ndjson',
  'golden-files.ndjson',
  'golden-carried.ndjson',
].flatMap(linesOf);

/** Properties of objects have tables of their own; an answer that is stored has the form of the interface. */
const ofOtherSchemas = new Set(['properties', 'applicationSettings', 'answer', 'unknownProperties']);

/** The paths of all fields that may be absent; `*` stands for an item of a list, or a member whose name is data. */
function optionalIn(schema: JsonSchema, path: string): readonly string[] {
  const { properties = {}, required = [], items, additionalProperties, anyOf = [], component } = schema;
  const inside = Object.entries(properties).flatMap(([name, field]) => [
    ...(required.includes(name) ? [] : [`${path}/${name}`]),
    ...(ofOtherSchemas.has(name) ? [] : optionalIn(field, `${path}/${name}`)),
  ]);
  return [
    ...inside,
    ...(items === undefined ? [] : optionalIn(items, `${path}/*`)),
    ...(typeof additionalProperties === 'object' ? optionalIn(additionalProperties, `${path}/*`) : []),
    ...anyOf.flatMap((one) => optionalIn(one, path)),
    ...(component === undefined || Object.keys(properties).length > 0 ? [] : optionalIn(component, path)),
  ];
}

function holds(value: JsonValue, [step, ...rest]: readonly string[]): boolean {
  if (step === undefined) return true;
  if (step === '*') {
    const within = isList(value) ? value : isRecord(value) ? Object.values(value) : [];
    return within.some((one = null) => holds(one, rest));
  }
  const held = isRecord(value) ? value[step] : undefined;
  return held !== undefined && holds(held, rest);
}

describe('A field that may be absent', () => {
  it.each(Object.entries(eventData))('of %s stands in a golden line', (type, schema) => {
    const missing = [...new Set(optionalIn(schema, ''))].filter(
      (path) => !lines.some((line) => line.type === type && holds(line.data, path.slice(1).split('/'))),
    );
    expect(missing).toEqual([]);
  });
});
