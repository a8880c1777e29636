import type { WhatIfAnswer } from '../../contract/what-if.js';
import { styled, type Io } from '../io.js';
import { table } from '../output/table.js';
import { time } from '../output/words.js';
import { copiesText } from './copies.js';

/** The groups that are named one by one. */
const most = 10;

type Outcome = WhatIfAnswer['recorded'];

/** The record and its alternatives, side by side. @param request what was asked: it says what each edit is */
export function whatIfText(answer: WhatIfAnswer, io: Io, request: object): string {
  const { pool, from, to, recorded, alternatives } = answer;
  const outcomes = [recorded, ...alternatives.map(({ outcome }) => outcome)];
  const head = ['', 'on record', ...alternatives.map(({ name }) => name)];
  const row = (what: string, valueIn: (outcome: Outcome) => number): string[] => [
    what,
    ...outcomes.map((outcome) => String(valueIn(outcome))),
  ];
  const causes = [...new Set(outcomes.flatMap(({ byStatement }) => Object.keys(byStatement)))].sort();
  return [
    `${styled(io, 'bold', pool)} from ${time(from)} to ${time(to)}, as it was and as it would have been`,
    table(
      head,
      [
        row('calls cut off', ({ cutOff }) => cutOff),
        ['saved', '-', ...alternatives.map(({ saved }) => String(saved))],
        ['lost', '-', ...alternatives.map(({ lost }) => String(lost))],
        row('of unknown end', ({ undetermined }) => undetermined),
        row('of these, with the backup pool', ({ reachedBackup }) => reachedBackup),
        row('waited for nobody', ({ waitedForNobody }) => waitedForNobody.calls),
        row('perhaps for nobody', ({ waitedForNobody }) => waitedForNobody.unknown.calls),
        ...causes.map((cause) => row(`by ${cause}`, ({ byStatement }) => byStatement[cause] ?? 0)),
        ['stages', ...outcomes.map(stagesText)],
      ],
      io,
    ),
    ...groupsText(outcomes, head, io),
    ...waitingText(['on record', ...alternatives.map(({ name }) => name)], outcomes),
    ...alternatives.flatMap((alternative, index) => remarks(alternative, commandsIn(request, index), io)),
    'A call of unknown end was cut off on record and would not have been: nobody knows how it would have ended.',
  ].join('\n');
}

const stagesText = ({ stages }: Outcome): string =>
  stages.map(({ stage, from }) => `${time(from)} ${stage}`).join('\n');

/** In which groups callers waited for nobody, and what the record lacks to tell. */
function waitingText(names: readonly string[], outcomes: readonly Outcome[]): readonly string[] {
  const told = outcomes.flatMap(({ waitedForNobody: { byResponseGroup } }, index) => {
    const groups = byResponseGroup
      .slice(0, most)
      .map(({ id, name, calls, because }) => `${name ?? id} ${calls} (${because.join(', ')})`);
    const more = byResponseGroup.length - most;
    if (more > 0) groups.push(`and ${more} more response groups`);
    return groups.length === 0
      ? []
      : [`${names[index] ?? ''}: nobody could take calls of ${groups.join('; ')}`];
  });
  const lacking = [
    ...new Set(outcomes.flatMap(({ waitedForNobody }) => waitedForNobody.unknown.because)),
  ].sort();
  return lacking.length === 0
    ? told
    : [
        ...told,
        `Perhaps for nobody: the record cannot tell whether anybody could take them (${lacking.join(', ')}).`,
      ];
}

function groupsText(outcomes: readonly Outcome[], head: readonly string[], io: Io): readonly string[] {
  const groups = new Map(
    outcomes.flatMap(({ byResponseGroup }) =>
      byResponseGroup.map(({ id, owner, name }) => [`${owner} ${id}`, name ?? id] as const),
    ),
  );
  const rows = [...groups].map(([key, name]) => {
    const counts = outcomes.map(
      ({ byResponseGroup }) => byResponseGroup.find(({ id, owner }) => `${owner} ${id}` === key)?.calls ?? 0,
    );
    return { name, counts, largest: Math.max(...counts) };
  });
  if (rows.length === 0) return [];
  rows.sort((one, other) => other.largest - one.largest);
  return [
    table(
      ['response group', ...head.slice(1)],
      rows.slice(0, most).map(({ name, counts }) => [name, ...counts.map(String)]),
      io,
    ),
    ...(rows.length > most ? [`and ${rows.length - most} more response groups: see --json`] : []),
  ];
}

/** Of an alternative: what each edit adds. */
function commandsIn(request: object, alternative: number): readonly string[] {
  const { alternatives } = request as { readonly alternatives?: readonly { readonly edits?: unknown }[] };
  const edits = alternatives?.[alternative]?.edits;
  return !Array.isArray(edits)
    ? []
    : (edits as readonly { readonly add?: { readonly command: string; readonly at: string } }[]).map(
        ({ add }) => (add === undefined ? '' : `${add.command} at ${time(add.at)}`),
      );
}

function remarks(
  alternative: WhatIfAnswer['alternatives'][number],
  commands: readonly string[],
  io: Io,
): readonly string[] {
  const { name, refused, contradicted, moreContradicted = 0, visibility, editability } = alternative;
  const contradictions = contradicted.length + moreContradicted;
  return [
    ...refused.map(
      ({ edit, rule, detail }) =>
        `${styled(io, 'red', 'refused')} in ${name}: edit ${edit}, ${commands[edit] ?? 'a command'}, by ${rule}: ${detail}`,
    ),
    ...(contradictions === 0
      ? []
      : [`${name}: ${contradictions} recorded events can no longer have happened`]),
    ...(visibility.length + editability.length === 0
      ? []
      : [
          `${name}: in the end ${visibility.length} copies would be seen otherwise, and ${editability.length} changed otherwise`,
        ]),
    ...copiesText(alternative, io),
  ];
}
