/** How a pool stands to its pair, as its views say it. */
import type { Ending } from '../../projections/lifecycle/pair-membership.js';
import { describedAs, filledBy, named, nullable, object, text } from './schema.js';
import { position, time } from './words.js';

const ending = named(
  'Ending',
  filledBy<Ending>()(object({ position, at: time, reason: nullable(text) })),
  'When something ended, and why; a reason of null where none was given.',
);

/** How a pool stands to its pair. */
export const pairMembership = {
  unpaired: describedAs(
    ending,
    'The pool is in no pair since then, and `partner` is the pool that it was paired with; absent where it is in one.',
  ),
  givenUp: describedAs(ending, 'Its incident ended without its coming back; absent where none did.'),
  retired: describedAs(ending, 'It serves no more; absent where it does.'),
} as const;
