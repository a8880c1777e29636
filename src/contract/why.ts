/** Why a tool, or the console of an agent, shows an object or not. */
import { notYetRegistered } from './not-yet-registered.js';
import type { WhyCopy, WhyView } from '../../projections/why/view.js';
import { lookingGlasses } from '../../projections/why/words.js';
import {
  boolean,
  choice,
  describedAs,
  filledBy,
  list,
  named,
  nullable,
  object,
  text,
  union,
  type Described,
} from './schema.js';
import { maybeCited, maybeOrigin } from './sources.js';
import {
  basis,
  fqdn,
  grounds,
  kind,
  moment,
  ownership,
  stage,
  staleness,
  time,
  visible,
  warning,
} from './words.js';

const outcome = {
  visible: describedAs(visible, '`depends`: on the back-end database, of which nothing is known.'),
  modifiable: describedAs(boolean, 'Whether the tool can change it; no console does.'),
  signIn: describedAs(
    nullable(boolean),
    'Whether agents can sign in to it; null for tools, and where there is nothing to sign in to.',
  ),
} as const;

const whyCopy = named(
  'WhyCopy',
  filledBy<WhyCopy>()(
    object(
      {
        parent: describedAs(text, 'The pool that hosts this copy.'),
        ownership,
        ...outcome,
        ...grounds,
        warnings: list(warning),
      },
      maybeOrigin,
    ),
  ),
);

const members = {
  fqdn,
  stage,
  partner: text,
  partnerStage: stage,
  tool: choice(...lookingGlasses),
  agent: nullable(text),
  object: object({ id: text, kind, name: text, owner: text }),
  ...outcome,
  signedIn: describedAs(
    nullable(boolean),
    'Whether the agent is signed in to it; null where no agent was named, or there is nothing to sign in to.',
  ),
  sentence: describedAs(text, 'The answer in one sentence.'),
  because: describedAs(
    list(text),
    'The statements that decide it, or the rule that excludes the agent; GET /v1/reasons has their sentences.',
  ),
  basis,
  inference: grounds.inference,
  since: describedAs(nullable(time), 'When it became so, as reported; null where that is not known.'),
  until: describedAs(
    list(text),
    'The shortest series of commands, each with its pool, after which more is possible. Where nothing is missing: after which something is.',
  ),
  instead: describedAs(list(text), 'What another tool can do now, a sentence each.'),
  copies: describedAs(list(whyCopy), 'Each copy of the object; the answer is that of the first.'),
} as const;

export const whyView = named('Why', filledBy<WhyView>()(object(members, maybeCited)));
const why = named('WhyAnswer', object({ ...moment, ...members }, { ...maybeCited, ...staleness }));
export const whyAnswer = union(why, notYetRegistered);
export type WhyAnswer = Described<typeof whyAnswer>;
