/** What differs between two states of an object. */
import type { JsonValue } from '../../events/envelope.js';
import type { Difference } from '../../projections/differences/differences.js';
import { describedAs, filledBy, named, object, text, type Schema } from './schema.js';

/** Of any property. */
const value: Schema<JsonValue> = {};

export const difference = named(
  'Difference',
  filledBy<Difference>()(
    object(
      {
        property: describedAs(
          text,
          'As the cmdlets have it, down to the leaf: `DefaultAction.QueueId`; an element of a list by what identifies it.',
        ),
        before: describedAs(value, 'Null: none.'),
        after: describedAs(value, 'Null: none.'),
      },
      {
        beforeName: describedAs(text, 'The name of the object that the value before is the id of.'),
        afterName: describedAs(text, 'The name of the object that the value after is the id of.'),
      },
    ),
  ),
);
