/** What accepted commands answer. */
import { callInAnswer, callStatus } from './calls.js';
import { eventAnswer, eventOutline } from './events.js';
import { written } from './exports.js';
import { problemDocument } from './problems.js';
import { formed, list, named, object, describedAs, text, type Described, type Schema } from './schema.js';
import { position } from './words.js';

export const commandWarning = named(
  'CommandWarning',
  object({ code: describedAs(text, 'A stable name, in kebab-case.'), detail: text }),
  'Something the commander should know, though the command was accepted.',
);

const revision = describedAs(
  formed('^[0-9]*$'),
  'Of the stream that the command writes; empty where it does not exist.',
);

const stands = { stream: text, revision, position } as const;

const answering = <Event>(events: Schema<Event>) =>
  ({
    ...stands,
    events: describedAs(
      list(events),
      'Those of `stream`, then those that the command recorded in other streams, which name theirs; empty where it repeats what already holds.',
    ),
    because: describedAs(list(text), 'Statement ids or named rules that allowed it.'),
    warnings: list(commandWarning),
  }) as const;

const accepted = answering(eventAnswer);

export const commandAnswer = named('CommandAnswer', object(accepted));
export type CommandAnswer = Described<typeof commandAnswer>;

export const subjectCommandAnswer = named(
  'SubjectCommandAnswer',
  object(accepted, {
    id: describedAs(text, 'Of the object that was created, or of the export that was imported.'),
  }),
);
export type SubjectCommandAnswer = Described<typeof subjectCommandAnswer>;

export const exportCommandAnswer = named('ExportCommandAnswer', object({ ...accepted, exportId: text }));
export type ExportCommandAnswer = Described<typeof exportCommandAnswer>;

export const addExportAnswer = named(
  'AddExportAnswer',
  object({ ...answering(eventOutline), exportId: text, ...written }),
  'Which objects were created, modified and removed; GET …/exports/{id} has them whole.',
);
export type AddExportAnswer = Described<typeof addExportAnswer>;

export const callCommandAnswer = named(
  'CallCommandAnswer',
  object({ ...accepted, callId: text, status: callStatus, call: callInAnswer }),
  'With how the call stands now.',
);
export type CallCommandAnswer = Described<typeof callCommandAnswer>;

export const siteOutageAnswer = named(
  'SiteOutageAnswer',
  object({
    ...accepted,
    outages: describedAs(list(object({ pool: text, ...stands })), 'The pools whose outage was declared.'),
    refused: describedAs(
      list(object({ pool: text, problem: problemDocument })),
      'The pools whose outage could not be declared.',
    ),
  }),
);
export type SiteOutageAnswer = Described<typeof siteOutageAnswer>;
