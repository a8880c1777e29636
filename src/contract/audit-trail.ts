/** What an auditor reads. */
import type { AuditEntry } from '../../projections/audit-trail/entry.js';
import {
  anything,
  boolean,
  filledBy,
  integer,
  list,
  named,
  nullable,
  object,
  said,
  text,
  type Described,
} from './schema.js';
import { fqdn, moment, next, position, revision, time } from './words.js';

export const auditEntry = named(
  'AuditEntry',
  filledBy<AuditEntry>()(
    object({
      position: said(position, 'What is derived has the position of the event that it follows from.'),
      id: text,
      stream: said(
        nullable(text),
        'Null, like the revision and the schema version, where the entry is derived.',
      ),
      revision: nullable(revision),
      type: said(text, 'The type of the event, or `CallsCutOff`.'),
      schemaVersion: nullable(integer),
      occurredAt: said(time, 'When it happened, as reported.'),
      recordedAt: said(time, 'When it was written.'),
      actor: said(nullable(text), 'Null where the entry is derived: nobody did it.'),
      command: said(nullable(text), 'The command that was refused; null where something happened.'),
      refused: boolean,
      derived: said(boolean, 'Whether it is no event of the log but follows from one by the rules.'),
      pool: said(nullable(text), 'The pool it speaks of; null where it names none.'),
      incident: said(nullable(text), 'The incident in whose course it was recorded.'),
      correlationId: text,
      causationId: text,
      commandId: text,
      causedBy: said(
        nullable(text),
        'The id of the entry that brought it about; null where that was the command itself.',
      ),
      causes: said(list(text), 'The ids of the entries that follow from it or that it brought about.'),
      because: said(list(text), 'Statement ids, or named rules.'),
      summary: said(text, 'One sentence.'),
      data: said(anything, 'The payload as it is stored: of any type and version that the log holds.'),
    }),
  ),
);
export type AuditLine = Described<typeof auditEntry>;

export const auditTrailAnswer = named(
  'AuditTrailAnswer',
  object({ ...moment, fqdn, entries: list(auditEntry), next }),
);
export type AuditTrailAnswer = Described<typeof auditTrailAnswer>;
