/** What a command would do, where it is asked for as a preview. */
import type { Tool } from '../../events/vocabulary.js';
import type { CallEffects, GroupCutOff } from '../../projections/effects/calls.js';
import type { ConsoleEffect, ConsoleShows } from '../../projections/effects/consoles.js';
import type { CopyEffect } from '../../projections/effects/copies.js';
import type { Effects } from '../../projections/effects/effects.js';
import { commandWarning } from './commands.js';
import {
  boolean,
  choice,
  count,
  describedAs,
  filledBy,
  list,
  literal,
  named,
  nullable,
  object,
  record,
  text,
  type Described,
  type Schema,
} from './schema.js';
import { maybeCited } from './sources.js';
import {
  elsewhere,
  grounds,
  kind,
  openObject,
  stage,
  time,
  toolsThatChange,
  toolsThatShow,
} from './words.js';

const copyMembers = <Value>(value: Schema<Value>) =>
  ({
    id: text,
    kind,
    name: text,
    owner: text,
    parent: describedAs(text, 'The pool that hosts the copy.'),
    before: describedAs(nullable(value), 'Null where the copy is not there.'),
    after: describedAs(nullable(value), 'Null where the copy is not there.'),
    ...grounds,
  }) as const;

const groundsAre = 'The grounds are those of afterwards; of a copy that goes, those of before.';

const copyEffect = <Value>(name: string, value: Schema<Readonly<Record<Tool, Value>>>) =>
  named(
    name,
    filledBy<CopyEffect<Readonly<Record<Tool, Value>>>>()(object(copyMembers(value), maybeCited)),
    groundsAre,
  );

/** With the time for which it is so. */
const copyEffectInTime = <Value>(name: string, value: Schema<Readonly<Record<Tool, Value>>>) =>
  named(
    name,
    object(
      {
        ...copyMembers(value),
        from: time,
        to: describedAs(time, 'Up to the end of the span where nothing ended it.'),
      },
      maybeCited,
    ),
    groundsAre,
  );

export const visibilityEffect = copyEffect('VisibilityEffect', toolsThatShow);
export const editabilityEffect = copyEffect('EditabilityEffect', toolsThatChange);
export const visibilityInTime = copyEffectInTime('VisibilityInTime', toolsThatShow);
export const editabilityInTime = copyEffectInTime('EditabilityInTime', toolsThatChange);

const consoleShows = named(
  'ConsoleShows',
  filledBy<ConsoleShows>()(object({ displayed: boolean, signIn: boolean })),
);

const consoleEffect = named(
  'ConsoleEffect',
  filledBy<ConsoleEffect>()(
    object(
      {
        ...copyMembers(consoleShows),
        signedIn: describedAs(list(text), 'Agents who are signed in afterwards and were not before.'),
        signedOut: describedAs(list(text), 'Agents who are signed in no more.'),
      },
      maybeCited,
    ),
  ),
);

export const groupCutOff = named(
  'GroupCutOff',
  filledBy<GroupCutOff>()(
    object({
      id: text,
      name: describedAs(nullable(text), 'Null where no pool of the pair has the response group any more.'),
      owner: describedAs(text, 'The pool that owns the response group.'),
      calls: count,
    }),
  ),
);

export const callsByStatement = describedAs(
  record(count),
  'By statement id, or `inferred/<inference>` where the document is silent.',
);

const callEffects = named(
  'CallEffects',
  filledBy<CallEffects>()(
    object(
      {
        cutOff: describedAs(count, 'Calls that are cut off afterwards and were not before.'),
        byStatement: callsByStatement,
        byResponseGroup: describedAs(list(groupCutOff), 'The most calls first.'),
      },
      {
        wentOn: describedAs(
          count,
          'Calls that were thought cut off, and are known afterwards to have gone on.',
        ),
        withdrawn: describedAs(
          count,
          'Calls that are cut off on record, and would not be with the correction.',
        ),
      },
    ),
  ),
);

const stageEffect = describedAs(
  object({ pool: text, from: nullable(stage), to: nullable(stage) }),
  'Absent where no stage changes. Null: not registered.',
);

export const effects = named(
  'Effects',
  filledBy<Effects>()(
    object(
      {
        visibility: list(visibilityEffect),
        editability: list(editabilityEffect),
        agentConsole: list(consoleEffect),
        calls: callEffects,
      },
      { stage: stageEffect },
    ),
  ),
  'What would change, of both pools of the pair: each entry says whose it is.',
);

const outcome = choice('accepted', 'refused');
const because = describedAs(list(text), 'Statement ids or named rules that would allow it, or refuse it.');
const ofRefusal = {
  rule: describedAs(text, 'Of a refusal: the rule.'),
  detail: describedAs(text, 'Of a refusal: why.'),
  allowed: describedAs(list(text), 'Of a refusal: what would be allowed instead.'),
} as const;

export const previewAnswer = named(
  'PreviewAnswer',
  object(
    {
      preview: literal(true),
      outcome,
      events: describedAs(
        list(object({ type: text, data: openObject }, { stream: elsewhere })),
        'The events that would be recorded; none where it already holds, or is refused.',
      ),
      because,
      warnings: list(commandWarning),
      effects,
    },
    {
      ...ofRefusal,
      repeats: describedAs(
        literal(true),
        'The Idempotency-Key was used for this command: it would be answered as the first time, and nothing would happen.',
      ),
      pools: describedAs(
        list(object({ pool: text, outcome, because }, { stage: stageEffect, ...ofRefusal })),
        'Of a command that concerns several pools: each of them.',
      ),
    },
  ),
  'What the command would do now. Nothing was stored.',
);
export type PreviewAnswer = Described<typeof previewAnswer>;
