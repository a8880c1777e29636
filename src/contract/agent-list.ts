/** What a list of users changed. */
import { commandWarning } from './commands.js';
import {
  boolean,
  choice,
  count,
  describedAs,
  list,
  literal,
  named,
  nullable,
  object,
  text,
  type Described,
} from './schema.js';

export const agentListAnswer = named(
  'AgentListAnswer',
  object(
    {
      read: describedAs(count, 'Users on the list.'),
      registered: list(object({ agent: text, homePool: text })),
      moved: list(object({ agent: text, from: text, homePool: text }, { force: literal(true) })),
      changed: describedAs(
        list(object({ agent: text, enabled: nullable(boolean), enterpriseVoice: nullable(boolean) })),
        'Agents of whom the list shows something else than the list before, or is the first to show anything.',
      ),
      absent: describedAs(
        list(text),
        'Registered agents who are not on a list of all users; they stay registered.',
      ),
      unknownPools: describedAs(
        list(
          object(
            { pool: text, agents: count },
            {
              replacedBy: describedAs(text, 'The pool that has taken its place; absent where none has.'),
              ended: describedAs(
                choice('retired', 'given-up'),
                'It serves no more, and takes nobody in: nothing is recorded of users who are not on record there already. Absent where it serves.',
              ),
            },
          ),
        ),
        'Pools of no pair, or that serve no more, with how many users of the list are homed there: nothing is recorded of those. The users of a pool that was replaced are to be moved (`move-agent`, with force), and a list from after that shows it.',
      ),
    },
    {
      preview: describedAs(literal(true), 'Nothing was recorded: this is what would be.'),
      warnings: describedAs(
        list(commandWarning),
        'Such as `older-than-the-record`: whose record is as of later than the list, and stays. Absent in answers of before there were any.',
      ),
    },
  ),
);
export type AgentListAnswer = Described<typeof agentListAnswer>;
