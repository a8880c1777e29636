import type { ValidationError } from 'class-validator';
import { getMetadataStorage } from 'class-validator';
import { into } from '../../../policy/json-pointer.js';
import type { FieldError } from '../../domain/decision.js';
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

/** class-validator's tree of errors as a flat list of pointers with sentences. */
export function fieldErrors(errors: readonly ValidationError[], parent = ''): FieldError[] {
  return errors.flatMap((error) => {
    const pointer = into(parent, error.property);
    const own = Object.entries(error.constraints ?? {}).map(([rule, message]) => ({
      pointer,
      detail: rule === 'whitelistValidation' ? unknownField(error) : `${message}.`,
    }));
    return [...own, ...fieldErrors(error.children ?? [], pointer)];
  });
}

function unknownField(error: ValidationError): string {
  const allowed = error.target === undefined ? [] : fieldsOf(error.target.constructor);
  return `${error.property} is not a field here; allowed: ${allowed.join(', ')}.`;
}

/** The fields that a DTO class declares. */
export function fieldsOf(dto: object): string[] {
  if (typeof dto !== 'function') return [];
  const metadata = getMetadataStorage().getTargetValidationMetadatas(dto, '', false, false);
  return [...new Set(metadata.map((entry) => entry.propertyName))];
}
