/** The documents besides the three tables, and the answers that cite them. */
import { sourceIds, type Source, type SourceId } from '../../policy/sources.js';
import { choice, describedAs, filledBy, literal, named, object, text, type Schema } from './schema.js';

export const sourceId: Schema<SourceId> = choice(...sourceIds);

export const source = named(
  'Source',
  filledBy<Source>()(object({ id: sourceId, title: describedAs(text, 'As the publisher has it.') })),
  'A document that findings, steps and answers rest on.',
);

/** Of an answer, beside its grounds. */
export const maybeCited = {
  source: describedAs(
    source,
    'The document besides the three tables on which the answer rests; absent where they alone decide, or an inference does.',
  ),
} as const;

/** Of a copy. */
export const maybeOrigin = {
  replica: describedAs(
    literal(true),
    'The copy is there without an import on record; absent where it is the own one of its owner, or was imported.',
  ),
  source: describedAs(
    source,
    'The document that has the copy there without an import; absent where none has.',
  ),
} as const;
