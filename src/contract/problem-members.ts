/** What problem documents are made of. */
import { describedAs, list, literal, named, object, text } from './schema.js';
import { kind } from './words.js';

export const prefix = 'urn:poolkeeper:problem:';

/** Members that are the same in every problem. */
export const problem = <const Name extends string, const Status extends number>(name: Name, status: Status) =>
  ({
    type: literal(`${prefix}${name}`),
    title: text,
    status: literal(status),
    detail: text,
  }) as const;

export const errors = list(
  named(
    'FieldError',
    object({
      pointer: describedAs(
        text,
        'A JSON pointer into the body, or the name of a parameter; empty: the request.',
      ),
      detail: text,
    }),
  ),
);

export const candidates = list(named('Candidate', object({ id: text, kind, name: text, owner: text })));
