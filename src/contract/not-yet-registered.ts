import { describedAs, emptyList, named, nothing, object } from './schema.js';
import { beginning, fqdn, moment, staleness } from './words.js';

/** The answer for a moment before the pair was registered: valid, and empty. */
export const notYetRegistered = named(
  'NotYetRegistered',
  object(
    {
      ...moment,
      fqdn,
      stage: nothing,
      objects: emptyList,
      calls: emptyList,
      rows: emptyList,
      next: nothing,
      because: emptyList,
    },
    { ...staleness, begins: describedAs(beginning, 'Where the record of the pair begins.') },
  ),
  'At the moment that was asked for, the pair of the pool was not registered yet.',
);
