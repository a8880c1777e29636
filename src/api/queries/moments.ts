/** A moment as a query parameter: a time or a position. */
import { Matches } from 'class-validator';
import type { Moment } from '../../runtime/moment.js';
import { timePattern } from '../commands/dated.dto.js';
import { utcOf } from '../http/time.js';

export const positionPattern = /^(0|[1-9]\d{0,18})$/;

export const IsMoment = (): PropertyDecorator =>
  Matches(new RegExp(`${positionPattern.source}|${timePattern.source}`), {
    message:
      '$property must be an RFC 3339 time with an offset, such as 2026-11-24T10:42:00Z, or a position, such as 4711',
  });

/** @param field the name of the parameter, for the sentence about a wrong one */
export const momentOf = (field: string, text: string): Moment =>
  positionPattern.test(text)
    ? { kind: 'position', position: BigInt(text) }
    : { kind: 'time', time: utcOf(`/${field}`, text) };
