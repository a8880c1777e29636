/** How much each statement decides of a pool right now. */
import type { DecidingStatement, DecidingView } from '../../projections/statements/deciding.js';
import { statementMembers } from './policy.js';
import { count, describedAs, filledBy, list, named, object, union, type Described } from './schema.js';
import { fqdn, moment, notYetRegistered, stage, staleness } from './words.js';

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

const members = { fqdn, stage, statements: list(decidingStatement) } as const;

export const decidingView = named('Deciding', filledBy<DecidingView>()(object(members)));
const deciding = named('DecidingAnswer', object({ ...moment, ...members }, staleness));
export const decidingAnswer = union(deciding, notYetRegistered);
export type DecidingAnswer = Described<typeof decidingAnswer>;
