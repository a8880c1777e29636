/** Seals of the log, and the proofs that go with them. */
import { occasions } from '../seals/checkpoint.js';
import {
  choice,
  count,
  formed,
  list,
  named,
  nullable,
  object,
  describedAs,
  text,
  union,
  literal,
  type Described,
} from './schema.js';
import { position, time } from './words.js';

const hash = formed('^[0-9a-f]{64}$');

const seal = named(
  'Seal',
  object({
    size: describedAs(count, 'How many events it covers, from the first of the log on.'),
    root: describedAs(hash, 'The root of the tree of RFC 6962 over these events.'),
    at: describedAs(time, 'When it was signed.'),
    occasion: describedAs(choice(...occasions), 'Why it was signed.'),
    position: describedAs(position, 'Of the last event that it covers.'),
    note: describedAs(text, 'The signed note of C2SP, to keep: it is all that a check needs.'),
  }),
);

export const sealsAnswer = named(
  'SealsAnswer',
  object({
    origin: describedAs(text, 'The name under which this log is sealed.'),
    seals: describedAs(list(seal), 'The newest first.'),
    next: describedAs(
      nullable(text),
      'The time to ask for with `before` to see older ones; null at the end.',
    ),
    onHold: describedAs(nullable(text), 'Why nothing is sealed any more; null while all is well.'),
  }),
);
export type SealsAnswer = Described<typeof sealsAnswer>;

export const sealKeysAnswer = named(
  'SealKeysAnswer',
  object({
    origin: text,
    keys: describedAs(
      list(
        object({
          key: describedAs(text, 'The verifier key of C2SP.'),
          since: time,
          rotation: describedAs(
            nullable(text),
            'The note that this key and the one before it have signed; null for the first.',
          ),
        }),
      ),
      'The oldest first; the last one signs.',
    ),
  }),
);
export type SealKeysAnswer = Described<typeof sealKeysAnswer>;

export const rotatedKeyAnswer = named(
  'RotatedKeyAnswer',
  object({ key: text, rotation: describedAs(text, 'The note that the old and the new key have signed.') }),
);
export type RotatedKeyAnswer = Described<typeof rotatedKeyAnswer>;

export const renewedSealsAnswer = named(
  'RenewedSealsAnswer',
  object({
    origin: describedAs(text, 'The new name of the log.'),
    key: text,
    before: describedAs(text, 'The folder below DATA_DIR that now has the seals before.'),
  }),
);
export type RenewedSealsAnswer = Described<typeof renewedSealsAnswer>;

const tree = object({ size: count, root: hash });

export const sealProofAnswer = named(
  'SealProofAnswer',
  union(
    object({
      kind: literal('inclusion'),
      event: text,
      index: describedAs(count, 'Which leaf of the tree, from 0.'),
      leaf: hash,
      size: count,
      root: hash,
      proof: list(hash),
    }),
    object({ kind: literal('consistency'), from: tree, to: tree, proof: list(hash) }),
  ),
);
export type SealProofAnswer = Described<typeof sealProofAnswer>;

/** One line of the export of the whole log. */
export const logLine = named(
  'LogLine',
  object({
    number: describedAs(count, 'Which event of the log, from 1.'),
    position,
    stream: text,
    revision: text,
    id: text,
    type: text,
    data: { type: 'object' },
    metadata: { type: 'object' },
    leaf: describedAs(hash, 'Its leaf in the tree, as the service has it.'),
  }),
);
