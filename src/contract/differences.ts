/** What differs between two states of an object. */
import type { JsonValue } from '../../events/envelope.js';
import type { Difference } from '../../policy/differences/differences.js';
import type { ObjectDifference } from '../../projections/differences/configurations.js';
import { partsOfFiles, type FileDifference } from '../../projections/differences/files.js';
import type { ExportComparison, SideSummary } from '../../projections/differences/sides.js';
import {
  choice,
  count,
  describedAs,
  filledBy,
  list,
  named,
  nullable,
  object,
  text,
  type Described,
  type Schema,
} from './schema.js';
import { editableKind, fqdn, moment, staleness } from './words.js';

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

export const objectDifference = named(
  'ObjectDifference',
  filledBy<ObjectDifference>()(
    object({
      change: choice('created', 'modified', 'removed'),
      kind: editableKind,
      id: text,
      name: describedAs(text, 'After the change; of what is gone, its last.'),
      pool: describedAs(text, 'The pool that hosts it.'),
      differences: list(difference),
      moreDifferences: describedAs(count, 'Beyond those that are listed.'),
    }),
  ),
);

/** What differs between two configurations. */
export const configurationDifferences = {
  created: count,
  modified: count,
  removed: count,
  objects: describedAs(list(objectDifference), 'Objects, and the settings of a pool, that differ.'),
  moreObjects: describedAs(count, 'Beyond those that are listed.'),
} as const;

const side = named(
  'ComparedSide',
  filledBy<SideSummary>()(
    object({
      what: choice('export', 'record', 'partner'),
      pool: describedAs(text, 'The pool whose configuration it is.'),
      exportId: nullable(text),
      file: describedAs(nullable(text), 'For people: with the time at which it was written, and its hash.'),
    }),
  ),
);

const fileDifference = named(
  'FileDifference',
  filledBy<FileDifference>()(
    object({
      change: choice('created', 'modified', 'removed'),
      part: describedAs(
        choice(...partsOfFiles),
        '`audio`: a file that no object plays. `left-out`: what was read and is not on record.',
      ),
      name: describedAs(
        text,
        'An address, the name of an audio file, or where in the file something was left out.',
      ),
      differences: list(difference),
    }),
  ),
);

const members = {
  fqdn,
  from: side,
  to: side,
  owner: describedAs(nullable(text), 'Only the objects of this owner were compared; null where all were.'),
  ...configurationDifferences,
  besides: describedAs(
    list(fileDifference),
    'What differs of two files besides objects and settings; empty where one of the two is no file that was read.',
  ),
  moreBesides: describedAs(count, 'Beyond those that are listed.'),
} as const;
export const exportComparison = named('ExportComparison', filledBy<ExportComparison>()(object(members)));
export const compareExportsAnswer = named(
  'ExportComparisonAnswer',
  object({ ...moment, ...members }, staleness),
);
export type CompareExportsAnswer = Described<typeof compareExportsAnswer>;
