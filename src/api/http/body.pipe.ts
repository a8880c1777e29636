import { Injectable, type ArgumentMetadata, type PipeTransform } from '@nestjs/common';
import { plainToInstance, type ClassConstructor } from 'class-transformer';
import { validateSync, type ValidationError } from 'class-validator';
import type { FieldError } from '../../domain/decision.js';
import { into } from '../../../policy/json-pointer.js';
import { fieldErrors, InvalidRequestError, unknownFields } from './errors.js';

/** Nesting that no honest body needs. */
const deepest = 32;

/**
 * Checks bodies and queries against their DTO, and bodies first for being objects whose text can be stored at all.
 * It does for a DTO what Nest's ValidationPipe does, without a turn of the event loop per request.
 */
@Injectable()
export class RequestPipe implements PipeTransform<unknown, unknown> {
  transform(value: unknown, { type, metatype }: ArgumentMetadata): unknown {
    if ((type !== 'body' && type !== 'query') || metatype === undefined) return value;
    if (value === undefined && type === 'body') return whereNothingIsNeeded(metatype);
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      throw notAnObject(type);
    }
    return checked(value, metatype as ClassConstructor<object>);
  }
}

/** A body as its class describes it. @throws InvalidRequestError */
export function checked<Dto extends object>(value: object, metatype: ClassConstructor<Dto>): Dto {
  const bad = unstorable(value, 0);
  if (bad !== null) throw new InvalidRequestError([bad]);
  const strange = unknownFields(value, metatype);
  if (strange.length > 0) throw new InvalidRequestError(strange);
  const dto = plainToInstance(metatype, value);
  const errors = errorsOf(dto);
  if (errors.length > 0) throw new InvalidRequestError(fieldErrors(errors));
  return dto;
}

const errorsOf = (dto: object): ValidationError[] =>
  validateSync(dto, {
    whitelist: true,
    forbidNonWhitelisted: true,
    stopAtFirstError: true,
    // Stays inside: the sentence about an unknown field lists the fields of the DTO.
    validationError: { target: true, value: false },
  });

const notAnObject = (what: 'body' | 'query'): InvalidRequestError =>
  new InvalidRequestError([{ pointer: '', detail: `the ${what} must be a JSON object.` }]);

/** No body says as much as one without a field, where all fields are optional. */
function whereNothingIsNeeded(metatype: ClassConstructor<unknown>): object {
  const dto = plainToInstance(metatype, {}) as object;
  if (errorsOf(dto).length > 0) throw notAnObject('body');
  return dto;
}

/** The first text or structure that has no canonical form: half a surrogate pair, or too deep a nesting. */
function unstorable(value: unknown, depth: number): FieldError | null {
  if (typeof value === 'string') {
    return value.isWellFormed()
      ? null
      : { pointer: '', detail: 'holds half of a surrogate pair, which is not text.' };
  }
  if (typeof value === 'number' && !Number.isFinite(value)) {
    return { pointer: '', detail: 'is too large for a number.' };
  }
  if (typeof value !== 'object' || value === null) return null;
  if (depth >= deepest) return { pointer: '', detail: `is nested deeper than ${deepest} levels.` };
  for (const [member, inner] of Object.entries(value)) {
    if (!member.isWellFormed()) return { pointer: '', detail: 'has a member whose name is not text.' };
    // class-transformer leaves these out without a word.
    const bad = Object.hasOwn(Object.prototype, member)
      ? { pointer: '', detail: 'is not a field here.' }
      : unstorable(inner, depth + 1);
    // The pointer grows on the way out: most bodies need none.
    if (bad !== null) return { ...bad, pointer: into('', member) + bad.pointer };
  }
  return null;
}
