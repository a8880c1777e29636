/** The values that answers are made of, and what every view says of itself. */
import { eventTypes } from '../../events/registry.js';
import {
  backEndDatabaseStates,
  extents,
  objectKinds,
  services,
  serviceStates,
  productVersions,
  tools,
  applicationSettingsKind,
  type BackEndDatabaseState,
  type EditableKind,
  type Extent,
  type ObjectKind,
  type ProductVersion,
  type Properties,
  type Service,
  type ServiceState,
  type Tool,
} from '../../events/vocabulary.js';
import { bases, ownerships, type Basis, type Visible } from '../../policy/experience/types.js';
import type { Grounds } from '../../policy/grounds.js';
import type { Inference } from '../../policy/readings.js';
import { documentedStages, stages, type Stage } from '../../policy/stages.js';
import { rows, type StatementId } from '../../policy/statements.js';
import type { CopyWarning } from '../../projections/copy-entries.js';
import type { Contradiction } from '../../projections/histories/contradictions.js';
import type { Completion } from '../../projections/readiness/finding.js';
import {
  boolean,
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
  union,
  textOf,
  type Described,
  type Schema,
} from './schema.js';

export const position: Schema<string> = named(
  'Position',
  formed('^(0|[1-9][0-9]*)$'),
  'A place in the log, in decimal: it counts every event.',
);
export const revision: Schema<string> = formed('^(0|[1-9][0-9]*)$');
export const time: Schema<string> = named(
  'Time',
  { ...text, format: 'date-time' },
  'An RFC 3339 time in UTC, with milliseconds.',
);
export const fqdn = describedAs(text, 'The fully qualified name of the pool.');

export const stage: Schema<Stage> = named(
  'Stage',
  choice(...stages),
  'Where a pool is on its way through an incident.',
);
export const kind: Schema<ObjectKind> = choice(...objectKinds);
export const editableKind: Schema<EditableKind> = choice(...objectKinds, applicationSettingsKind);
export const tool: Schema<Tool> = choice(...tools);
export const service: Schema<Service> = choice(...services);
export const serviceState: Schema<ServiceState> = choice(...serviceStates);
export const extent: Schema<Extent> = choice(...extents);
export const backEndDatabase: Schema<BackEndDatabaseState> = choice(...backEndDatabaseStates);
export const productVersion: Schema<ProductVersion> = choice(...productVersions);
export const ownership = choice(...ownerships);
export const basis: Schema<Basis> = choice(...bases);
export const visible: Schema<Visible> = union(boolean, literal('depends'));

export const statementId: Schema<StatementId> = named(
  'StatementId',
  formed<StatementId>(`^(${documentedStages.join('|')})/(${rows.join('|')})/[1-9][0-9]?$`),
  'A statement of the documentation; GET /v1/statements lists them.',
);

const inference = nullable(textOf<Inference>());

/** Why an answer is what it is. Members of every entry that a rule decides. */
export const grounds = {
  because: describedAs(list(statementId), 'The statements that decide it.'),
  basis: describedAs(
    basis,
    'Whether the document says it, or it is inferred where the document is silent; `documented-elsewhere`: the document says it, and another that its words hold here.',
  ),
  inference: describedAs(
    inference,
    'Names the inference, or what a document beside the three tables adds; null where these state it.',
  ),
} as const;

export const groundsOnly: Schema<Grounds> = filledBy<Grounds>()(object(grounds));

/** An open object: its members are as the command, the object or the file has them. */
export const openObject: Schema<Properties> = { type: 'object', additionalProperties: true };

export const withTools = <Value>(value: Schema<Value>): Schema<Readonly<Record<Tool, Value>>> =>
  object({ controlPanel: value, configurationTool: value, managementShell: value });

export const toolsThatShow: Schema<Readonly<Record<Tool, Visible>>> = named(
  'ToolsThatShow',
  withTools(visible),
  'Whether each tool shows it; `depends`: on the back-end database, of which nothing is known.',
);
export const toolsThatChange: Schema<Readonly<Record<Tool, boolean>>> = named(
  'ToolsThatChange',
  withTools(boolean),
  'Whether each tool may change it.',
);

export const tick: Schema<Completion> = named(
  'Completion',
  filledBy<Completion>()(object({ actor: text, occurredAt: time, position })),
  'Who did something, when, and where in the log it stands.',
);

export const warning: Schema<CopyWarning> = named(
  'CopyWarning',
  filledBy<CopyWarning>()(object({ code: choice('owner-removed', 'leftover-copy'), detail: text })),
);

const parked = named(
  'Parked',
  object({ deadLetter: text, position, reason: text }),
  'An event that could not be folded: it, and what came after it, are not in the answer.',
);
const stale = named(
  'Stale',
  object({ version: integer, position }),
  'The answer shows the state of an earlier version of the projection, while the new one is folded.',
);

const catchingUp = describedAs(
  literal(true),
  'The service has started and has not read the whole log yet: what happened last may be missing.',
);

const clockBehind = describedAs(
  literal(true),
  'The log was written by a clock that was ahead of that of the service. No time from the last event before that on tells what had happened by then: ask for a position.',
);

const at = describedAs(
  time,
  'When it was what the answer shows, where `at` was asked for: facts that were recorded later are in it, and those that happened later are not.',
);

const contradicted = describedAs(
  list(
    named(
      'Contradicted',
      filledBy<Omit<Contradiction, 'stream'>>()(
        object({ event: text, position, type: choice(...eventTypes), detail: text }),
      ),
    ),
  ),
  'Facts that make no sense in the order in which they happened, as reported: they are not in the answer. The first 200.',
);

const moreContradicted = describedAs(integer, 'How many more of them there are.');

export const ended = describedAs(
  named('Ended', object({ position, at: time, replacedBy: text })),
  'Another pool took the place of this one, which is lost: by which event, when, and which pool. This is the last of it.',
);

/** Where the state that is shown is not simply what the log makes of it; absent as a rule. */
export const staleness = {
  at,
  parked,
  stale,
  catchingUp,
  clockBehind,
  contradicted,
  moreContradicted,
  ended,
} as const;
export type Staleness = { readonly [Name in keyof typeof staleness]?: Described<(typeof staleness)[Name]> };

/** Of views of a pool. */
export const maybeDrill = {
  drill: describedAs(literal(true), 'The incident under way is a drill; absent where it is not.'),
} as const;

/** What every view says of itself. */
export const moment = {
  position: describedAs(position, 'The log up to and including here is in the answer.'),
  asOf: describedAs(
    nullable(text),
    'The moment that was asked for, else when the last event was recorded; null where there is none.',
  ),
} as const;

/** A cursor of a paged list. */
export const next = describedAs(nullable(text), 'The cursor of the next page; null at the end.');

export const previous = describedAs(
  nullable(text),
  'The cursor of the page before this one; null at the beginning. With the newest first, that of the first page leads to what came since.',
);

/** Where the record of something begins. */
export const beginning = named(
  'Beginning',
  object({
    position: describedAs(position, 'Of its first event: `asOf` this position, or later, has something.'),
    happenedAt: describedAs(time, 'As reported: `at` this time, or later, has something.'),
    recordedAt: time,
  }),
);
export type Beginning = Described<typeof beginning>;

/** Of an event. */
export const elsewhere = describedAs(
  text,
  'The stream, where it is another than the one of the first event that is named.',
);

/** Of what stays in the stream of the pair in which it happened. */
export const earlierPairs = {
  earlierPairs: describedAs(
    list(object({ pairId: text, asOf: position })),
    'The pairs that the pool was in before, the first one first: `asOf` with this position shows what happened in each. Absent where there are none.',
  ),
};
export interface EarlierPairs {
  readonly earlierPairs?: readonly { readonly pairId: string; readonly asOf: string }[];
}
