/** Calls: in sum, in pages and one by one. */
import type { CallStatus } from '../../facts/call.js';
import type {
  CallOutcome,
  NewCallOutcome,
  OnBehalfOutcome,
  Reachability,
} from '../../policy/experience/types.js';
import type { CallTimes, CallView } from '../../projections/call-status/calls.js';
import type { CallHistoryEntry } from '../../projections/call-status/history.js';
import type { CallRow, CallStatusView, CallTotals } from '../../projections/call-status/view.js';
import {
  boolean,
  choice,
  count,
  filledBy,
  list,
  literal,
  named,
  nullable,
  object,
  record,
  describedAs,
  text,
  union,
  type Described,
  type Schema,
} from './schema.js';
import { notYetRegistered } from './not-yet-registered.js';
import { maybeCited } from './sources.js';
import { earlierPairs, fqdn, grounds, moment, next, position, stage, staleness, time } from './words.js';

export const callStatus: Schema<CallStatus> = choice('in-progress', 'connected', 'ended', 'disconnected');
export const callOutcome: Schema<CallOutcome> = choice(
  'remain-connected',
  'disconnected',
  'none-in-this-status',
);
export const reachability: Schema<Reachability> = choice('reachable', 'unreachable');
export const newCallOutcome: Schema<NewCallOutcome> = union(
  object({ call: literal('disconnected') }),
  object({
    call: literal('connected'),
    to: choice('primary', 'backup'),
    primaryHomedAgents: reachability,
  }),
);
export const onBehalfOutcome: Schema<OnBehalfOutcome> = choice('disabled', 'fail', 'succeed');

export const ofConnectedCalls = object({ anonymous: boolean, imported: boolean });
export const ofImported = object({ imported: boolean });

const rowMembers = { ...grounds, calls: count } as const;

export const callRow = named(
  'CallRow',
  filledBy<CallRow>()(
    union(
      object(
        {
          row: literal('connected-calls'),
          when: ofConnectedCalls,
          outcome: callOutcome,
          ...rowMembers,
        },
        maybeCited,
      ),
      object(
        { row: literal('in-progress-calls'), when: ofImported, outcome: callOutcome, ...rowMembers },
        maybeCited,
      ),
      object(
        { row: literal('new-calls'), when: ofImported, outcome: newCallOutcome, ...rowMembers },
        {
          ...maybeCited,
          before: describedAs(
            object({ at: time, outcome: newCallOutcome, ...grounds }, maybeCited),
            'Present where the outcome is a matter of when a call arrives: what holds of calls before `at`. The row holds from then on.',
          ),
        },
      ),
      object(
        { row: literal('on-behalf-calls'), when: ofImported, outcome: onBehalfOutcome, ...rowMembers },
        maybeCited,
      ),
    ),
  ),
  'A row of the matrix that is in force, with the number of calls that it speaks of.',
);

const counts = { inProgress: count, connected: count, ended: count, disconnected: count } as const;

export const callCounts = named('CallCounts', object(counts));

export const disconnectedByStatement = describedAs(
  record(count),
  'By statement id, or `inferred/<inference>` where the document is silent.',
);

export const callTotals = named(
  'CallTotals',
  filledBy<CallTotals>()(
    object(
      {
        ...counts,
        reported: describedAs(count, 'Calls that arrived: the sum of the four.'),
        disconnectedByStatement,
      },
      {
        contradicted: describedAs(
          count,
          'Calls that were cut off by what was known then, and went on as was reported later. They are counted as they went on.',
        ),
        nothingReported: describedAs(
          literal(true),
          'Present where nobody has reported a call: the zeros mean that nothing is known, not that no call was cut off.',
        ),
      },
    ),
  ),
);

const callStatusMembers = { fqdn, stage, rows: list(callRow), totals: callTotals } as const;
export const callStatusView = named('CallStatus', filledBy<CallStatusView>()(object(callStatusMembers)));
const callStatusOfPool = named('CallStatusAnswer', object({ ...moment, ...callStatusMembers }, staleness));
export const callStatusAnswer = union(callStatusOfPool, notYetRegistered);
export type CallStatusAnswer = Described<typeof callStatusAnswer>;

const cutOff = named(
  'CutOff',
  object({ pool: text, stage, position }),
  'The stage that cut a call off when it began, and the position of the event that began it.',
);

const times = {
  arrivedAt: describedAs(
    time,
    'When it arrived; of a call on behalf, when it was placed. As reported, like the others.',
  ),
  connectedAt: describedAs(
    nullable(time),
    'When the agent was connected: the latest, where there were several; null before the first.',
  ),
  endedAt: describedAs(nullable(time), 'When it ended or was cut off; null while it is open.'),
  endedBy: describedAs(
    nullable(text),
    'Whoever reported the end, or recorded the stage that cut it off; null where it is open, or was cut off as it arrived.',
  ),
  cutOffBy: describedAs(
    nullable(cutOff),
    'Null where it was not cut off, or was as it arrived: `because` says why.',
  ),
} as const;

export const callTimes = filledBy<CallTimes>()(object(times));

const ofReport = {
  responseGroupName: describedAs(
    nullable(text),
    'The name of the response group; null where no pool of the pair has it any more.',
  ),
  caller: describedAs(nullable(text), 'Who called, as reported; null where nobody said.'),
} as const;

const stateMembers = {
  callId: text,
  pool: describedAs(text, 'The pool that owns the response group.'),
  responseGroup: describedAs(text, 'The id of the workflow.'),
  imported: describedAs(boolean, 'Whether the response group was imported when the call arrived.'),
  onBehalf: describedAs(boolean, "An agent's outbound call that shows the response group."),
  status: callStatus,
  servedBy: describedAs(
    nullable(text),
    'The pool that serves or served the call; null where it reached none.',
  ),
  anonymous: boolean,
  agent: nullable(text),
  ...grounds,
} as const;

const callMembers = { ...stateMembers, ...ofReport, ...times } as const;

const callOptions = {
  ...maybeCited,
  contradicts: describedAs(
    list(text),
    'Statements or an inference that had the call cut off, though it was reported later to have gone on.',
  ),
} as const;

/** In the answer to a command: a first answer of before these were known is repeated as it was. */
export const callInAnswer = named(
  'CallInAnswer',
  object(stateMembers, { ...ofReport, ...times, ...callOptions }),
);

export const callView = named('Call', filledBy<CallView>()(object(callMembers, callOptions)));

const callPage = named(
  'CallsAnswer',
  object({ ...moment, calls: list(callView), next }, { ...staleness, ...earlierPairs }),
);
export const callsAnswer = union(callPage, notYetRegistered);
export type CallsAnswer = Described<typeof callsAnswer>;

const historyEntry = named(
  'CallHistoryEntry',
  filledBy<CallHistoryEntry>()(
    object(
      {
        position,
        occurredAt: time,
        recordedAt: time,
        what: choice('arrived', 'placed-on-behalf', 'connected', 'ended', 'disconnected'),
        status: describedAs(callStatus, 'How the call stood afterwards.'),
        agent: nullable(text),
        contradicted: describedAs(
          boolean,
          'The fact landed after its call was over, and changed nothing; or it was reported that the call went on after this cut-off.',
        ),
        ...grounds,
      },
      maybeCited,
    ),
  ),
);

export const callAnswer = named(
  'CallAnswer',
  object(
    { ...moment, ...callMembers, history: nullable(list(historyEntry)) },
    {
      ...staleness,
      ...callOptions,
      alsoInPairs: describedAs(list(text), 'Other pairs in which a call of this id is open.'),
    },
  ),
  'One call with its history.',
);
export type CallAnswer = Described<typeof callAnswer>;
