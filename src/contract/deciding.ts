/** How much each statement decides of a pool right now. */
import type { DecidingStatement, DecidingView } from '../../projections/statements/deciding.js';
import { statementMembers } from './policy.js';
import type { DecidingCell } from '../../projections/statements/cells.js';
import { ofConnectedCalls, ofImported } from './calls.js';
import {
  count,
  describedAs,
  filledBy,
  list,
  literal,
  named,
  object,
  union,
  type Described,
  type Schema,
} from './schema.js';
import { notYetRegistered } from './not-yet-registered.js';
import { backEndDatabase, fqdn, moment, ownership, stage, staleness } from './words.js';

const decidingStatement = named(
  'DecidingStatement',
  filledBy<DecidingStatement>()(
    object({
      ...statementMembers,
      calls: describedAs(
        count,
        'Open calls, in the rows about waiting and connected ones; those since the stage began, in the two about new ones.',
      ),
      agents: describedAs(count, 'Agents whom the groups list that it speaks of.'),
      objects: describedAs(count, 'Copies, on either pool.'),
    }),
  ),
);

const decided = { calls: count, agents: count, objects: count } as const;
const cellOf = <const Row extends string, When>(row: Row, when: Schema<When>) =>
  object({ row: literal(row), when, ...decided });
const decidingCell = named(
  'DecidingCell',
  filledBy<DecidingCell>()(
    union(
      cellOf('connected-calls', ofConnectedCalls),
      cellOf('in-progress-calls', ofImported),
      cellOf('new-calls', ofImported),
      cellOf('on-behalf-calls', ofImported),
      cellOf('agent-console', object({ ownership })),
      cellOf('configuration', object({ ownership, backEndDatabase })),
    ),
  ),
  'How much a cell of the matrix decides.',
);

const members = {
  fqdn,
  stage,
  statements: list(decidingStatement),
  cells: describedAs(
    list(decidingCell),
    'The column of the stage, also where the document is silent. A copy that the column of the partner decides counts there.',
  ),
} as const;

export const decidingView = named('Deciding', filledBy<DecidingView>()(object(members)));
const deciding = named('DecidingAnswer', object({ ...moment, ...members }, staleness));
export const decidingAnswer = union(deciding, notYetRegistered);
export type DecidingAnswer = Described<typeof decidingAnswer>;
