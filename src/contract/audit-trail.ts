/** What an auditor reads. */
import type { CorrectedBy } from '../../projections/audit-trail/corrected.js';
import type { AuditEntry } from '../../projections/audit-trail/entry.js';
import {
  anything,
  boolean,
  choice,
  count,
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
} from './schema.js';
import { objectDifference } from './differences.js';
import { earlierPairs, fqdn, moment, next, position, previous, revision, staleness, time } from './words.js';

const correctedBy = named(
  'CorrectedBy',
  filledBy<CorrectedBy>()(
    object(
      {
        event: describedAs(text, 'The id of the correction.'),
        at: describedAs(time, 'When it was recorded.'),
        by: text,
        reason: text,
      },
      { occurredAt: describedAs(time, 'Of another time: when it happened after all.') },
    ),
  ),
);

export const auditEntry = named(
  'AuditEntry',
  filledBy<AuditEntry>()(
    object(
      {
        position: describedAs(
          position,
          'What is derived has the position of the event that it follows from.',
        ),
        id: text,
        stream: describedAs(
          nullable(text),
          'Null, like the revision and the schema version, where the entry is derived.',
        ),
        revision: nullable(revision),
        type: describedAs(text, 'The type of the event, or `CallsCutOff`.'),
        schemaVersion: nullable(integer),
        occurredAt: describedAs(time, 'When it happened, as reported.'),
        recordedAt: describedAs(time, 'When it was written.'),
        actor: describedAs(nullable(text), 'Null where the entry is derived: nobody did it.'),
        command: describedAs(nullable(text), 'The command that was refused; null where something happened.'),
        refused: boolean,
        derived: describedAs(boolean, 'Whether it is no event of the log but follows from one by the rules.'),
        pool: describedAs(nullable(text), 'The pool it speaks of; null where it names none.'),
        incident: describedAs(nullable(text), 'The incident in whose course it was recorded.'),
        correlationId: text,
        causationId: text,
        commandId: text,
        causedBy: describedAs(
          nullable(text),
          'The id of the entry that brought it about; null where that was the command itself.',
        ),
        causes: describedAs(
          list(text),
          'The ids of the entries that follow from it or that it brought about.',
        ),
        because: describedAs(list(text), 'Statement ids, or named rules.'),
        summary: describedAs(text, 'One sentence.'),
        data: describedAs(
          anything,
          'The payload as it is stored: of any type and version that the log holds.',
        ),
      },
      {
        drill: describedAs(literal(true), 'That incident is a drill; absent where it is not.'),
        changes: describedAs(
          list(objectDifference),
          'Objects that it changed, with the values before and after: of a change, a removal, an import, and an export whose file showed changes.',
        ),
        moreChanges: describedAs(count, 'Objects beyond those that are listed.'),
        provedBy: describedAs(
          choice('key', 'token', 'session', 'proxy'),
          'How it was proved who that was; absent where the service was open.',
        ),
        leaf: describedAs(
          formed('^[0-9a-f]{64}$'),
          'The leaf of the event in the tree that seals sign: `verify --seal` finds it there. Absent where the entry is derived.',
        ),
        retractedBy: describedAs(
          correctedBy,
          'The event was recorded by mistake: nothing goes by it, and its entry stays. So do those that followed from it.',
        ),
        correctedBy: describedAs(correctedBy, 'The event happened at another time than was reported.'),
        withdraws: describedAs(
          list(text),
          'Of a retraction: the ids of the entries that it takes back. Absent from all others.',
        ),
        onBehalfOf: describedAs(text, 'For whom the actor gave the command, as a trusted proxy says.'),
      },
    ),
  ),
);
export type AuditLine = Described<typeof auditEntry>;

export const auditTrailAnswer = named(
  'AuditTrailAnswer',
  object(
    { ...moment, fqdn, entries: list(auditEntry), next, previous },
    {
      ...staleness,
      ...earlierPairs,
    },
  ),
);
export type AuditTrailAnswer = Described<typeof auditTrailAnswer>;
