/** What a search finds, and single entries of the audit trail. */
import { hitKinds, type Hit } from '../../projections/search/hits.js';
import { auditEntry } from './audit-trail.js';
import {
  boolean,
  choice,
  describedAs,
  filledBy,
  list,
  named,
  nullable,
  object,
  text,
  type Described,
} from './schema.js';
import { kind, moment, staleness } from './words.js';

const hit = named(
  'Hit',
  filledBy<Hit>()(
    object(
      {
        kind: choice(...hitKinds),
        id: text,
        name: describedAs(
          text,
          'What people call it: of a call its caller where that was reported, of an event its sentence in the audit trail, of a statement its text.',
        ),
        pool: describedAs(nullable(text), 'The pool that it belongs to; null for a statement.'),
      },
      { objectKind: describedAs(kind, 'Of an object.') },
    ),
  ),
);

export const searchAnswer = named(
  'SearchAnswer',
  object(
    {
      ...moment,
      q: describedAs(text, 'What was looked for.'),
      hits: describedAs(list(hit), 'The best first: what is it, what begins with it, what holds it.'),
      more: describedAs(boolean, 'Whether there are more than are shown.'),
    },
    staleness,
  ),
);
export type SearchAnswer = Described<typeof searchAnswer>;

export const eventAnswer = named(
  'EventAnswer',
  object(
    {
      ...moment,
      entry: auditEntry,
      cause: describedAs(
        nullable(auditEntry),
        'What brought it about; null where that was the command itself.',
      ),
      causes: describedAs(list(auditEntry), 'What it brought about, up to 100 entries.'),
      pools: describedAs(list(text), 'The pools whose audit trail shows it.'),
    },
    staleness,
  ),
);
export type EventAnswer = Described<typeof eventAnswer>;
