/** The documents as data: what `because` points into. */
import type { ConfigurationOutcome, ConsoleOutcome, ExperienceCell } from '../../policy/experience/types.js';
import { readings, type Reading, type ReadingId } from '../../policy/readings.js';
import { documentedStages, type DocumentedStage } from '../../policy/stages.js';
import { rows, type Statement } from '../../policy/statements.js';
import { reasonKinds, type Reason } from '../../policy/reasons.js';
import { callOutcome, newCallOutcome, ofConnectedCalls, ofImported, onBehalfOutcome } from './calls.js';
import {
  boolean,
  choice,
  filledBy,
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
import { backEndDatabase, basis, ownership, stage, statementId, visible, withTools } from './words.js';

const decided = { statements: list(statementId), basis } as const;
const consoleOutcome: Schema<ConsoleOutcome> = object({ displayed: boolean, signIn: boolean });
const configurationOutcome: Schema<ConfigurationOutcome> = withTools(
  object({ view: visible, modify: boolean }),
);

const cell = named(
  'ExperienceCell',
  filledBy<ExperienceCell>()(
    union(
      object({ row: literal('connected-calls'), when: ofConnectedCalls, outcome: callOutcome, ...decided }),
      object({ row: literal('in-progress-calls'), when: ofImported, outcome: callOutcome, ...decided }),
      object({ row: literal('new-calls'), when: ofImported, outcome: newCallOutcome, ...decided }),
      object({ row: literal('on-behalf-calls'), when: ofImported, outcome: onBehalfOutcome, ...decided }),
      object({
        row: literal('agent-console'),
        when: object({ ownership }),
        outcome: consoleOutcome,
        ...decided,
      }),
      object({
        row: literal('configuration'),
        when: object({ ownership, backEndDatabase }),
        outcome: configurationOutcome,
        ...decided,
      }),
    ),
  ),
  'What one class of calls, groups or objects meets in a stage.',
);

export const experienceAnswer = named(
  'ExperienceAnswer',
  object({ stages: list(object({ stage, rows: list(cell) })) }),
  'The whole matrix, stage by stage.',
);
export type ExperienceAnswer = Described<typeof experienceAnswer>;

const documentedStage: Schema<DocumentedStage> = choice(...documentedStages);

export const statementMembers = {
  id: statementId,
  stage: documentedStage,
  row: choice(...rows),
  text: describedAs(text, 'In our own words.'),
} as const;

const statement = named('Statement', filledBy<Statement>()(object(statementMembers)));

export const statementsAnswer = named('StatementsAnswer', object({ statements: list(statement) }));
export type StatementsAnswer = Described<typeof statementsAnswer>;

const readingId: Schema<ReadingId> = textOf<ReadingId>();

const reading = named(
  'Reading',
  filledBy<Reading>()(
    object({
      id: { ...readingId, enum: readings.map(({ id }) => id) },
      question: text,
      text,
      choices: describedAs(list(object({ choice: text, text })), 'Empty where there is nothing to choose.'),
      default: nullable(text),
    }),
  ),
);

export const readingsAnswer = named('ReadingsAnswer', object({ readings: list(reading) }));
export type ReadingsAnswer = Described<typeof readingsAnswer>;

const reason = named(
  'Reason',
  filledBy<Reason>()(
    object({
      id: describedAs(text, 'As `because` and `inference` have it, and the members of counts by reason.'),
      kind: choice(...reasonKinds),
      text: describedAs(text, 'One sentence, or a few.'),
    }),
  ),
  'A statement of the document, an inference where it is silent, or a rule that decides commands.',
);

export const reasonsAnswer = named('ReasonsAnswer', object({ reasons: list(reason) }));
export type ReasonsAnswer = Described<typeof reasonsAnswer>;
