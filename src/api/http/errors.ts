import type { ValidationError } from 'class-validator';
import { getMetadataStorage } from 'class-validator';
import { into } from '../../../policy/json-pointer.js';
import { cutTo } from '../../../policy/texts/cut.js';
import type { FieldError } from '../../domain/decision.js';
import { ErrorList } from '../../domain/error-list.js';
import type { HttpReply } from './http-reply.js';

/** The request is wrong by itself; the problem document points to each bad field. */
export class InvalidRequestError extends Error {
  constructor(readonly errors: readonly FieldError[]) {
    super('The request is not valid.');
    this.name = 'InvalidRequestError';
  }
}

/** A request that ends with this problem document. */
export class ProblemError extends Error {
  constructor(
    readonly reply: HttpReply,
    readonly headers: Readonly<Record<string, string>> = {},
  ) {
    super(`The request is answered ${reply.status}.`);
    this.name = 'ProblemError';
  }
}

/** class-validator's tree of errors as a flat list of pointers with sentences, the first ones of many. */
export function fieldErrors(errors: readonly ValidationError[]): readonly FieldError[] {
  const list = new ErrorList();
  collect(errors, '', list);
  return list.all;
}

function collect(errors: readonly ValidationError[], parent: string, list: ErrorList): void {
  for (const error of errors) {
    const pointer = into(parent, error.property);
    for (const [rule, message] of Object.entries(error.constraints ?? {})) {
      list.add(pointer, rule === 'whitelistValidation' && !list.isFull ? unknownField(error) : `${message}.`);
    }
    collect(error.children ?? [], pointer, list);
  }
}

const unknownField = ({ property, target }: ValidationError): string =>
  notAField(property, target === undefined ? [] : fieldsOf(target.constructor));

const notAField = (name: string, fields: readonly string[]): string =>
  `${cutTo(name, longestName)} is not a field here; allowed: ${fields.join(', ')}.`;

/** Longer ones are cut where a sentence names them. */
const longestName = 100;

/**
 * The members of a body or a query that its DTO does not declare. Found before the DTO is made: class-validator would
 * make an error with a sentence for each of ten thousand.
 */
export function unknownFields(value: object, dto: object): readonly FieldError[] {
  const known = declaredIn(dto);
  const list = new ErrorList();
  for (const name of Object.keys(value)) {
    if (known.has(name)) continue;
    list.add(into('', name), list.isFull ? '' : notAField(name, [...known]));
  }
  return list.all;
}

/** Looked up once for each class: every request asks. */
const declared = new WeakMap<object, ReadonlySet<string>>();

function declaredIn(dto: object): ReadonlySet<string> {
  const known = declared.get(dto);
  if (known !== undefined) return known;
  const fields = new Set(fieldsOf(dto));
  declared.set(dto, fields);
  return fields;
}

/** The fields that a DTO class declares. */
export function fieldsOf(dto: object): string[] {
  if (typeof dto !== 'function') return [];
  const metadata = getMetadataStorage().getTargetValidationMetadatas(dto, '', false, false);
  return [...new Set(metadata.map((entry) => entry.propertyName))];
}
