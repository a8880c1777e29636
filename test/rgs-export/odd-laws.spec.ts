import { describe, expect, it } from '@jest/globals';
import type { JsonValue } from '../../events/envelope.js';
import type { ObjectKind, Properties } from '../../events/vocabulary.js';
import { differingProperties } from '../../policy/object-properties/comparison.js';
import { isList, isRecord } from '../../policy/object-properties/schema.js';
import { sameJson } from '../../policy/same-json.js';
import { toleratedProperties } from '../../src/domain/properties/tolerated.js';
import { fc, runs } from '../support/properties.js';
import { anyExport } from './support/descriptions.js';

type Path = readonly (string | number)[];

const leafPaths = (value: JsonValue, path: Path = []): readonly Path[] => {
  if (value === null) return [];
  if (isList(value)) return value.flatMap((item, index) => leafPaths(item, [...path, index]));
  if (!isRecord(value)) return [path];
  return Object.entries(value).flatMap(([name, held = null]) => leafPaths(held, [...path, name]));
};
const leaves = (value: JsonValue): readonly JsonValue[] =>
  isList(value)
    ? value.flatMap(leaves)
    : isRecord(value)
      ? Object.values(value).flatMap((held = null) => leaves(held))
      : value === null
        ? []
        : [value];

function replaced(value: JsonValue, [step, ...rest]: Path, by: JsonValue): JsonValue {
  if (step === undefined) return by;
  if (isList(value)) return value.map((item, index) => (index === step ? replaced(item, rest, by) : item));
  if (!isRecord(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, held = null]) => [
      name,
      name === step ? replaced(held, rest, by) : held,
    ]),
  );
}

/** Values of every type that the product's files have, none of which means the same as another. */
const oddValue: fc.Arbitrary<JsonValue> = fc.oneof(
  fc.integer({ min: -5, max: 100_000 }),
  fc.nat(1_000).map((number) => `odd ${number}`),
  fc.nat(1_000).map((number) => `${'long'.repeat(300)}${number}`),
  fc.boolean(),
  fc.nat(9).map((number) => [`odd ${number}`, 7]),
  fc.nat(9).map((number) => ({ Strange: number })),
);

/** The properties of an object, some of whose leaves are odd. */
const oddObject: fc.Arbitrary<readonly [ObjectKind, Properties]> = anyExport
  .filter(({ objects }) => objects.length > 0)
  .chain(({ objects: [object] }) => {
    if (object === undefined) throw new Error('There is no object.');
    const { kind, properties } = object;
    const paths = leafPaths(properties);
    return fc
      .array(fc.tuple(fc.nat(Math.max(0, paths.length - 1)), oddValue), { minLength: 1, maxLength: 4 })
      .map((oddities): readonly [ObjectKind, Properties] => {
        const odd = oddities.reduce<JsonValue>(
          (whole, [index, value]) => replaced(whole, paths[index] ?? ['description'], value),
          properties,
        );
        return [kind, isRecord(odd) ? odd : properties];
      });
  });

const counted = (values: readonly JsonValue[]): ReadonlyMap<string, number> => {
  const counts = new Map<string, number>();
  for (const value of values) {
    const key = JSON.stringify(value);
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return counts;
};

const aside = (kind: ObjectKind, given: Properties) =>
  Object.fromEntries(
    toleratedProperties(kind, given).setAside.map(({ pointer, value }) => [pointer, value] as const),
  );

describe('Of a file with any oddities', () => {
  it('every leaf is on record or beside it', () => {
    fc.assert(
      fc.property(oddObject, ([kind, given]) => {
        const { properties, setAside } = toleratedProperties(kind, given);
        const kept = counted([...leaves(properties), ...setAside.flatMap(({ value }) => leaves(value))]);
        for (const [leaf, count] of counted(leaves(given))) {
          expect({ leaf, isKept: (kept.get(leaf) ?? 0) >= count }).toEqual({ leaf, isKept: true });
        }
      }),
      { numRuns: runs(400) },
    );
  });

  it('another leaf is a difference, and the same leaves are none', () => {
    fc.assert(
      fc.property(oddObject, fc.nat(), oddValue, ([kind, given], place, value) => {
        const paths = leafPaths(given);
        const path = paths[place % Math.max(1, paths.length)];
        fc.pre(path !== undefined);
        const changed = replaced(given, path, value);
        if (!isRecord(changed)) throw new Error('It is no object any more.');
        const one = toleratedProperties(kind, given).properties;
        expect(differingProperties(kind, one, toleratedProperties(kind, given).properties)).toEqual([]);
        fc.pre(!sameJson(given, changed));
        const differing = differingProperties(kind, one, toleratedProperties(kind, changed).properties);
        const besideDiffers = !sameJson(aside(kind, given), aside(kind, changed));
        expect([given, changed, differing.length > 0 || besideDiffers]).toEqual([given, changed, true]);
      }),
      { numRuns: runs(400) },
    );
  });
});
