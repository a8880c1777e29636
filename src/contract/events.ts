/** Events as commands answer with them. */
import type { EventMetadata } from '../../events/envelope.js';
import { eventData } from './event-data.js';
import {
  choice,
  filledBy,
  formed,
  integer,
  list,
  literal,
  named,
  nullable,
  object,
  describedAs,
  text,
  type Described,
  type Schema,
} from './schema.js';
import { editableKind, elsewhere, time } from './words.js';

/** The record of an idempotency key is of no use to anybody but the service. */
type ShownMetadata = Omit<EventMetadata, 'idempotency'>;

const metadata = named(
  'EventMetadata',
  filledBy<ShownMetadata>()(
    object(
      {
        actor: describedAs(text, 'Who gave the command.'),
        correlationId: describedAs(text, 'The conversation that the event belongs to.'),
        causationId: describedAs(text, 'The command or the event that triggered it directly.'),
        commandId: text,
        occurredAt: describedAs(time, 'When it happened, as reported.'),
        recordedAt: describedAs(time, 'When it was written.'),
        schemaVersion: integer,
        hash: describedAs(
          formed('^[0-9a-f]{64}$'),
          "SHA-256 over the previous event's hash in the stream and the canonical JSON of this event.",
        ),
      },
      {
        provedBy: describedAs(
          choice('key', 'token', 'session', 'proxy'),
          'How it was proved who gave it; absent where the service was open.',
        ),
        onBehalfOf: describedAs(text, 'For whom it was given, as a trusted proxy says.'),
        because: describedAs(list(text), 'Statement ids or named rules that allowed the command.'),
      },
    ),
  ),
);

type EventData = typeof eventData;

/** The type of an event, its data and its metadata go together. */
export type EventAnswer = {
  readonly [Type in keyof EventData]: {
    readonly id: string;
    readonly type: Type;
    readonly data: Described<EventData[Type]>;
    readonly metadata: ShownMetadata;
    readonly stream?: string;
  };
}[keyof EventData];

const alternatives = Object.entries(eventData).map(([type, data]) =>
  named(`${type}Event`, object({ id: text, type: literal(type), data, metadata }, { stream: elsewhere })),
);

export const eventAnswer: Schema<EventAnswer> = named('Event', {
  oneOf: alternatives,
  discriminator: { propertyName: 'type' },
  description: 'An event as it was recorded, in the newest version of its type.',
});

/** Of an event that a file brought: which object, and no more of it. */
export const eventOutline = named(
  'EventOutline',
  object({
    id: text,
    type: choice(
      'ResponseGroupsExported',
      'ObjectCreated',
      'ObjectModified',
      'ObjectRemoved',
      'ReplicaShown',
    ),
    data: object(
      {},
      {
        exportId: text,
        pool: text,
        owner: nullable(text),
        fileName: nullable(text),
        kind: editableKind,
        id: text,
        name: nullable(text),
      },
    ),
    metadata,
  }),
);
export type EventOutline = Described<typeof eventOutline>;
