/** Values of properties as they are on record: files have odd ones, so nothing is taken for granted. */
import type { JsonObject, JsonValue } from '../../events/envelope.js';
import type { ObjectKind } from '../../events/vocabulary.js';
import { copyOf } from '../../facts/copies.js';
import type { Copy, PairFacts } from '../../facts/pair.js';
import { isList, isRecord } from '../../policy/object-properties/schema.js';

/** Null where there is none. */
export function textIn(fields: JsonObject, name: string): string | null {
  const value = fields[name] ?? null;
  if (value === null || value === '') return null;
  return typeof value === 'string' ? value : JSON.stringify(value);
}

export const recordIn = (fields: JsonObject, name: string): JsonObject | null => {
  const value = fields[name] ?? null;
  return isRecord(value) ? value : null;
};

export const listIn = (fields: JsonObject, name: string): readonly JsonValue[] => {
  const value = fields[name] ?? null;
  return isList(value) ? value : [];
};

export const textsIn = (fields: JsonObject, name: string): readonly string[] =>
  listIn(fields, name).map((value) => (typeof value === 'string' ? value : JSON.stringify(value)));

/** An object that another one names. */
export interface Named {
  readonly id: string;
  /** Null where the pool hosts no such object. */
  readonly name: string | null;
}

/** Finds what the objects of one pool name: references never reach beyond their pool. */
export class Neighbours {
  constructor(
    private readonly pair: PairFacts,
    private readonly parent: string,
  ) {}

  find(kind: ObjectKind, id: string): Copy | undefined {
    return copyOf(this.pair, this.parent, kind, id);
  }

  named(kind: ObjectKind, id: string): Named {
    return { id, name: this.find(kind, id)?.name ?? null };
  }
}

export const nameOr = ({ id, name }: Named): string => name ?? `${id} (not on record)`;
