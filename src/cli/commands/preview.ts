/** What a command would do, in words. */
import type { ConsoleShows } from '../../../projections/effects/consoles.js';
import type { CopyEffect } from '../../../projections/effects/copies.js';
import type { Tool } from '../../../events/vocabulary.js';
import type { Visible } from '../../../policy/experience/types.js';
import type { PreviewAnswer } from '../../contract/preview.js';
import { styled, type Io } from '../io.js';
import { elsewhereText } from './accepted.js';
import { table } from '../output/table.js';
import { reasons, shortName, toolsText, yesNo } from '../output/words.js';

/** Named one by one up to this many; a file with all that a pool hosts would fill the screen. */
const most = 30;

export function previewText(name: string, preview: PreviewAnswer, io: Io): string {
  const { effects } = preview;
  return [
    headline(name, preview, io),
    ...(preview.outcome === 'refused'
      ? [`  ${preview.detail ?? ''}`, ...listed('  allowed instead', preview.allowed)]
      : []),
    ...elsewhereText(preview.events),
    ...listed('  because', preview.because),
    ...preview.warnings.map(({ code, detail }) => `  ${styled(io, 'yellow', 'warning')} ${code}: ${detail}`),
    ...(preview.pools ?? []).map(
      ({ pool, outcome, detail }) =>
        `  ${pool}: would be ${outcome}${detail === undefined ? '' : `: ${detail}`}`,
    ),
    ...(effects.stage === undefined ? [] : [stageText(effects.stage)]),
    ...copiesText('seen with', effects.visibility, toolsText, io),
    ...copiesText('changed with', effects.editability, toolsText, io),
    ...consolesText(effects.agentConsole, io),
    ...callsText(effects.calls, io),
    ...(name === 'correct-time' && preview.outcome === 'accepted' ? [byTheNewTime] : []),
    'Nothing was stored.',
  ].join('\n');
}

const byTheNewTime =
  '  What holds now stays as it is. Answers with --at, and the times of incidents, would go by the new time.';

function headline(name: string, { outcome, events, rule, repeats }: PreviewAnswer, io: Io): string {
  if (repeats === true) {
    return `${styled(io, 'green', name)}: the key was used for this command; it would be answered as then, and do nothing.`;
  }
  if (outcome === 'refused') return `${styled(io, 'red', name)} would be refused by ${rule ?? ''}.`;
  if (events.length === 0)
    return `${styled(io, 'green', name)}: this already holds, nothing would be written.`;
  const types = Map.groupBy(events, ({ type }) => type);
  const counted = [...types].map(([type, { length }]) => (length === 1 ? type : `${type} (${length} times)`));
  return `${styled(io, 'green', name)} would be accepted: ${counted.join(', ')}.`;
}

const listed = (what: string, all: readonly string[] = []): readonly string[] =>
  all.length === 0 ? [] : [`${what}: ${all.join(', ')}`];

const stageText = ({ pool, from, to }: NonNullable<PreviewAnswer['effects']['stage']>): string =>
  `  stage of ${pool}: ${from ?? 'not registered'} -> ${to ?? 'not registered'}`;

type Tools = Readonly<Record<Tool, Visible>>;

function copiesText<Value extends Tools>(
  withTools: string,
  effects: readonly CopyEffect<Value>[],
  inWords: (value: Value) => string,
  io: Io,
): readonly string[] {
  if (effects.length === 0) return [];
  const parents = [...new Set(effects.map(({ parent }) => parent))];
  const rows = effects
    .slice(0, most)
    .map((effect) => [
      `${effect.name}\n${effect.kind}`,
      shortName(effect.parent, parents),
      effect.before === null ? 'not there' : inWords(effect.before),
      effect.after === null ? 'gone' : inWords(effect.after),
      reasons(effect),
    ]);
  return [table(['copy', 'on', `${withTools} before`, 'after', 'because'], rows, io), ...more(effects)];
}

const more = ({ length }: readonly unknown[]): readonly string[] =>
  length > most ? [`and ${length - most} more: see --json`] : [];

function consolesText(effects: PreviewAnswer['effects']['agentConsole'], io: Io): readonly string[] {
  if (effects.length === 0) return [];
  const parents = [...new Set(effects.map(({ parent }) => parent))];
  const rows = effects
    .slice(0, most)
    .map((effect) => [
      effect.name,
      shortName(effect.parent, parents),
      shownText(effect.before, 'not there'),
      shownText(effect.after, 'gone'),
      agentsText(effect),
      reasons(effect),
    ]);
  return [
    table(['agent group', 'on', 'console before', 'after', 'signed in or out', 'because'], rows, io),
    ...more(effects),
  ];
}

const shownText = (shows: ConsoleShows | null, otherwise: string): string =>
  shows === null ? otherwise : `shown: ${yesNo(shows.displayed)}\nsign-in: ${yesNo(shows.signIn)}`;

function agentsText({ signedIn, signedOut }: PreviewAnswer['effects']['agentConsole'][number]): string {
  const counted = ({ length }: readonly string[], how: string, [only]: readonly string[]): string[] =>
    length === 0 ? [] : [length === 1 ? `${only ?? ''} ${how}` : `${length} agents ${how}`];
  return [...counted(signedIn, 'in', signedIn), ...counted(signedOut, 'out', signedOut)].join('\n');
}

function callsText(
  { cutOff, byStatement, byResponseGroup, wentOn = 0, withdrawn = 0 }: PreviewAnswer['effects']['calls'],
  io: Io,
): readonly string[] {
  const backed = [
    ...(wentOn === 0 ? [] : [`${wentOn} calls that were thought cut off have gone on`]),
    ...(withdrawn === 0
      ? []
      : [`${withdrawn} calls that are cut off on record would not be cut off by that`]),
  ];
  if (cutOff === 0) return backed;
  const groups = byResponseGroup
    .slice(0, most)
    .map(({ id, name, owner, calls }) => [name ?? id, owner, String(calls)]);
  return [
    `${styled(io, 'bold', String(cutOff))} calls would be cut off: ${Object.entries(byStatement)
      .map(([cause, calls]) => `${calls} by ${cause}`)
      .join(', ')}`,
    table(['response group', 'of', 'calls'], groups, io),
    ...more(byResponseGroup),
    ...backed,
  ];
}
