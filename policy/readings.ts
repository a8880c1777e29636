/** How Poolkeeper reads the document where it is ambiguous or silent, and where a pair may choose between readings. */
import type { openCallsWithout, ServiceLack } from './services.js';

export type ReadingId =
  | 'cell-acts-on-entry'
  | 'calls-on-live-backup'
  | 'carried-over'
  | 'unreachable-agents'
  | 'imported-per-copy'
  | 'backup-owned-calls'
  | 'both-pools-down'
  | 'import-in-any-stage'
  | 'failing-again'
  | 'sign-in-after-failback'
  | 'registrar-takeover';

/** The reason of an answer that no statement decides. */
export type Inference =
  | ReadingId
  | 'normal-operation'
  | 'none-can-exist'
  | 'in-no-pair'
  | 'backup-pool-down'
  | 'removed-on-owner'
  | 'replaced-pool'
  | 'home-pool-ended'
  | 'retired-pool'
  | 'replicated-copy'
  | 'replica-shown'
  /** It was reported that the call went on, which contradicts that a stage cut it off. */
  | 'went-on'
  /** A service of the pool that would carry the call, or reach the agent, is stopped. */
  | ServiceLack
  | ReturnType<typeof openCallsWithout>
  /** Of the pool that hosts a group or an object. */
  | 'console-without-service'
  | 'configuration-without-database';

export interface Reading {
  readonly id: ReadingId;
  readonly question: string;
  readonly text: string;
  /** Empty where there is nothing to choose. */
  readonly choices: readonly { readonly choice: string; readonly text: string }[];
  readonly default: string | null;
}

const fixed = (id: ReadingId, question: string, text: string): Reading => ({
  id,
  question,
  text,
  choices: [],
  default: null,
});

export const readings: readonly Reading[] = [
  fixed(
    'cell-acts-on-entry',
    'When does a cell act?',
    'When its stage begins: every open call then meets the outcome of its class. A call that arrives during the stage follows the row about new calls and is judged again when the next stage begins.',
  ),
  {
    id: 'calls-on-live-backup',
    question: 'Are calls cut off that the backup pool, which is up, already serves?',
    text: 'In outage and failing-over the document cuts off anonymous and waiting calls without exception, though calls of imported response groups may be on the backup pool.',
    choices: [
      { choice: 'literal', text: 'They are cut off, as written.' },
      { choice: 'survive', text: 'Those that the backup pool serves go on.' },
    ],
    default: 'literal',
  },
  fixed(
    'carried-over',
    'Which calls are meant by "will be disconnected" in failing-back and failed-back?',
    'Waiting calls that the backup pool serves, carried over from before. Calls that began on the primary pool go on.',
  ),
  fixed(
    'unreachable-agents',
    'What does "unreachable" do to a call?',
    'Agents homed in the failed pool cannot take it. The call is not lost: it waits, times out or overflows as its queue says. Connecting a call to such an agent is refused.',
  ),
  fixed(
    'imported-per-copy',
    'Is "imported" a fact of the pool or of the object?',
    'Of each copy. Objects created after the export are not in it and are not imported.',
  ),
  fixed(
    'backup-owned-calls',
    'What happens to calls of the response groups that the backup pool owns?',
    'They go on, except that agents homed in the failed pool cannot be reached until failover completes.',
  ),
  fixed(
    'both-pools-down',
    'What if the backup pool fails too?',
    'The document does not say. What would reach the backup pool is cut off, and what the backup pool hosts for its partner is treated as the property of a failed pool.',
  ),
  fixed(
    'import-in-any-stage',
    'When may response groups be imported?',
    'In any stage, also before the outage, as long as the destination is not itself down. A copy left on the backup pool after failback stays there, out of sight but for the shell, until it is removed or exported again.',
  ),
  fixed(
    'failing-again',
    'What if the pool fails again during or after failback?',
    'During failback the failback has failed: the pool is failed over again. After failback a new incident begins.',
  ),
  {
    id: 'sign-in-after-failback',
    question: 'Do agents of formal groups have to sign in again once their pool is back?',
    text: 'The document says that they can sign in after failback, not whether those who were signed in before still are. After failover, and after a move to another pool, all of them have to sign in again.',
    choices: [
      {
        choice: 'again',
        text: 'They have to sign in again: whatever closed the console to them has ended their sign-in.',
      },
      {
        choice: 'kept',
        text: 'Whoever was signed in to a group of the pool when it went down is so again once it serves.',
      },
    ],
    default: 'again',
  },
  {
    id: 'registrar-takeover',
    question:
      'What carries new calls of imported response groups to the backup pool before failover completes?',
    text: 'The document has them connect there as soon as the pool is out, and does not say how they find the way. Where automatic failover for Voice is on, the registrar of the backup pool takes over once the pool has been away for an interval, 300 seconds unless set otherwise; where it is off, nothing does before the failover.',
    choices: [
      { choice: 'literal', text: 'They connect to the backup pool from the first, as written.' },
      {
        choice: 'after-interval',
        text: 'In an outage they are cut off until the pool has been out for 300 seconds; from then on, and in failing-over, they connect as written.',
      },
      { choice: 'none', text: 'They are cut off until the failover has completed.' },
    ],
    default: 'literal',
  },
];

/** Readings that leave a choice. */
export const openReadings: readonly Reading[] = readings.filter((reading) => reading.choices.length > 0);

/** Reading id to choice, for every reading that leaves one. */
export type ChosenReadings = Readonly<Record<string, string>>;

export const defaultReadings: ChosenReadings = Object.fromEntries(
  openReadings.map((reading) => [reading.id, reading.default ?? '']),
);

/**
 * The readings that a pair has on record even where nobody chose them. One that came later is there only where it was
 * chosen, so that registrations, and what is shown of pairs, stay what they were; `readingOf` knows its default.
 */
export const recordedReadings: ChosenReadings = Object.fromEntries(
  Object.entries(defaultReadings).filter(([id]) => id === 'calls-on-live-backup'),
);

/** Empty for what leaves no choice. */
export const readingOf = (chosen: ChosenReadings, id: string): string =>
  chosen[id] ?? defaultReadings[id] ?? '';

export const callsOnLiveBackupSurvive = (chosen: ChosenReadings): boolean =>
  chosen['calls-on-live-backup'] === 'survive';

export const signInsOutliveFailback = (chosen: ChosenReadings): boolean =>
  readingOf(chosen, 'sign-in-after-failback') === 'kept';
