import { Injectable, ValidationPipe, type ArgumentMetadata } from '@nestjs/common';
import type { FieldError } from '../../domain/decision.js';
import { fieldErrors, InvalidRequestError, pointerTo } from './errors.js';

/** Nesting that no honest body needs. */
const deepest = 32;

/** Checks a request against its DTO, and first that it is an object whose text can be stored at all. */
@Injectable()
export class RequestPipe extends ValidationPipe {
  constructor() {
    super({
      transform: true,
      whitelist: true,
      forbidNonWhitelisted: true,
      stopAtFirstError: true,
      // Stays inside: the sentence about an unknown field lists the fields of the DTO.
      validationError: { target: true, value: false },
      exceptionFactory: (errors) => new InvalidRequestError(fieldErrors(errors)),
    });
  }

  override async transform(value: unknown, metadata: ArgumentMetadata): Promise<unknown> {
    if (metadata.type === 'body') {
      if (typeof value !== 'object' || value === null || Array.isArray(value)) {
        throw new InvalidRequestError([{ pointer: '', detail: 'the body must be a JSON object.' }]);
      }
    }
    const bad = unstorable(value, '', 0);
    if (bad !== null) throw new InvalidRequestError([bad]);
    return (await super.transform(value, metadata)) as unknown;
  }
}

/** The first text or structure that has no canonical form: half a surrogate pair, or too deep a nesting. */
function unstorable(value: unknown, pointer: string, depth: number): FieldError | null {
  if (typeof value === 'string') {
    return value.isWellFormed()
      ? null
      : { pointer, detail: 'holds half of a surrogate pair, which is not text.' };
  }
  if (typeof value === 'number' && !Number.isFinite(value))
    return { pointer, detail: 'is too large for a number.' };
  if (typeof value !== 'object' || value === null) return null;
  if (depth >= deepest) return { pointer, detail: `is nested deeper than ${deepest} levels.` };
  for (const [member, inner] of Object.entries(value)) {
    if (!member.isWellFormed()) return { pointer, detail: 'has a member whose name is not text.' };
    // class-transformer leaves these out without a word.
    if (Object.hasOwn(Object.prototype, member)) {
      return { pointer: pointerTo(pointer, member), detail: 'is not a field here.' };
    }
    const bad = unstorable(inner, pointerTo(pointer, member), depth + 1);
    if (bad !== null) return bad;
  }
  return null;
}
