/** Backups of the log, and what its verification says. */
import {
  boolean,
  choice,
  count,
  formed,
  integer,
  list,
  named,
  nullable,
  object,
  describedAs,
  text,
  union,
  type Described,
} from './schema.js';
import { problemDocument } from './problems.js';
import { position, revision, time } from './words.js';

export const backupAnswer = named(
  'BackupAnswer',
  object({
    folder: describedAs(text, 'On the machine of the service.'),
    bytes: count,
    position: describedAs(position, 'Of the last event in it.'),
    whole: describedAs(
      nullable(boolean),
      'Whether its chain of hashes holds; null where it was not checked.',
    ),
  }),
);
export type BackupAnswer = Described<typeof backupAnswer>;

const firstFault = named(
  'FirstFault',
  object({ position, stream: nullable(text), revision: nullable(revision), problem: text }),
  'The first event that is not what was written.',
);

const logFinding = named(
  'LogFinding',
  object({
    kind: describedAs(
      choice('index', 'schema', 'file', 'acknowledged'),
      '`index`: readers would not find an event by it; `schema`: the file holds what Poolkeeper did not make there; `file`: a page cannot be read; `acknowledged`: events are gone that were acknowledged.',
    ),
    position: nullable(position),
    stream: nullable(text),
    revision: nullable(revision),
    index: describedAs(nullable(text), 'Its columns.'),
    problem: text,
  }),
  'What is wrong with the log besides its events.',
);

const difference = named(
  'StateDifference',
  object({
    projection: text,
    version: integer,
    pairId: describedAs(nullable(text), 'Null where the projection is of no pair.'),
    pointer: describedAs(text, 'A JSON pointer to the first difference.'),
    live: text,
    refolded: text,
  }),
  'A state that is not what the log makes of it.',
);

const damagedFile = named('DamagedFile', object({ name: text, problem: text }));

export const verificationAnswer = named(
  'VerificationAnswer',
  object({
    began: describedAs(time, 'When the run began: requests that come during a run have its result.'),
    whole: describedAs(boolean, 'Whether the log is what was written.'),
    events: count,
    streams: count,
    broken: nullable(firstFault),
    findings: describedAs(list(logFinding), 'What is wrong besides, 100 at most.'),
    tree: describedAs(
      nullable(object({ size: count, root: formed('^[0-9a-f]{64}$') })),
      'The tree of the log, to compare with a seal that was kept; null where nothing is sealed.',
    ),
    faithful: describedAs(boolean, 'Whether the views are what the log makes of them.'),
    views: object({
      position: describedAs(position, 'The log was folded up to here.'),
      compared: count,
      different: list(difference),
      stale: describedAs(
        list(text),
        'Projections that show the state of an earlier version, which cannot be compared.',
      ),
    }),
    files: describedAs(
      object({ checked: count, damaged: list(damagedFile) }),
      'The kept files of exports: whether each has the content that its name is the hash of.',
    ),
  }),
);
export type VerificationAnswer = Described<typeof verificationAnswer>;

export const progressOfVerification = named(
  'VerificationProgress',
  object({
    progress: object({
      part: describedAs(
        choice('log', 'views'),
        'The log is read twice: to check its hash chains, and to compare the views with what it makes of them.',
      ),
      events: describedAs(count, 'How many of them this part has read.'),
      position: describedAs(position, 'Up to here this part has read the log.'),
      of: describedAs(position, 'Where the log ended when the part began.'),
    }),
  }),
  'How far the run is, which others may have begun.',
);

export const problemOfVerification = named(
  'VerificationProblem',
  object({ problem: problemDocument }),
  'Why there is no result.',
);

export const verificationLine = union(progressOfVerification, verificationAnswer, problemOfVerification);
export type VerificationLine = Described<typeof verificationLine>;
