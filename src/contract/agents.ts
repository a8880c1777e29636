/** What an agent's console shows. */
import type { AgentConsoleView, ConsoleGroup } from '../../projections/agent-console/view.js';
import {
  boolean,
  choice,
  filledBy,
  list,
  named,
  nullable,
  object,
  describedAs,
  text,
  type Described,
} from './schema.js';
import { reachability } from './calls.js';
import { maybeOrigin } from './sources.js';
import { grounds, moment, stage, staleness, warning } from './words.js';

const consoleGroup = named(
  'ConsoleGroup',
  filledBy<ConsoleGroup>()(
    object(
      {
        id: text,
        name: text,
        owner: text,
        parent: describedAs(text, 'The pool that hosts this copy: where the agent would sign in.'),
        participationPolicy: choice('Formal', 'Informal'),
        displayed: boolean,
        signIn: describedAs(boolean, 'As the matrix has it; of consequence only where `signInApplies`.'),
        signInApplies: describedAs(boolean, 'Agents of informal groups have nothing to sign in to.'),
        signedIn: describedAs(nullable(boolean), 'Null where there is nothing to sign in to.'),
        ...grounds,
        warnings: list(warning),
      },
      maybeOrigin,
    ),
  ),
);

const members = {
  agent: text,
  homePool: text,
  homeStage: describedAs(
    nullable(stage),
    'Null where no pair has the home pool, or it serves no more. `reachable` is null only where no pair ever had it.',
  ),
  reachable: nullable(object({ reachability, ...grounds })),
  objects: describedAs(
    list(consoleGroup),
    'Agent groups that list the agent or that the agent signed in to, also those out of sight.',
  ),
  canSignInAt: describedAs(
    list(text),
    'The pools that host a formal group that the agent can sign in to now.',
  ),
} as const;

const optional = {
  homeEnded: describedAs(
    choice('retired', 'given-up'),
    'The home pool was retired, or given up with nobody to stand in for it: nobody reaches the agent until `move-agent` records, with force, that they were moved. Absent where neither.',
  ),
  homeReplacedBy: describedAs(
    text,
    'The pool in the place of the home pool, which is lost; absent where none has taken it. The agent is reached through the pool that stands in until the new one serves, and by nobody from then on: `move-agent` records, with force, that they were moved.',
  ),
  onList: describedAs(
    object({
      listed: describedAs(boolean, 'False: the last list of all users did not have them.'),
      enabled: nullable(boolean),
      enterpriseVoice: nullable(boolean),
      asOf: describedAs(
        object({ listed: text }, { enabled: text, enterpriseVoice: text }),
        'As of when each was shown: RFC 3339, UTC.',
      ),
    }),
    'What lists of users showed of them, null where none said; absent while none showed them. A user who is disabled or without Enterprise Voice takes no calls of response groups, also where `reachable`, which is about the pools, says `reachable`; readiness finds their groups.',
  ),
} as const;

export const agentConsoleView = named(
  'AgentConsole',
  filledBy<AgentConsoleView>()(object(members, optional)),
);

export const agentConsoleAnswer = named(
  'AgentConsoleAnswer',
  object({ ...moment, ...members }, { ...optional, ...staleness }),
);
export type AgentConsoleAnswer = Described<typeof agentConsoleAnswer>;
